"""What coordinators do with the items of *Needs you*, and whose hands they are in."""

from bot.domain.errors import NotFound
from bot.domain.queue import Item
from bot.owing import queue
from bot.store import Transaction
from bot.usecases.context import Context, coordinating


def done(ctx: Context, *, user: str, item: int) -> None:
    """Tick an item off.

    Raises:
        NotAllowed: not a coordinator.
    """
    with ctx.begin() as tx:
        by = coordinating(tx, user)
        found = tx.queue.get(item)
        if found is None:
            raise NotFound("That has been done already.")
        queue.settle(ctx.scene(tx), found.key, by=by.id)
        tx.audit.add(
            actor=by.id,
            act="ticked off",
            subject=f"queue:{found.key}",
            at=ctx.now(),
            detail={"need": found.need.value},
        )


def find_owners(ctx: Context) -> int:
    """Give what waits in nobody's hands to a coordinator; how many items that was.

    It arose before there was one, or whoever had it has left or coordinates no more.
    While there is no coordinator it waits for the first to come.
    """
    with ctx.begin.read() as tx:
        if not _in_nobodys_hands(tx):
            return 0
    with ctx.begin() as tx:
        orphans = _in_nobodys_hands(tx)
        for item in orphans:
            queue.find_owner(ctx.scene(tx), item)
        return len(orphans)


def _in_nobodys_hands(tx: Transaction) -> tuple[Item, ...]:
    waiting = tx.queue.waiting()
    here = {one.id for one in tx.members.coordinators()} if waiting else set()
    return tuple(one for one in waiting if here and one.holder not in here)
