"""Questions, as time passes: routed, reminded of, and said in good times."""

from bot.usecases.context import Context
from bot.usecases.notices import say_due
from bot.usecases.queue import find_owners
from bot.usecases.reminders import hand_over, keep_time
from bot.usecases.routing import route_due


def look_after_questions(ctx: Context) -> int:
    """Do whatever is due for questions and for those they are put to; how much it was.

    In this order, so that what one step wants said the last one says at once.
    """
    done = route_due(ctx) + keep_time(ctx) + find_owners(ctx) + hand_over(ctx)
    return done + say_due(ctx)
