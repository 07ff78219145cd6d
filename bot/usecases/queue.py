"""What coordinators do with the items of *Needs you*."""

from bot.domain.errors import NotFound
from bot.owing import queue
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
