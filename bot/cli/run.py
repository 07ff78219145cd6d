"""``convenor run``."""

from enum import StrEnum
from typing import Annotated

import typer

from bot import app, logs
from bot.settings import read_all

EXAMPLE = "Example: convenor run --log-format text"


class LogFormat(StrEnum):
    """How log lines are written."""

    JSON = "json"
    TEXT = "text"


def run(
    log_format: Annotated[
        LogFormat | None,
        typer.Option(help="json for machines, text for people; else as LOG_FORMAT."),
    ] = None,
    *,
    http: Annotated[
        bool,
        typer.Option(
            "--http",
            help="Let Slack send its events by signed HTTP requests to WEB_PORT, "
            "instead of Socket Mode.",
        ),
    ] = False,
) -> None:
    """Run the bot until it is told to stop (Ctrl-C or SIGTERM)."""
    settings, community = read_all(http=http)
    form = log_format.value if log_format else settings.log_format
    logs.configure(settings.log_level, form)
    app.run(settings, community, http=http)
