"""What could not be sent: shown to the coordinators, who decide."""

from bot.domain.errors import NotFound
from bot.domain.queue import Need
from bot.owing import queue
from bot.ports import Message
from bot.store import Transaction
from bot.usecases.context import Context, coordinating


def parked(ctx: Context, tx: Transaction, message: Message) -> None:
    """A message waits for a person: the coordinators see it, with why."""
    queue.need(
        ctx.scene(tx),
        f"parked:{message.key}",
        Need.PARKED,
        details={"key": message.key, "why": tx.backlog.why(message.key)},
    )


def try_again(ctx: Context, *, user: str, key: str) -> None:
    """Send a parked message again.

    Raises:
        NotAllowed: not a coordinator.
        NotFound: it does not wait any more.
    """
    with ctx.begin() as tx:
        by = coordinating(tx, user)
        if not tx.backlog.replay_messages([key]):
            raise NotFound("That message does not wait any more.")
        tx.audit.add(
            actor=by.id,
            act="replay",
            subject="outbox",
            at=ctx.now(),
            detail={"key": key},
        )
        scene = ctx.scene(tx)
        queue.settle(scene, f"parked:{key}", by=by.id)
        tx.queue.forget(f"parked:{key}")
