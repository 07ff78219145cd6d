"""Handling what has been kept, as time passes."""

from collections.abc import Callable

from bot.metrics import Metrics
from bot.usecases.context import Context
from bot.usecases.intake import Handle, handle_due

BATCH = 10  #: events handled in one transaction: what comes in waits for no more
BATCHES = 50  #: before the job yields, so that one run stays short


def handle_inbox(
    ctx: Context, handle: Handle, metrics: Metrics, stopping: Callable[[], bool]
) -> int:
    """Handle what is due, batch by batch; how many events were taken."""
    total = 0
    for _ in range(BATCHES):
        taken = handle_due(ctx, handle, limit=BATCH, metrics=metrics, stopping=stopping)
        total += taken
        if not taken or stopping():
            break
    return total
