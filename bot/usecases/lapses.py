"""What could not go in good time is taken back, and said anew when it may be."""

from collections.abc import Callable

from bot.domain.members import MemberId
from bot.domain.notices import bundle_key, bundle_of, letter_key
from bot.domain.queue import Need
from bot.owing import queue
from bot.ports import Medium
from bot.store import Owed, Transaction
from bot.usecases.context import Context

Stale = Callable[[Transaction, Owed], bool]


def lapse_stale(ctx: Context) -> int:
    """Take back what could not go while its member could be reached; how many.

    After an outage the outbox is full of messages whose good time is over: what they
    say waits for the next good time, and is then looked at again. So a letter that
    waited for a month is not sent: what still has a point is said in new words.
    """
    return _lapse_all(ctx, lambda tx, owed: _stale(ctx, tx, owed))


def begin_anew(ctx: Context) -> int:
    """As the bot starts: take back every letter that waits, to be put together anew.

    Letters may have been switched on or off, and an earlier version may have written
    what waits. Where letters can go now, nobody is needed for that any more. Returns
    how many were taken back.
    """
    lapsed = _lapse_all(ctx, lambda _, owed: owed.message.medium is Medium.MAIL)
    if ctx.mail:
        _letters_go(ctx)
    return lapsed


def _lapse_all(ctx: Context, stale: Stale) -> int:
    with ctx.begin.read() as tx:
        owed = tx.outbox.owed(prefix="notice:", unsolicited=True)
        found = {bundle_of(one.message.key) for one in owed if stale(tx, one)}
    return sum(_lapse(ctx, bundle) for bundle in sorted(found))


def _stale(ctx: Context, tx: Transaction, owed: Owed) -> bool:
    member = MemberId(owed.message.member or "")
    return _written_before(ctx, owed) or not _good(ctx, tx, member)


def _written_before(ctx: Context, owed: Owed) -> bool:
    """Whether its words are of another day: "closes tomorrow" is not true any more."""
    local = ctx.community.almanac.local
    return local(owed.due_at).date() != local(ctx.now()).date()


def _good(ctx: Context, tx: Transaction, member: MemberId) -> bool:
    found = tx.members.get(member)
    if found is None or found.away(ctx.now()):
        return False
    times = found.good_times or ctx.community.good_times
    return times.contains(ctx.now(), ctx.community.almanac)


def _lapse(ctx: Context, bundle: int) -> bool:
    """Whether anything of it was taken back; what went by one way is said."""
    keys = (bundle_key(bundle), letter_key(bundle))
    with ctx.begin() as tx:
        back = [tx.outbox.withdraw(key, at=ctx.now()) for key in keys]
        if any(back) and not any(tx.outbox.has_left(key) for key in keys):
            tx.notices.lapse(bundle, at=ctx.now())
    return any(back)


def _letters_go(ctx: Context) -> None:
    with ctx.begin() as tx:
        scene = ctx.scene(tx)
        for item in tx.queue.waiting():
            if item.need is Need.LETTERS:
                queue.settle(scene, item.key)
                tx.queue.forget(item.key)
