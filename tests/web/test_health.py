"""The HTTP door as monitoring meets it: over a real connection."""

import http.client
import io
import json
import logging
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
import structlog

from bot import logs
from bot.jobs.outbox import deliver_outbox
from bot.metrics import Metrics
from bot.ports import Gateways, Medium, Message, NotSent, Receipt
from bot.usecases import backlog
from bot.usecases.context import Context
from bot.usecases.delivery import Reactions
from bot.web.health import Vitals, health
from bot.web.server import CannotListen, WebServer
from tests.web.outside import JO


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What is logged meanwhile; the process's logging is left as it was found."""
    root = logging.getLogger()
    handlers, level, stream = root.handlers, root.level, io.StringIO()
    logs.configure("INFO", "json", stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@contextmanager
def serving(vitals: Vitals) -> Iterator[WebServer]:
    server = WebServer(health(vitals), host="127.0.0.1", port=0)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def get(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def ask(vitals: Vitals, path: str) -> tuple[int, Any]:
    with serving(vitals) as server:
        status, said = get(server.port, path)
    return status, json.loads(said)


def test_a_running_process_is_live() -> None:
    """Live asks nothing of the database or of Slack."""
    vitals = Vitals(checks={"database": lambda: False})
    assert ask(vitals, "/health/live") == (200, {"live": True})


@pytest.mark.parametrize(
    ("checks", "status"),
    [
        ({"database": True, "socket": True}, 200),
        ({"database": True, "socket": False}, 503),
        ({}, 200),
    ],
)
def test_ready_names_what_does_not_hold(
    checks: Mapping[str, bool], status: int
) -> None:
    """Ready is 503 as soon as one check fails, and says which."""
    asked = {name: partial(bool, held) for name, held in checks.items()}
    said = {"ready": status == 200, "checks": checks}
    assert ask(Vitals(checks=asked), "/health/ready") == (status, said)


def test_a_check_that_raises_does_not_hold(logged: io.StringIO) -> None:
    """A database that is away makes the bot not ready; it does not break the page."""

    def away() -> bool:
        raise ConnectionError("canary")

    status, said = ask(Vitals(checks={"database": away}), "/health/ready")
    assert (status, said["checks"]) == (503, {"database": False})
    assert "check_failed" in logged.getvalue()
    assert "canary" not in logged.getvalue()


def test_status_is_asked_anew_each_time() -> None:
    """Status shows how things are now, not how they were at the start."""
    counts = iter([3, 2])
    vitals = Vitals(status=lambda: {"inbox_due": next(counts)})
    with serving(vitals) as server:
        seen = [get(server.port, "/status")[1] for _ in range(2)]
    assert [json.loads(said) for said in seen] == [{"inbox_due": 3}, {"inbox_due": 2}]


def test_a_page_that_fails_says_nothing_of_why(logged: io.StringIO) -> None:
    """The reason goes to the log by its class; the page repeats nobody's words."""

    def broken() -> Mapping[str, Any]:
        raise ValueError("canary")

    with serving(Vitals(status=broken)) as server:
        status, said = get(server.port, "/status")
    assert (status, said) == (500, "This page failed; the log says why.\n")
    assert "page_failed" in logged.getvalue()
    assert "canary" not in logged.getvalue()


def test_metrics_show_counts_and_the_queues_as_they_are() -> None:
    """Counts and lengths of queues are on the page, asked for on the spot."""
    metrics = Metrics()
    waiting = {"inbox": 2}
    metrics.watch_queues(lambda: waiting)
    metrics.events_kept.inc(3)
    metrics.job_failures.labels(job="reminders").inc()
    metrics.acknowledgement.observe(0.02)
    waiting["outbox"] = 5
    with serving(Vitals(metrics=metrics.page)) as server:
        status, said = get(server.port, "/metrics")
    assert status == 200
    for line in (
        "convenor_events_kept_total 3.0",
        'convenor_job_failures_total{job="reminders"} 1.0',
        'convenor_queue_length{queue="inbox"} 2.0',
        'convenor_queue_length{queue="outbox"} 5.0',
        'convenor_acknowledgement_seconds_bucket{le="0.025"} 1.0',
    ):
        assert line in said


def test_what_is_owed_is_shown_without_words_or_addresses(ctx: Context) -> None:
    """Keys, times, tries and why: enough to see what waits, and nothing private."""
    letter = {"subject": "canary", "text": "canary", "html": "canary"}
    with ctx.begin() as tx:
        tx.outbox.owe(
            Message(key="notice:7", medium=Medium.MAIL, to=JO, body=letter),
            due_at=ctx.now(),
        )
    with serving(Vitals(owed=partial(backlog.account, ctx))) as server:
        status, said = get(server.port, "/owed")
    [owed] = json.loads(said)["owed"]
    assert status == 200
    assert owed == {
        "key": "notice:7",
        "medium": "mail",
        "due_at": ctx.now().isoformat(),
        "attempts": 0,
        "why": "",
    }
    assert json.loads(said)["parked"] == []
    assert JO not in said
    assert "canary" not in said


class Refusing:
    """A mail server that quotes in its refusal whom it refuses."""

    def send(self, message: Message, _: object) -> Receipt:
        raise NotSent(f"<{message.to}> is not known here (550)", permanent=True)

    def paces(self, _: Message) -> tuple[()]:
        return ()


def test_why_a_message_was_set_aside_names_nobody(ctx: Context) -> None:
    """Whatever a mail server said, the page has no address of anybody's."""
    letter = {"subject": "s", "text": "t", "html": "h"}
    with ctx.begin() as tx:
        tx.outbox.owe(
            Message(key="notice:7", medium=Medium.MAIL, to=JO, body=letter),
            due_at=ctx.now(),
        )
    ways: Any = Gateways({Medium.MAIL: Refusing()})  # type: ignore[dict-item] # refuses all
    deliver_outbox(ctx, ways, Reactions(), Metrics(), lambda: False)
    [parked] = backlog.account(ctx)["parked"]
    assert parked["key"] == "notice:7"
    assert parked["why"] == "<…> is not known here (550)"


def test_two_bots_in_one_process_count_apart() -> None:
    """Nothing is counted in a place that two bots share."""
    one, other = Metrics(), Metrics()
    one.messages_sent.inc()
    assert b"convenor_messages_sent_total 1.0" in one.page()
    assert b"convenor_messages_sent_total 0.0" in other.page()


def test_nothing_can_be_done_through_the_pages() -> None:
    """The pages are to look at: other methods and other addresses are refused."""
    with serving(Vitals()) as server:
        assert get(server.port, "/status", "POST")[0] == 405
        assert get(server.port, "/nowhere")[0] == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", "::", ""])  # noqa: S104 -- refused
def test_only_this_machine_can_ask_unless_told(host: str) -> None:
    """An address that others can reach is refused, with what to do."""
    with pytest.raises(CannotListen, match="HEALTH_ANYWHERE"):
        WebServer(health(Vitals()), host=host, port=0)


def test_told_so_it_listens_anywhere() -> None:
    """Inside a container the port has to be reachable from outside."""
    server = WebServer(health(Vitals()), host="0.0.0.0", port=0, anywhere=True)  # noqa: S104 -- told to
    server.start()
    answer = get(server.port, "/health/live")
    server.stop()
    assert answer[0] == 200


def test_a_port_that_is_taken_is_said_so() -> None:
    """Two bots on one port: the second says which setting to change."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = WebServer(health(Vitals()), host="127.0.0.1", port=port)
        with pytest.raises(CannotListen, match=f"Port {port} .*HEALTH_PORT"):
            server.start()


def test_it_stops_clean() -> None:
    """After a stop its thread is gone, the port free; a second stop is nothing."""
    before = set(threading.enumerate())
    server = WebServer(health(Vitals()), host="127.0.0.1", port=0)
    server.start()
    port = server.port
    assert get(port, "/health/live")[0] == 200
    server.stop()
    server.stop()
    for thread in set(threading.enumerate()) - before:
        thread.join(5)  # those that answered end by themselves, a moment later
        assert not thread.is_alive()
    socket.create_server(("127.0.0.1", port)).close()
