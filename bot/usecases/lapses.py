"""What could not go in good time is taken back, and said anew when it may be."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.editions import mailing_times
from bot.domain.members import Member, MemberId
from bot.domain.notices import bundle_key, bundle_of, letter_key
from bot.domain.queue import Need
from bot.owing import calendars, notices, queue
from bot.ports import Medium, Message
from bot.store import Owed, Transaction
from bot.usecases.context import Context

OUTAGE = timedelta(hours=1)  #: a letter that is due for longer was kept by one
UPDATES = 200  #: letters looked at in one round: as many as one round sends

Stale = Callable[[Transaction, Owed], bool]


def lapse_stale(ctx: Context) -> int:
    """Take back what could not go while its member could be reached; how many.

    After an outage the outbox is full of messages whose good time is over: what they
    say waits for the next good time, and is then looked at again. So a letter that
    waited for a month is not sent: what still has a point is said in new words. What
    calendars are to be told waits as it is, since Slack has said the rest of it; and so
    does an update, whose words were approved: only its time is chosen anew.
    """
    lapsed = _lapse_all(ctx, lambda tx, owed: _stale(ctx, tx, owed))
    return lapsed + sum(_put_off(ctx, *late) for late in _late_updates(ctx))


def begin_anew(ctx: Context) -> int:
    """As the bot starts: take back every letter that waits, to be put together anew.

    Letters may have been switched on or off, and an earlier version may have written
    what waits. Where letters can go now, nobody is needed for that any more. Returns
    how many were taken back.
    """
    lapsed = 0
    while more := _lapse_all(ctx, lambda _, owed: owed.message.medium is Medium.MAIL):
        lapsed += more
    if ctx.mail:
        _letters_go(ctx)
    return lapsed


def _lapse_all(ctx: Context, stale: Stale) -> int:
    with ctx.begin.read() as tx:
        owed = tx.outbox.owed(prefix="notice:", unsolicited=True)
        found = {bundle_of(one.message.key) for one in owed if stale(tx, one)}
    return sum(_lapse(ctx, bundle) for bundle in sorted(found))


def _late_updates(ctx: Context) -> list[tuple[str, datetime]]:
    """Letters of an update that an outage has kept, and when they may be read.

    Only those that may not have them now: who is away, or at rest.
    """
    almanac, now = ctx.community.almanac, ctx.now()
    with ctx.begin.read() as tx:
        owed = tx.outbox.owed(prefix="edition:", medium=Medium.MAIL, limit=UPDATES)
        kept = [one.message for one in owed if one.due_at <= now - OUTAGE]
        ids = {MemberId(one.member) for one in kept if one.member}
        members = {one.id: one for one in tx.members.some(ids)}
    found = []
    for message in kept:
        member = members.get(MemberId(message.member or ""))
        times = (member and member.good_times) or mailing_times(almanac)
        away_until = member.away_until if member else None
        found.append(
            (message.key, times.next_moment(now, almanac, away_until=away_until))
        )
    return [(key, at) for key, at in found if at > now]


def _put_off(ctx: Context, key: str, until: datetime) -> int:
    with ctx.begin() as tx:
        tx.outbox.put_off(key, until=until)
    return 1


def _stale(ctx: Context, tx: Transaction, owed: Owed) -> bool:
    if owed.due_at > ctx.now():
        return False  # it has been put off
    found = tx.members.get(MemberId(owed.message.member or ""))
    if found is None or found.left_at or _misdirected(found, owed.message):
        return True
    return _written_before(ctx, owed) or not _good(ctx, found)


def _misdirected(member: Member, message: Message) -> bool:
    """Whether they are reached elsewhere by now. Calendars are told in any case."""
    if message.medium is not Medium.MAIL or "calendar" in message.body:
        return False
    return message.to != member.email or not member.gets_letters


def _written_before(ctx: Context, owed: Owed) -> bool:
    """Whether its words are of another day: "closes tomorrow" is not true any more."""
    local = ctx.community.almanac.local
    return local(owed.due_at).date() != local(ctx.now()).date()


def _good(ctx: Context, member: Member) -> bool:
    times = member.good_times or ctx.community.good_times
    here = not member.away(ctx.now())
    return here and times.contains(ctx.now(), ctx.community.almanac)


def _lapse(ctx: Context, bundle: int) -> bool:
    """Whether anything of it was taken back; what went by one way is said."""
    keys = (bundle_key(bundle), letter_key(bundle))
    with ctx.begin() as tx:
        if tx.outbox.has_left(keys[0]):
            return _lapse_twin(ctx, tx, bundle)
        back = [tx.outbox.withdraw(key, at=ctx.now()) for key in keys]
        if any(back) and not any(tx.outbox.has_left(key) for key in keys):
            tx.notices.lapse(bundle, at=ctx.now())
    return any(back)


def _lapse_twin(ctx: Context, tx: Transaction, bundle: int) -> bool:
    """Slack has said it: the letter is for a calendar, or not needed any more."""
    scene, said = ctx.scene(tx), tx.notices.in_bundle(bundle)
    found = tx.members.get(tx.notices.member_of(bundle))
    if found is None or found.left_at or not notices.tells_calendar(said):
        return notices.take_back_twin(scene, bundle)
    if not any(calendars.is_news(scene, one) for one in said):
        return tx.outbox.withdraw(letter_key(bundle), at=ctx.now())
    times = found.good_times or ctx.community.good_times
    again = times.next_moment(
        ctx.now(), ctx.community.almanac, away_until=found.away_until
    )
    tx.outbox.put_off(letter_key(bundle), until=again)
    return False


def _letters_go(ctx: Context) -> None:
    with ctx.begin() as tx:
        scene = ctx.scene(tx)
        for item in tx.queue.waiting():
            if item.need is Need.LETTERS:
                queue.settle(scene, item.key)
                tx.queue.forget(item.key)
