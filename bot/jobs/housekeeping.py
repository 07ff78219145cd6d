"""The house, as time passes: what is not needed any more is not kept."""

from datetime import timedelta

from bot.usecases.context import Context
from bot.usecases.housekeeping import keep_house
from bot.usecases.retention import forget_nightly


def look_after_house(ctx: Context, keep: timedelta) -> int:
    """Forget events dealt with longer ago than *keep*, and at night what is old."""
    return keep_house(ctx, keep) + forget_nightly(ctx)
