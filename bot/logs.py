"""Logs: one structured line an event, with ids, and never a person's words or a secret.

Three things keep that promise. Libraries that log what people wrote are held at a level
where they do not, whatever LOG_LEVEL says. Keys that hold words are blanked, and so is
what looks like a secret, in every line. An error is logged as its class and the
places it passed through: its own text may quote anybody.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path, PurePath
from typing import Any, Literal, TextIO
from uuid import UUID

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

#: Loggers and the least that they may say. slack_sdk's DEBUG holds whole messages and
#: the socket's ticket; Bolt's holds bodies; SQLAlchemy's INFO holds parameters.
PINNED = {
    "slack_sdk": logging.INFO,
    "slack_bolt": logging.INFO,
    "bolt": logging.INFO,
    "websockets": logging.INFO,
    "urllib3": logging.INFO,
    "apscheduler": logging.WARNING,
    "apscheduler.scheduler": logging.ERROR,  # a tick skipped is a tick not needed
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
    "uvicorn": logging.WARNING,
    "asyncio": logging.WARNING,
}
#: Keys under which people's words travel; blanked in our own lines, however deep. Ids
#: go under other names: question_id, message_key.
WORDS = frozenset(
    {"answer", "attachments", "blocks", "body", "context", "email", "line", "note"}
    | {"payload", "question", "real_name", "reply", "subject", "text", "title"}
    | {"value", "view", "words"}
)
#: Libraries whose lines at any level may end in what somebody sent: cut at the start.
TALKATIVE = ("slack_sdk", "slack_bolt")
HIDDEN = "[hidden]"
SECRETS = tuple(
    re.compile(pattern)
    for pattern in (
        r"x(?:ox|app)[\w.%]*-[\w.%-]+",
        r"(?<=ticket=)[^&\s\"']+",
        r"(?i)(?<=bearer )[^\s\"',}]+",
        r"(?i)(?<=basic )[a-z0-9+/=]{8,}",
        r"(?<=://)[^/\s:@]*:[^\s]+(?=@)",
        r"(?i)(?<=password=)[^&\s\"']+",
    )
)
OURS = Path(__file__).parent
DEEPEST = 20  #: frames of ours shown of one error, the innermost ones


def configure(
    level: str = "INFO",
    form: Literal["json", "text"] = "json",
    stream: TextIO | None = None,
) -> None:
    """Send every log line of the process through here, to *stream* or standard error.

    May be called again; the latest call counts.
    """
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        error_as_places,
    ]
    structlog.configure(
        processors=[
            *first,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = _Handler(stream or sys.stderr)
    handler.addFilter(_may_be_said)
    handler.setFormatter(_formatter(first, form))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)


def log_uncaught() -> None:
    """Log what nobody caught, in any thread, instead of printing it with its text."""
    log = structlog.get_logger("bot")

    def ended(kind: type[BaseException], error: BaseException, _: Any) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("uncaught", exc_info=error)

    def thread_ended(args: threading.ExceptHookArgs) -> None:
        log.critical("uncaught_in_thread", exc_info=args.exc_value)

    sys.excepthook = ended
    threading.excepthook = thread_ended
    logging.captureWarnings(capture=True)


def error_as_places(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Put an error's class and our places in its stead; blank its text in the line."""
    given = line.pop("exc_info", None)
    current = sys.exc_info()[1]
    error = _error(given, current)
    if error is not None:
        line["error"] = " from ".join(_kind(link) for link in _links(error))
        line["at"] = [place for link in _links(error) for place in _places(link)]
    for link in _links(error or current):
        if str(link):
            line["event"] = str(line["event"]).replace(str(link), HIDDEN)
    return line


def cut_short(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Keep of a talkative library's line what comes before any value in it."""
    if str(line.get("logger", "")).split(".")[0] in TALKATIVE:
        line["event"] = re.split(r"[:{\[<\"']", str(line["event"]), maxsplit=1)[0]
    return line


def _error(given: Any, current: BaseException | None) -> BaseException | None:
    if isinstance(given, tuple):
        given = given[1]
    if isinstance(given, BaseException):
        return given
    return current if given else None


def _links(error: BaseException | None) -> list[BaseException]:
    """The error and what it came from, outermost first."""
    links: list[BaseException] = []
    while error is not None and error not in links:
        links.append(error)
        error = error.__cause__ or error.__context__
    return links


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix(
        "builtins."
    )


def _places(error: BaseException) -> list[str]:
    """Our own frames that it passed through: "store/inbox.py:45 take"."""
    frames = traceback.extract_tb(error.__traceback__, limit=None)
    ours = [frame for frame in frames if OURS in Path(frame.filename).parents]
    return [
        f"{Path(frame.filename).relative_to(OURS)}:{frame.lineno} {frame.name}"
        for frame in ours[-DEEPEST:]
    ]


def only_what_is_ours_to_say(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Blank people's words and secrets, and reduce objects to their class's name."""
    return {key: _sayable(key, value) for key, value in line.items()}


def _sayable(key: object, value: Any) -> Any:
    if str(key) in WORDS:
        return HIDDEN
    if isinstance(value, Mapping):
        return {str(inner): _sayable(inner, item) for inner, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_sayable(None, item) for item in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str | PurePath | date | timedelta | UUID):
        return hide_secrets(str(value))
    return type(value).__name__


def hide_secrets(text: str) -> str:
    """*text* without what looks like a token, a ticket or a password."""
    for secret in SECRETS:
        text = secret.sub(HIDDEN, text)
    return text


def _formatter(
    first: list[Processor], form: Literal["json", "text"]
) -> logging.Formatter:
    look: Processor = structlog.processors.JSONRenderer()
    if form == "text":
        look = structlog.dev.ConsoleRenderer(colors=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*first, cut_short],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            only_what_is_ours_to_say,
            look,
        ],
    )


def _may_be_said(record: logging.LogRecord) -> bool:
    """Whether the logger, or one above it, is not held at a higher level."""
    parts = record.name.split(".")
    above = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return all(record.levelno >= PINNED.get(name, logging.NOTSET) for name in above)


class _Handler(logging.StreamHandler[TextIO]):
    """Says that a line could not be written, without showing what was in it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name
        kind = sys.exc_info()[0]
        why = kind.__name__ if kind else "unknown"
        with suppress(OSError, ValueError):
            self.stream.write(f"log line lost: {record.name} ({why})\n")
