"""Where everything meets: the only part that knows every other.

Nothing is built at import time. ``run`` is the bot; the other functions build single
parts for the command line and for tests.
"""

from bot.app.bot import run
from bot.app.parts import (
    SlackParts,
    clock,
    context,
    door,
    mail,
    open_store,
    orient,
    slack,
    smtp_server,
)
from bot.app.reactions import all_events, reactions

__all__ = [
    "SlackParts",
    "all_events",
    "clock",
    "context",
    "door",
    "mail",
    "open_store",
    "orient",
    "reactions",
    "run",
    "slack",
    "smtp_server",
]
