"""Calls as time passes: proposed in their quarter, told to everyone, reminded of."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from bot.domain.calls import (
    CALL,
    Call,
    CallAct,
    CallId,
    CallVersion,
    VersionId,
    agenda_at,
)
from bot.domain.lifecycle import move
from bot.domain.members import MemberId
from bot.domain.notices import NoticeKind
from bot.domain.recurrence import Planned, Quarter, Rule, month_name, planned
from bot.owing import Scene, call_news, queue
from bot.usecases.context import Context

AHEAD = timedelta(weeks=6)  #: a call early in its quarter is proposed before that
BATCH = 50  #: members told in one transaction, so that what comes in hardly waits
TITLE = "Quarterly call"


def propose_due(ctx: Context) -> int:
    """Propose the date of each quarter whose time it is; how many.

    On the quarter's first working day, or six weeks before the call where that is
    sooner; later where the bot was not there. Never a date too near for a reminder.
    """
    rule, wanted = Rule.of(ctx.community.cadence), _quarters(ctx)
    with ctx.begin.read() as tx:
        known = tx.calls.known(map(str, wanted))
        stale = any(_over(ctx, call) for call in tx.calls.proposed())
    new = [
        planned(rule, ctx.community.almanac, q) for q in wanted if str(q) not in known
    ]
    done = sum(_propose(ctx, one) for one in new if _is_time(ctx, one))
    return done + (_drop_stale(ctx) if stale else 0)


def to_tell(ctx: Context) -> tuple[VersionId, ...]:
    """The latest word on every call to come: everyone should have heard it."""
    with ctx.begin.read() as tx:
        return tuple(version.id for version in tx.calls.latest(since=ctx.now()))


def tell(ctx: Context, told: VersionId) -> int:
    """See that some who have not been told it are; how many, 0 when everyone is."""
    with ctx.begin() as tx:
        version = tx.calls.version(told)
        call = tx.calls.held(version.call) if version else None
        if version is None or call is None or call.sequence != version.sequence:
            return 0  # there is newer news
        scene = ctx.scene(tx)
        members = tx.members.some(tx.calls.telling.untold(version, most=BATCH))
        for member in members:
            call_news.tell(scene, member, version)
            if not version.cancelled:
                _remind_anew(scene, call, version, member.id)
        return len(members)


def remind(ctx: Context) -> int:
    """Want the reminder of each call whose week has come, in batches; how many."""
    with ctx.begin.read() as tx:
        due = [call.id for call in tx.calls.coming(ctx.now()) if _remindable(ctx, call)]
    return sum(_remind(ctx, call) for call in due)


def _quarters(ctx: Context) -> tuple[Quarter, Quarter]:
    this = Quarter.of(ctx.community.almanac.local(ctx.now()).date())
    return this, this.following


def _is_time(ctx: Context, one: Planned) -> bool:
    """Whether it is to be proposed now; where no date is possible, to be said now."""
    today = ctx.community.almanac.local(ctx.now()).date()
    if one.starts_at is None:
        return today >= one.quarter.first
    day = ctx.community.almanac.local(one.starts_at).date()
    nearest = today + timedelta(days=ctx.community.cadence.agenda_days)
    return _proposed_on(ctx, one.quarter, day) <= today and nearest <= day


def _proposed_on(ctx: Context, quarter: Quarter, day: date) -> date:
    almanac = ctx.community.almanac
    first = quarter.first
    while not almanac.is_working_day(first):
        first += timedelta(days=1)
    return min(first, day - AHEAD)


def _propose(ctx: Context, one: Planned) -> bool:
    with ctx.begin() as tx:
        scene = ctx.scene(tx)
        if one.starts_at is None:
            return _none_possible(ctx, scene, one)
        call = _proposal(ctx, one.quarter, one.starts_at)
        kept = tx.calls.propose(call)
        found = tx.calls.get(kept) if kept else None
        if found is None:
            return False
        call_news.need_date(scene, found, one.avoided)
        return True


def _none_possible(ctx: Context, scene: Scene, one: Planned) -> bool:
    key = call_news.no_date_key(str(one.quarter))
    if scene.tx.queue.is_known(key):
        return False
    month = date(
        one.quarter.year, one.quarter.month(ctx.community.cadence.call_month), 1
    )
    call_news.need_other_rule(scene, key, month_name(month), one.avoided)
    return True


def _proposal(ctx: Context, quarter: Quarter, starts_at: datetime) -> Call:
    cadence = ctx.community.cadence
    return Call(
        id=CallId(0),
        quarter=str(quarter),
        uid=f"{uuid4().hex}@convenor",
        title=TITLE,
        starts_at=starts_at,
        minutes=int(cadence.call_lasts.total_seconds() // 60),
        dial_in=cadence.dial_in,
        proposed_at=ctx.now(),
    )


def _over(ctx: Context, call: Call) -> bool:
    """Whether a proposal's quarter has ended without anybody confirming it."""
    today = ctx.community.almanac.local(ctx.now()).date()
    return call.starts_at <= ctx.now() and call.quarter < str(Quarter.of(today))


def _drop_stale(ctx: Context) -> int:
    with ctx.begin() as tx:
        scene = ctx.scene(tx)
        stale = [call for call in tx.calls.proposed() if _over(ctx, call)]
        for call in stale:
            move(CALL, call.state(ctx.now()), CallAct.DROP)
            tx.calls.change(call.id, dropped_at=ctx.now())
            queue.settle(scene, call.item_key)
        return len(stale)


def _remindable(ctx: Context, call: Call) -> bool:
    days = ctx.community.cadence.agenda_days
    at = agenda_at(call, ctx.community.almanac, days)
    return call.agenda_told_at is None and at <= ctx.now() < call.starts_at


def _remind(ctx: Context, call: CallId) -> int:
    with ctx.begin() as tx:
        found = tx.calls.held(call)
        if found is None or not _remindable(ctx, found):
            return 0
        members = tx.calls.telling.unreminded(call, most=BATCH)
        for member in members:
            tx.notices.want(member, NoticeKind.AGENDA, call, due_at=ctx.now())
        if len(members) < BATCH:
            tx.calls.change(call, agenda_told_at=ctx.now())
        return len(members) or 1


def _remind_anew(
    scene: Scene, call: Call, version: CallVersion, member: MemberId
) -> None:
    """The reminder of a call that has moved is due anew, a week before it is now."""
    due = agenda_at(call, scene.community.almanac, scene.community.cadence.agenda_days)
    if version.sequence and call.agenda_told_at is None and due > scene.now:
        scene.tx.calls.telling.remind_anew(call.id, member, due_at=due)
