"""What is not needed any more is not kept."""

from datetime import timedelta

from bot.usecases.context import Context


def keep_house(ctx: Context, keep: timedelta) -> int:
    """Forget events that were dealt with longer ago than *keep*; how many."""
    with ctx.begin() as tx:
        return tx.inbox.purge(before=ctx.clock.machine() - keep)
