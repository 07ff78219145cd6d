"""What is not needed any more is not kept."""

from datetime import timedelta

from bot.usecases.context import Context


def keep_house(ctx: Context, keep: timedelta) -> int:
    """Forget events dealt with longer ago than *keep*, and notes nobody chose for.

    How many there were.
    """
    with ctx.begin() as tx:
        purged = tx.inbox.purge(before=ctx.clock.machine() - keep)
        return purged + tx.questions.drop_notes()
