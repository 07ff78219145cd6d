"""The bot with leases of seconds, so that a story need not wait out two minutes.

Another composition root, not a fault in the product: everything else is as it is run.
"""

from dataclasses import replace
from datetime import timedelta

from bot.app import bot as root
from bot.app import parts
from bot.cli import main
from bot.usecases.context import Patience

HASTY = Patience(
    lease=timedelta(seconds=3),
    first_wait=timedelta(seconds=0.2),
    look_again=timedelta(seconds=0.3),
    recheck=timedelta(seconds=1),
)


def hasty_context(*given):
    """What every use case is given, with less patience."""
    return replace(parts.context(*given), patience=HASTY)


if __name__ == "__main__":
    root.context = hasty_context
    main()
