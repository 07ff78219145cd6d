"""The letterbox: kept, guarded, and only then acknowledged."""

import json
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt import BoltRequest
from slack_bolt.adapter.wsgi import SlackRequestHandler
from structlog.testing import capture_logs

from bot.domain.events import project
from bot.domain.texts import keepable
from bot.handlers.registry import OLD, Kind, Say
from tests.doors.conftest import SIGNING_SECRET, until
from tests.slack_play import AMIRA, BEN, DIGESTS, QUESTIONS, message, playing

IDENTIFYING = "Mrs Mabel Specimen, NHS number 943 476 5919, born 1 May 1950"


class Quiet(WSGIRequestHandler):
    """Says nothing on the terminal."""

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def over_http(bot, slack):
    """Let Slack deliver by signed HTTP requests to the bot's Bolt."""
    handler = SlackRequestHandler(bot.app(signing_secret=SIGNING_SECRET), path="/slack")
    server = make_server("127.0.0.1", 0, handler, handler_class=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    slack.player.do("request_url", url=f"http://127.0.0.1:{server.server_port}/slack")
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def _server():
    """A Slack of each test's own: the way it delivers is changed here."""
    with playing() as server:
        yield server


def everything_on_disk(store_url):
    """Every byte of the database and of its journal."""
    file = Path(store_url.removeprefix("sqlite:///"))
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


def event(kind, **fields):
    return {
        "type": "event_callback",
        "event_id": f"Ev{kind}",
        "event": {"type": kind, **fields},
    }


def dispatched(bot, body):
    return bot.app().dispatch(BoltRequest(mode="socket_mode", body=body))


def test_over_http_what_cannot_be_kept_is_refused_and_comes_again(bot, slack):
    """Slack is told 500, sends again, and the event is kept once."""
    with over_http(bot, slack):
        bot.full = True
        slack.ben.post(QUESTIONS, "Heard twice, kept once")
        until(lambda: slack.player.transcript("redelivery"))
        assert bot.heard() == []

        bot.full = False
        slack.player.wait_until_quiet()
    assert bot.heard() == ["Heard twice, kept once"]


def test_over_http_a_false_signature_is_refused(bot, slack):
    """Nobody but Slack can put anything into the inbox."""
    slack.server.world.app.signing_secret = SIGNING_SECRET[::-1]
    with over_http(bot, slack):
        slack.ben.post(QUESTIONS, "Forged")
        slack.player.wait_until_quiet()

    assert bot.kept() == []
    assert slack.player.transcript("missed")


def test_over_http_people_are_answered_too(bot, slack):
    """Commands and buttons come as forms there; the door is the same."""
    bot.door.command("/ask")(lambda act: Say(f"You typed {act.value}"))
    with over_http(bot, slack):
        slack.amira.command("/ask anything", channel=QUESTIONS)
        slack.amira.shortcut("of_long_ago")
        slack.player.wait_until_quiet()

    assert slack.texts()[-1] == "You typed anything"
    assert OLD[Kind.SHORTCUT] in str(slack.amira.modal())


def test_the_same_event_twice_is_kept_once(bot):
    """Slack sends again what it thinks was not heard."""
    body = event("message", channel=QUESTIONS, user=BEN, ts="1.000001", text="Once")

    assert [dispatched(bot, body).status for _ in range(3)] == [200] * 3
    assert bot.heard() == ["Once"]


def test_a_failure_is_logged_without_what_it_says(bot):
    """A database's error quotes its parameters, which are people's words."""
    bot.full = True
    with capture_logs() as logs:
        answer = dispatched(
            bot, event("message", channel=QUESTIONS, ts="1.1", text="a")
        )

    assert answer.status == 500
    assert [(one["event"], one["why"]) for one in logs] == [("not_kept", "OSError")]


def test_text_that_identifies_a_patient_never_reaches_the_disk(bot, slack, sqlite_url):
    """Posted, edited, deleted, mentioned or in a file's name: it is blanked first."""
    bot.connect()
    files = [
        {
            "permalink": "https://s.slack.com/files/U/F/Mabel_Specimen_9434765919.pdf",
            "title": IDENTIFYING,
            "name": IDENTIFYING,
        }
    ]
    said = slack.ben.post(QUESTIONS, IDENTIFYING)
    edited = slack.ben.post(QUESTIONS, "Fine at first")
    slack.ben.edit(edited, f"<@U0BOT00000> {IDENTIFYING}")
    slack.ben.edit(edited, "Fine again")
    slack.ben.post(QUESTIONS, "A file", files=files)
    slack.ben.post(QUESTIONS, f"<@U0BOT00000> {IDENTIFYING}")
    slack.ben.delete(said)
    slack.player.wait_until_quiet()

    disk = everything_on_disk(sqlite_url)
    assert b"Fine again" in disk
    for part in (b"Specimen", b"943 476", b"9434765919", b"1 May"):
        assert part not in disk
    hidden = [one for one in bot.kept() if one.get("hidden")]
    assert len(hidden) == 4  # posted, edited, mentioned: as a message and as a mention
    assert all(one["text"] == "" and one["kinds"] for one in hidden)


def test_an_edit_and_a_deletion_say_which_message(bot, slack):
    """The inbox tells what changed; the words before are not repeated."""
    bot.connect(connections=1)
    root = slack.ben.post(QUESTIONS, "Root")
    reply = slack.amira.reply(root, "Before")
    slack.amira.edit(reply, "After")
    slack.amira.delete(reply)
    slack.player.wait_until_quiet()

    kept = [one for one in bot.kept() if one["ts"] == reply.ts]
    assert [(one["change"], one.get("text")) for one in kept] == [
        ("new", "Before"),
        ("edited", "After"),
        ("deleted", None),
    ]
    assert {one["thread_ts"] for one in kept} == {root.ts}
    assert kept[1]["edited_ts"] is not None


def test_a_root_deleted_under_its_replies_is_a_deletion(bot, slack):
    """Slack leaves a tombstone and calls it a change."""
    bot.connect(connections=1)
    root = slack.ben.post(QUESTIONS, "Root")
    slack.amira.reply(root, "Reply")
    slack.ben.delete(root)
    slack.player.wait_until_quiet()

    changes = [one["change"] for one in bot.kept() if one["ts"] == root.ts]
    assert changes[-1] == "deleted"
    assert "edited" not in changes


def test_our_own_messages_are_heard_as_ours(bot, slack):
    """So that we do not take them for a person's."""
    bot.connect(connections=1)
    slack.gateway.send(message("digest:1", text="Ours"), None)
    slack.player.wait_until_quiet()

    (ours,) = bot.kept()
    assert (ours["bot"], ours["text"]) == (True, "Ours")


def test_a_key_that_travels_with_an_event_is_kept(bot):
    """Where Slack shows a message's metadata, we know which of ours it is."""
    metadata = {"event_type": "convenor_message", "event_payload": {"key": "abc"}}
    told = event("message", channel=QUESTIONS, ts="1.1", text="x", metadata=metadata)
    dispatched(bot, told)

    assert [one["key_hash"] for one in bot.kept()] == ["abc"]


def test_what_people_do_is_kept_in_few_words(bot, slack):
    """Joining, reacting, opening Home, writing to the bot: only who, what and where."""
    bot.connect(connections=1)
    slack.ben.join(DIGESTS)
    said = slack.amira.post(QUESTIONS, "x")
    slack.ben.react(said, "eyes")
    slack.ben.open_home()
    slack.ben.dm("Privately")
    slack.player.new_person("new", real_name="Dr New")
    slack.player.wait_until_quiet()

    kept = {one["type"]: one for one in bot.kept()}
    assert kept["member_joined_channel"]["user"] == BEN
    assert kept["reaction_added"] == {
        "type": "reaction_added",
        "user": BEN,
        "reaction": "eyes",
        "item_user": AMIRA,
        "channel": QUESTIONS,
        "ts": said.ts,
    }
    assert kept["app_home_opened"]["tab"] == "home"
    assert kept["team_join"]["person"]["name"] == "Dr New"
    assert (kept["message"]["channel_type"], kept["message"]["text"]) == (
        "im",
        "Privately",
    )


def test_what_means_nothing_is_acknowledged_and_counted(bot):
    """Slack stops sending to an app that does not acknowledge."""
    for body in (
        event("emoji_changed", subtype="add"),
        event("message", subtype="channel_join", channel=QUESTIONS, ts="1.1", text="x"),
        event("message", subtype="message_changed", channel=QUESTIONS),
        {"type": "event_callback", "event_id": "Ev0"},
    ):
        assert dispatched(bot, body).status == 200

    assert [one for one in bot.kept() if one.get("change") != "edited"] == []
    assert bot.counted[("emoji_changed", False)] == 1
    assert bot.counted[("message", False)] >= 1


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
    ),
    max_leaves=8,
)


@given(text=WORDS, junk=JUNK)
@settings(max_examples=100, deadline=None)
def test_only_listed_fields_are_kept(text, junk):
    """Slack repeats words in many places; whatever it adds is left behind."""
    secret = "zqx-" + "left-behind"
    raw = {
        "type": "message",
        "channel": QUESTIONS,
        "ts": "1.000001",
        "text": text,
        "blocks": [junk, secret],
        "attachments": [{"text": secret}],
        "username": secret,
        "client_msg_id": secret,
        "files": [{"title": secret, "name": secret, "preview": secret}],
        "metadata": {"event_type": "other", "event_payload": {"key": secret}},
    }
    kept = project(raw)

    assert secret not in json.dumps(kept)
    assert Counter(kept["text"]) == Counter(keepable(text)) or kept["hidden"]
