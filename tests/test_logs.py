"""Logs say what happened and where, and never what a person wrote or a secret."""

import io
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Literal

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import logs

WORDS = "the-canary-sang-of-haemoptysis"
TOKEN = "xoxb-1234-5678-canarytokencanary"  # noqa: S105 -- to be looked for
TICKET = "canary-ticket-0042"
FORMATS: tuple[Literal["json", "text"], ...] = ("json", "text")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Each test leaves the process's logging as it found it."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class _Refusing(BaseHTTPRequestHandler):
    """A Slack that answers every call with an error that repeats what was sent."""

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        body = json.dumps({"ok": False, "error": "invalid_blocks", "echo": sent})
        if self.path.endswith("chat.update"):
            body = f"<html>not JSON: {sent}</html>"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Keep the stub quiet."""


@contextmanager
def slack_that_refuses() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Refusing)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("level", LEVELS)
def test_slacks_client_says_neither_words_nor_token(
    level: str, form: Literal["json", "text"]
) -> None:
    """At any level, even forced to DEBUG, the client's lines hold no text or token."""
    stream = io.StringIO()
    logs.configure(level, form, stream)
    inner = logging.getLogger("slack_sdk.web.base_client")
    inner.setLevel(logging.DEBUG)
    log = structlog.get_logger("bot.gateways.slack")
    with slack_that_refuses() as url:
        client = WebClient(TOKEN, base_url=url)
        for call in (client.chat_postMessage, client.chat_update):
            try:
                call(channel="C1", ts="1.2", text=WORDS)
            except SlackApiError:
                log.exception("not_sent", message_key="invite:1:2", text=WORDS)
                logging.getLogger("slack_sdk.x").exception("Failed: %s", WORDS)
    inner.setLevel(logging.NOTSET)
    said = stream.getvalue()
    assert "not_sent" in said
    assert "invite:1:2" in said
    assert "SlackApiError" in said
    assert WORDS not in said
    assert "canary" not in said


@pytest.mark.parametrize("form", FORMATS)
def test_an_error_is_its_class_and_our_places(form: Literal["json", "text"]) -> None:
    """A traceback holds no values: text and variables may be anybody's."""
    stream = io.StringIO()
    logs.configure("INFO", form, stream)
    log = structlog.get_logger("bot.x")
    try:
        try:
            logs.hide_secrets(WORDS_AS_NOBODY_SHOULD)  # type: ignore[arg-type]
        except TypeError as error:
            raise ValueError(WORDS) from error
    except ValueError as error:
        log.exception("failed", inbox_id=7)
        log.error("failed_again", exc_info=error, why=error)  # noqa: TRY400 -- both ways
        logging.getLogger("alembic").error("said: %s", error)  # noqa: TRY400 -- no traceback
    said = stream.getvalue()
    assert WORDS not in said
    assert "ValueError from TypeError" in said
    assert "logs.py:" in said
    assert "hide_secrets" in said


WORDS_AS_NOBODY_SHOULD = 7


def test_a_line_has_ids_level_time_and_name() -> None:
    """One line an event, with what a machine needs to find it again."""
    stream = io.StringIO()
    logs.configure("INFO", "json", stream)
    structlog.get_logger("bot.jobs").info("event_done", event_id="Ev1", tries=2)
    (line,) = lines(stream)
    assert line["event"] == "event_done"
    assert (line["event_id"], line["tries"]) == ("Ev1", 2)
    assert (line["level"], line["logger"]) == ("info", "bot.jobs")
    assert line["timestamp"].endswith("Z")


def test_words_are_blanked_however_deep() -> None:
    """Text, titles, blocks and bodies are blanked inside lists and mappings too."""
    stream = io.StringIO()
    logs.configure("INFO", "json", stream)
    deep = [{"ok": 1, "blocks": [{"text": WORDS}]}, ({"title": WORDS},)]
    structlog.get_logger("bot").info("odd", deep=deep, question=WORDS, thing=Path("a"))
    (line,) = lines(stream)
    assert WORDS not in stream.getvalue()
    assert line["deep"][0] == {"ok": 1, "blocks": logs.HIDDEN}
    assert line["thing"] == "a"


@pytest.mark.parametrize(
    "secret",
    [
        TOKEN,
        "xapp-1-A123-456-canary",
        "xoxe.xoxp-1-canary",
        f"wss://wss.example.org/link?ticket={TICKET}&app_id=1",
        "Authorization: Bearer canarycanary",
        "{'Authorization': 'Bearer canarycanary'}",
        "postgresql://convenor:canary@pass@db.example.org/convenor",
        "smtp://:canary@mail.example.org",
        "Authorization: Basic Y2FuYXJ5Y2FuYXJ5",
        "host=x password=canary",
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_secrets_are_blanked_wherever_they_stand(
    secret: str, form: Literal["json", "text"]
) -> None:
    """A secret in an event, a value or a library's line is blanked."""
    stream = io.StringIO()
    logs.configure("INFO", form, stream)
    structlog.get_logger("bot").info(secret, url=secret, many=[secret])
    logging.getLogger("some.library").warning("connecting with %s", secret)
    assert "canary" not in stream.getvalue()
    assert "Y2FuYXJ5" not in stream.getvalue()
    assert stream.getvalue().count(logs.HIDDEN) == 4


@given(
    st.sampled_from(["xoxb", "xoxp", "xapp", "xoxe"]),
    st.text("abcXYZ0189-", min_size=8, max_size=60),
    st.text(" ,;.()'\"=/é", max_size=4),
)
@settings(max_examples=100, deadline=None)
def test_no_token_survives_in_any_surroundings(
    prefix: str, rest: str, around: str
) -> None:
    """Whatever stands beside a token, none of it is left."""
    said = logs.hide_secrets(f"{around}{prefix}-{rest}{around}")
    assert rest not in said
    assert logs.HIDDEN in said


def test_talkative_libraries_are_held_whatever_the_level() -> None:
    """LOG_LEVEL=DEBUG turns on our own debugging, and nobody else's chatter."""
    stream = io.StringIO()
    logs.configure("DEBUG", "json", stream)
    for name in ("slack_sdk.web", "slack_bolt.App", "sqlalchemy.engine.Engine"):
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).debug(WORDS)
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.getLogger("sqlalchemy.engine.Engine").info(WORDS)
    logging.getLogger("apscheduler.executors").info(WORDS)
    logging.getLogger("uvicorn.access").info(WORDS)
    structlog.get_logger("bot").debug("ours")
    assert [line["event"] for line in lines(stream)] == ["ours"]


def test_a_line_that_cannot_be_written_says_so_without_its_contents() -> None:
    """A broken line is noticed, but logging's own report of it would show its text."""
    stream = io.StringIO()
    logs.configure("INFO", "json", stream)
    logging.getLogger("bot.broken").info("%d", WORDS)
    assert stream.getvalue() == "log line lost: bot.broken (TypeError)\n"


def test_what_nobody_caught_is_logged_without_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What dies says so in the log, without its text."""
    stream = io.StringIO()
    logs.configure("INFO", "json", stream)
    monkeypatch.setattr("threading.excepthook", threading.excepthook)
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    logs.log_uncaught()
    logging.captureWarnings(capture=False)

    def die() -> None:
        raise RuntimeError(WORDS)

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    (line,) = lines(stream)
    assert (line["event"], line["error"]) == ("uncaught_in_thread", "RuntimeError")
    assert WORDS not in stream.getvalue()
