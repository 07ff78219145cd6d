"""Calls as members meet them: saying whether they come, and the calendar's feed."""

from datetime import timedelta

from bot.domain.calls import CALL, Call, CallAct, CallId, Rsvp, Source, given
from bot.domain.errors import NotAllowed, NotFound, OutOfDate
from bot.domain.lifecycle import move
from bot.domain.members import Member, MemberId
from bot.owing import calendars, call_news, calls
from bot.store import Transaction
from bot.usecases.context import Context, asking
from bot.views import calendar
from bot.views import calls as view
from bot.views.calls import Shown

FEED = timedelta(days=400)  #: for which past and cancelled calls stay in the feed
UNKNOWN = (
    "That reply is about no call that I know. Is it for another meeting, or from "
    "another community?"
)
STRANGER = (
    "The address that reply is from belongs to no member. If they have written from "
    "another address, note their answer in Slack: Home, Look after this call."
)

EARLIER = (
    "That reply answers an earlier date of the call, which has moved since. Nothing "
    "was noted: they are asked anew."
)


def press(ctx: Context, *, user: str, call: int, answer: str) -> str:
    """Say by a button whether one comes; returns what the member is told.

    Raises:
        NotAllowed: they are not a member.
        CommunityError: see ``answer``.
    """
    with ctx.begin() as tx:
        member = asking(tx, user)
        rsvp = _rsvp(ctx, call, member, answer, Source.SLACK)
        return view.thanks(rsvp.answer, _answer(ctx, tx, member, rsvp))


def answer(
    ctx: Context, *, call: int, member: MemberId, answer: str, source: str
) -> str:
    """Keep that *member* comes, may come or cannot; returns what they are told.

    Raises:
        NotAllowed: they are not a member, or no longer.
        NotFound: there is no such call.
        IllegalMove: it is over, cancelled, or not confirmed.
    """
    with ctx.begin() as tx:
        found = tx.members.get(member)
        if found is None or found.left_at is not None:
            raise NotAllowed(STRANGER)
        rsvp = _rsvp(ctx, call, found, answer, source)
        return view.thanks(rsvp.answer, _answer(ctx, tx, found, rsvp))


def answer_by_calendar(
    ctx: Context,
    *,
    uid: str,
    address: str,
    answer: str,
    sequence: int | None = None,
) -> str:
    """Keep what a calendar's reply says, which a coordinator received.

    *sequence* is that of the invitation which was answered. Returns the member's name.

    Raises:
        NotFound: the reply is about no call of ours, or from nobody we know.
        IllegalMove: the call is over or cancelled.
        OutOfDate: it answers a time from which the call has moved.
    """
    with ctx.begin() as tx:
        call, member = tx.calls.by_uid(uid), tx.members.by_email(address)
        if call is None:
            raise NotFound(UNKNOWN)
        if member is None or member.left_at is not None:
            raise NotFound(STRANGER)
        if _answers_earlier_time(tx, call, sequence):
            raise OutOfDate(EARLIER)
        rsvp = _rsvp(ctx, call.id, member, answer, Source.CALENDAR)
        _answer(ctx, tx, member, rsvp)
        return member.name


def asked(ctx: Context, *, version: int, member: MemberId) -> Shown:
    """The call that calendars were told of in *version*, as *member* sees it now.

    Raises:
        NotFound: there is no such call, or no such member any more.
    """
    with ctx.begin.read() as tx:
        told, found = tx.calls.version(version), tx.members.get(member)
        if told is None or found is None or found.left_at is not None:
            raise NotFound
        scene = ctx.scene(tx)
        return calls.shown_to(scene, calls.call_of(scene, told), member)


def feed(ctx: Context, member: MemberId) -> str:
    """Every call that members were told of, for calendars that subscribe.

    Cancelled calls stand in it as such, so that they go from calendars.

    Raises:
        NotFound: there is no such member any more.
    """
    with ctx.begin.read() as tx:
        found = tx.members.get(member)
        if found is None or found.left_at is not None:
            raise NotFound
        return _feed(ctx, tx)


def export(ctx: Context) -> str:
    """Every call that members were told of, as a calendar file."""
    with ctx.begin.read() as tx:
        return _feed(ctx, tx)


def listed(ctx: Context) -> tuple[tuple[Call, Shown], ...]:
    """Every call there ever was, soonest first, for operators."""
    with ctx.begin.read() as tx:
        scene = ctx.scene(tx)
        return tuple((call, calls.shown(scene, call)) for call in tx.calls.all())


def _answers_earlier_time(tx: Transaction, call: Call, sequence: int | None) -> bool:
    """Whether the invitation of that *sequence* was to another time."""
    answered = [v for v in tx.calls.versions(call.id) if v.sequence == sequence]
    return any(version.starts_at != call.starts_at for version in answered)


def _feed(ctx: Context, tx: Transaction) -> str:
    scene = ctx.scene(tx)
    entries = []
    for call in tx.calls.announced(since=ctx.now() - FEED):
        latest = tx.calls.versions(call.id)[-1]
        entries.append(calendars.entry(scene, call, latest))
    name, zone = f"{ctx.community.name}: calls", ctx.community.almanac.zone
    return calendar.feed(entries, name, zone)


def _answer(ctx: Context, tx: Transaction, member: Member, rsvp: Rsvp) -> Shown:
    call = tx.calls.held(rsvp.call)
    if call is None:
        raise NotFound
    move(CALL, call.state(ctx.now()), CallAct.ANSWER)
    tx.calls.answer(rsvp)
    scene = ctx.scene(tx)
    call_news.answered(scene, call, member, rsvp.answer)
    return calls.shown_to(scene, call, member.id)


def _rsvp(ctx: Context, call: int, member: Member, said: str, source: str) -> Rsvp:
    """What *member* says.

    Raises:
        CommunityError: it is none of the answers.
    """
    return Rsvp(
        call=CallId(call),
        member=member.id,
        answer=given(said),
        source=source,
        at=ctx.now(),
    )
