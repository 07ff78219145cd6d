"""Slack over HTTP: signed and fresh or refused, kept or sent again."""

import hashlib
import hmac
import json
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.parse import urlencode

import pytest

from bot.handlers.http import PATH, OverHttp
from bot.handlers.registry import Push, Say
from bot.simulator.webhooks import FORM
from bot.web.limits import LARGEST
from bot.web.public import public
from bot.web.server import WebServer
from tests.doors.conftest import SIGNING_SECRET, until
from tests.slack_play import BEN, QUESTIONS, playing

JSON = "application/json"
MINUTE = 60  #: seconds


@pytest.fixture
def _server():
    """A Slack of each test's own: the way it delivers is changed here."""
    with playing() as server:
        yield server


class Door:
    """The bot's public door, served; requests are posted to it by hand."""

    def __init__(self, bot):
        self.gaps, self.waits = [], []
        self.hearing = OverHttp(
            app=bot.app(signing_secret=SIGNING_SECRET),
            on_gap=lambda: self.gaps.append(None),
            observe=self.waits.append,
        )
        self.server = WebServer(
            public(bot.ctx, slack=self.hearing.answer), host="127.0.0.1", port=0
        )

    def post(self, body, headers=None, **signing):
        """Post *body*, signed as Slack does unless *headers* says otherwise."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        if headers is None:
            headers = signed(sent, **signing)
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        connection.request("POST", PATH, sent, headers)
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        return answer.status, said


def signed(body, *, secret=SIGNING_SECRET, age=0, kind=JSON):
    """The headers that Slack sends with *body*, of *age* seconds ago."""
    stamp = str(int(time.time()) - age)
    base = b"v0:" + stamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


@contextmanager
def _open(bot):
    door = Door(bot)
    door.server.start()
    door.hearing.start()
    try:
        yield door
    finally:
        door.server.stop()


@pytest.fixture
def door(bot):
    """The door, open."""
    with _open(bot) as opened:
        yield opened


def said(text="Heard", event_id="Ev1"):
    return {
        "type": "event_callback",
        "event_id": event_id,
        "event": {
            "type": "message",
            "channel": QUESTIONS,
            "user": BEN,
            "ts": "1.000001",
            "text": text,
        },
    }


def test_a_signed_event_is_kept_and_acknowledged(bot, door):
    """Kept first, then 200; how long it took is counted."""
    assert door.post(said())[0] == 200
    assert bot.heard() == ["Heard"]
    assert len(door.waits) == 1


@pytest.mark.parametrize(
    "signing",
    [
        {"secret": "another-secret"},
        {"secret": ""},
        {"age": 5 * MINUTE + 5},
        {"age": -5 * MINUTE - 5},
    ],
    ids=["forged", "unsigned", "old", "from the future"],
)
def test_what_slack_did_not_sign_just_now_is_refused(bot, door, signing):
    """Forged, or a request of Slack's own played again later: 401, nothing kept."""
    status, told = door.post(said(), **signing)
    assert status == 401
    assert "Heard" not in told
    assert bot.kept() == []


def test_no_door_opens_with_an_empty_secret(bot):
    """Anybody could sign with that one."""
    with pytest.raises(ValueError, match="empty secret"):
        bot.app(signing_secret="")


def test_a_body_changed_on_its_way_is_refused(bot, door):
    """The signature is of every byte."""
    headers = signed(json.dumps(said()).encode())
    assert door.post(said("Changed"), headers)[0] == 401
    assert bot.kept() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "²"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Signature": "v0=é"},
        {"X-Slack-Signature": ""},
    ],
    ids=lambda one: str(one)[:40],
)
def test_headers_that_make_no_sense_are_refused(bot, door, changed):
    """They are answered as any forgery is, and break nothing."""
    headers = signed(json.dumps(said()).encode()) | changed
    assert door.post(said(), headers)[0] == 401
    assert bot.kept() == []


@pytest.mark.parametrize(
    "body",
    [
        *(b"{", b"[]", b'"text"', b"{}", b"", b"\xff\xfe", b"[" * 100_000),
        *(b"payload=%7B", b'{"event": 1, "authorizations": 2}', b'{"user": [3]}'),
    ],
    ids=lambda one: repr(one[:12]),
)
def test_a_body_of_no_shape_breaks_nothing(bot, door, body):
    """It is answered at once, even where it is signed; nothing is kept."""
    assert door.post(body)[0] in {200, 400}
    assert bot.kept() == []


@pytest.mark.parametrize("way", ["declared", "in pieces"])
def test_a_body_that_is_too_large_is_refused(bot, door, way):
    """Whether it says so or not, no more than the limit is taken in."""
    body = json.dumps(said("x" * LARGEST)).encode()
    if way == "declared":
        assert door.post(body)[0] == 413
    else:
        assert in_pieces(door, body) == 413
    assert bot.kept() == []


def in_pieces(door, body):
    """Post *body* without saying how long it is; the status."""
    connection = HTTPConnection("127.0.0.1", door.server.port, timeout=5)
    pieces = [body[at : at + 65_536] for at in range(0, len(body), 65_536)]
    connection.request(
        "POST", PATH, iter(pieces), headers=signed(body), encode_chunked=True
    )
    status = connection.getresponse().status
    connection.close()
    return status


def test_slack_may_see_that_the_address_is_ours(door):
    """When the address is entered, Slack asks for its own word back: signed too."""
    asked = {"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"}
    status, told = door.post(asked)
    assert (status, json.loads(told)) == (200, {"challenge": "3eZbrw1a"})
    assert door.post(asked, secret="another")[0] == 401


def test_without_a_content_type_an_event_is_still_read(bot, door):
    """A proxy that drops the header loses nobody's words."""
    body = json.dumps(said()).encode()
    headers = signed(body)
    del headers["Content-Type"]
    assert door.post(body, headers)[0] == 200
    assert bot.heard() == ["Heard"]


def test_what_cannot_be_kept_is_refused_and_kept_when_it_comes_again(bot, door):
    """Slack is told 500, sends again with retry headers, and it is kept once."""
    bot.full = True
    assert door.post(said())[0] == 500
    bot.full = False
    body = json.dumps(said()).encode()
    again = signed(body) | {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "x"}
    assert [door.post(body, again)[0] for _ in range(2)] == [200, 200]
    assert bot.heard() == ["Heard"]


def test_what_means_nothing_is_acknowledged(bot, door):
    """Slack stops sending to an app that does not acknowledge."""
    other = {"type": "event_callback", "event_id": "Ev9", "event": {"type": "x"}}
    pressed = urlencode({"payload": json.dumps({"type": "of_tomorrow"})}).encode()
    assert door.post(other)[0] == 200
    assert door.post(pressed, kind=FORM)[0] == 200
    assert bot.kept() == []


def test_before_the_bot_knows_slack_it_asks_to_come_again(bot):
    """And after it was told to stop; nothing is taken in between and lost."""
    door = Door(bot)
    door.server.start()
    try:
        early = door.post(said())[0]
        door.hearing.start()
        ready, gaps = door.hearing.ready(), len(door.gaps)
        door.hearing.stop()
        late = door.post(said())[0]
    finally:
        door.server.stop()
    assert (early, late) == (503, 503)
    assert (ready, gaps) == (True, 1)  # what was said before the start is caught up
    assert bot.kept() == []


def test_one_slow_answer_keeps_nobody_waiting(bot, door):
    """A form that takes its time does not delay an event."""
    held = Event()
    bot.door.command("/ask")(lambda _: Say(str(held.wait(10))))
    command = urlencode({"command": "/ask", "user_id": BEN, "text": ""}).encode()
    slow = Thread(target=door.post, args=(command,), kwargs={"kind": FORM})
    slow.start()
    begun = time.monotonic()
    assert door.post(said())[0] == 200
    taken = time.monotonic() - begun
    held.set()
    slow.join()
    assert taken < 8


def test_slack_in_play_delivers_everything_by_it(bot, slack, door):
    """Events, commands, forms and buttons, as Slack itself posts them."""
    bot.door.command("/ask")(lambda _: Push(FORM_TO_FILL))
    bot.door.view("f")(lambda act: bot.counted.update([act.form["words"]]))
    address = f"http://127.0.0.1:{door.server.port}{PATH}"
    slack.player.do("request_url", url=address)
    slack.player.do("delays", ack_within=10)  # a busy machine is no failure

    slack.ben.post(QUESTIONS, "By HTTP")
    slack.ben.command("/ask", channel=QUESTIONS)
    slack.ben.submit(words="typed")
    slack.player.wait_until_quiet()

    until(lambda: bot.heard() == ["By HTTP"])
    assert bot.counted["typed"] == 1
    assert not slack.player.transcript("redelivery")


FORM_TO_FILL = {
    "type": "modal",
    "callback_id": "f",
    "title": {"type": "plain_text", "text": "A form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Words"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}
