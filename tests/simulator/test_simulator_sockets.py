"""Deliveries: to one connection each, again until acknowledged, and never for ever."""

import hashlib
import hmac
import threading
import time
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from bot.simulator import SimulatorServer
from tests.conformance.hearing import Ears, says

SILENT = {"answer": lambda _: Ears.SILENT}


def kinds(player, *wanted):
    return [one["kind"] for one in player.transcript(*wanted)]


@pytest.mark.usefixtures("hasty")
def test_an_event_nobody_takes_is_sent_four_times_and_noted(player, amira, ears):
    """An event is sent once and again three times, counted; then it is missed."""
    with ears(**SILENT) as deaf:
        amira.post("C0ASK", "is anybody there?")
        player.wait_until_quiet()
    assert [one.retry_attempt for one in deaf.requests] == [0, 1, 2, 3]
    assert len({one.payload["event_id"] for one in deaf.requests}) == 1
    assert len({one.envelope_id for one in deaf.requests}) == 4
    assert len(player.transcript("missed")) == 1


def test_an_event_with_no_connection_open_waits_its_turn(player, amira, ears):
    """What happens while the bot is away reaches it at a redelivery."""
    amira.post("C0ASK", "too early")
    assert not player.quiet()
    with ears() as later:
        again = later.wait_for(says("too early"))
    assert again.retry_attempt >= 2
    assert again.retry_reason == "no_connection"


def test_an_event_nobody_ever_came_for_is_missed(player, amira):
    """With no connection through every redelivery, the transcript says `missed`."""
    amira.post("C0ASK", "nobody")
    player.wait_until_quiet()
    missed = player.transcript("missed")
    assert [(one["event"], one["reason"]) for one in missed] == [
        ("message", "no_connection")
    ]


@pytest.mark.usefixtures("hasty")
def test_an_acknowledgement_that_comes_too_late_is_late(player, amira, ears):
    """A late answer stops nothing: the event is on its way again."""

    def slow(request):
        if request.retry_attempt == 0:
            time.sleep(0.3)

    with ears(answer=slow) as slowly:
        amira.post("C0ASK", "hello")
        slowly.wait_for(lambda one: one.retry_attempt == 1)
        player.wait_until_quiet()
        time.sleep(0.15)
    assert "late_ack" in kinds(player, "late_ack")


@pytest.mark.usefixtures("hasty")
def test_a_half_open_connection_loses_nothing(player, amira, ears):
    """What went into a connection that only looked alive comes by another."""
    with ears(ping_interval=5) as silent:
        player.do("half_open", socket="socket-1")
        with ears() as healthy:
            texts = [f"n{n}" for n in range(4)]
            for text in texts:
                amira.post("C0ASK", text)
            for text in texts:
                healthy.wait_for(says(text))
        assert silent.events == []


def test_a_refresh_neither_loses_nor_doubles(player, amira, ears):
    """What was in hand at a `disconnect` can still be answered on that connection."""

    def slow(request):
        if request.payload["event"]["text"] == "in hand":
            player.do("disconnect", socket="socket-1")
            time.sleep(0.1)

    with ears(answer=slow) as listening:
        amira.post("C0ASK", "in hand")
        listening.wait_for(says("in hand"))
        player.wait_until_quiet()
        amira.post("C0ASK", "after")
        listening.wait_for(says("after"))
        player.wait_until_quiet()
    assert [one["text"] for one in listening.events] == ["in hand", "after"]
    # What is said while nobody is connected waits; nothing that was given comes again.
    again = {one["reason"] for one in player.transcript("redelivery")}
    assert again <= {"no_connection"}


def test_a_ticket_is_good_for_one_connection(slack):
    """The address Slack gives opens one connection, once."""
    opened = slack.apps_connections_open(app_token="xapp-simulator")["url"]
    with connect(opened) as first:
        assert '"hello"' in first.recv()
        with pytest.raises((ConnectionClosed, InvalidStatus)), connect(opened) as other:
            other.recv()


def test_there_are_ten_connections_at_most(slack):
    """An eleventh connection is refused."""
    urls = [_open(slack) for _ in range(10)]
    with ExitStack() as held:
        for url in urls:
            assert '"hello"' in held.enter_context(connect(url)).recv()
        with pytest.raises(SlackApiError, match="too_many_websockets"):
            _open(slack)


def _open(slack):
    return slack.apps_connections_open(app_token="xapp-simulator")["url"]


@pytest.mark.usefixtures("hasty")
def test_what_a_person_waits_on_is_not_sent_again(amira, ears):
    """A command nobody answers fails in front of the person, and is not repeated."""
    with ears(**SILENT) as deaf:
        outcome = amira.command("/convenor help", "C0ASK")
        time.sleep(0.3)
        assert len(deaf.requests) == 1
    assert (outcome["acked"], outcome["trouble"]) == (False, "operation_timeout")


@pytest.mark.usefixtures("hasty")
def test_a_form_nobody_takes_stays_open(slack, amira, ears):
    """A submission nobody answers leaves the form, and says so."""
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "A form"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [{"type": "divider"}],
    }

    def opening(request):
        if request.payload.get("type") == "view_submission":
            return Ears.SILENT
        slack.views_open(trigger_id=request.payload["trigger_id"], view=view)
        return None

    with ears(answer=opening):
        amira.shortcut("ask")
        outcome = amira.submit()
    assert outcome["trouble"].startswith("We had some trouble")
    assert outcome["modal"]["title"]["text"] == "A form"


def test_the_bot_hears_only_of_channels_it_is_in(player, amira, ears):
    """Nothing is heard from a channel the bot has not joined."""
    with ears() as listening:
        amira.post("C0OPEN", "not for bots")
        amira.post("C0ASK", "for all")
        listening.wait_for(says("for all"))
        player.wait_until_quiet()
    assert [one["text"] for one in listening.events] == ["for all"]


def test_an_event_not_subscribed_to_is_not_sent(server, player, amira, ears):
    """Only subscribed events come, and only those a scope allows."""
    server.world.app.events = ["reaction_added", "message.channels"]
    server.world.app.scopes = ["reactions:read"]
    with ears() as listening:
        said = amira.post("C0ASK", "hello")
        amira.react(said, "eyes")
        listening.wait_for(lambda one: one.payload["event"]["type"] == "reaction_added")
        player.wait_until_quiet()
    assert len(listening.events) == 1


def test_two_hundred_events_a_second_are_comfortable(player, amira, ears):
    """Two hundred posts are delivered and acknowledged in a second or so."""
    with ears() as listening:
        began = time.monotonic()
        for n in range(200):
            amira.post("C0ASK", f"n{n}")
        player.wait_until_quiet()
        took = time.monotonic() - began
    assert len(listening.requests) == 200
    assert took < 4, "a slow machine is allowed for; 0.3 s is usual"


class _Door(BaseHTTPRequestHandler):
    heard: list = []  # noqa: RUF012 (filled by each test's own subclass)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((dict(self.headers), body))
        self.send_response(500 if len(self.heard) == 1 else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def door():
    """An app's HTTP door that fails the first time."""
    kind = type("Door", (_Door,), {"heard": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/slack/events", kind.heard
    server.shutdown()
    server.server_close()
    thread.join()


def test_deliveries_over_http_are_signed_and_sent_again(player, amira, door):
    """Over HTTP each delivery is signed, and after a failure sent again, counted."""
    url, heard = door
    player.do("request_url", url=url)
    amira.post("C0ASK", "by post")
    player.wait_until_quiet()
    (_, first), (headers, body) = heard
    assert first == body
    assert headers["X-Slack-Retry-Num"] == "1"
    assert headers["X-Slack-Retry-Reason"] == "http_error"
    stamp = headers["X-Slack-Request-Timestamp"]
    base = f"v0:{stamp}:".encode() + body
    secret = b"simulator-signing-secret"
    expected = hmac.new(secret, base, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={expected}"


def test_a_stopped_simulator_frees_its_port():
    """A simulator can be stopped and another started where it was."""
    with SimulatorServer() as first:
        port = int(first.url.rpartition(":")[2])
    with SimulatorServer(port) as second:
        assert second.url.endswith(f":{port}")
