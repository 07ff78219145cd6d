"""Sending what is owed, as time passes."""

from collections.abc import Callable

from bot.metrics import Metrics
from bot.ports import Gateways
from bot.usecases.context import Context
from bot.usecases.copies import recheck_due
from bot.usecases.delivery import Reactions, deliver_due
from bot.usecases.lapses import lapse_stale

BATCH = 20  #: messages taken at a time
BATCHES = 10  #: before the job yields, so that one run stays short


def deliver_outbox(
    ctx: Context,
    gateways: Gateways,
    reactions: Reactions,
    metrics: Metrics,
    stopping: Callable[[], bool],
) -> int:
    """Take back what is out of date, and send what is due; how many messages."""
    lapsed = lapse_stale(ctx)
    return lapsed + send_due(ctx, gateways, reactions, metrics, stopping)


def send_due(
    ctx: Context,
    gateways: Gateways,
    reactions: Reactions,
    metrics: Metrics,
    stopping: Callable[[], bool],
) -> int:
    """Send what is due by *gateways*, batch by batch; how many messages were taken."""
    total = 0
    for _ in range(BATCHES):
        taken = deliver_due(
            ctx,
            gateways,
            limit=BATCH,
            reactions=reactions,
            metrics=metrics,
            stopping=stopping,
        )
        total += taken
        if not taken or stopping():
            break
    return total


def remove_copies(ctx: Context, gateways: Gateways, metrics: Metrics) -> int:
    """Look again at messages that were repeated; how many were looked at."""
    return recheck_due(ctx, gateways, metrics=metrics)
