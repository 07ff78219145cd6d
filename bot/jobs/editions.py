"""The monthly update, as time passes: drafted on its day, sent after its hold."""

from bot.usecases.context import Context
from bot.usecases.editions import draft, to_draft
from bot.usecases.mailing import send_some, to_send

STEPS = 4  #: short transactions in one round: at most 200 letters are owed


def look_after_editions(ctx: Context) -> int:
    """Everything about updates that is due now; how much was done.

    Called every second or two.
    """
    month = to_draft(ctx)
    done = int(draft(ctx, month)) if month else 0
    for _ in range(STEPS):
        took = sum(send_some(ctx, edition) for edition in to_send(ctx))
        done += took
        if not took:
            break
    return done
