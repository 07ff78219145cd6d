"""Bad days: dropped connections, errors, limits, outages."""

import subprocess
import sys
import time
from http.client import HTTPException

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.simulator import Player, Refused
from bot.simulator.errors import RateLimited
from bot.simulator.limits import Limits


def texts(slack):
    history = slack.conversations_history(channel="C0ASK")["messages"]
    return [one["text"] for one in history]


def test_a_connection_can_break_after_the_post_was_made(slack, player):
    """`drop_after`: the caller hears nothing, and the message is there all the same."""
    player.fault("drop_after", "chat.postMessage")
    with pytest.raises((OSError, HTTPException)):
        slack.chat_postMessage(channel="C0ASK", text="made")
    assert texts(slack) == ["made"]


def test_a_connection_can_break_before_the_post_is_made(slack, player):
    """`drop_before`: the caller hears nothing, and there is no message."""
    player.fault("drop_before", "chat.postMessage")
    with pytest.raises((OSError, HTTPException)):
        slack.chat_postMessage(channel="C0ASK", text="not made")
    assert texts(slack) == []


def reconnected(player):
    """Wait until a connection is open again."""
    until = time.monotonic() + 10
    while not player.do("sockets")["sockets"]:
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize(("kind", "made"), [("status", []), ("status_after", ["x"])])
def test_slack_can_fail_with_a_status(slack, player, kind, made):
    """A 503 comes instead of the answer, with or without the effect."""
    player.fault(kind, "chat.postMessage", status=503)
    with pytest.raises(SlackApiError) as failed:
        slack.chat_postMessage(channel="C0ASK", text="x")
    assert failed.value.response.status_code == 503
    assert texts(slack) == made


def test_slack_can_be_too_slow(server, player):
    """`delay_after`: the caller gives up waiting; the message is there."""
    hasty = WebClient("xoxb-simulator", base_url=server.api_url, timeout=1)
    hasty.retry_handlers = []
    player.fault("delay_after", "chat.postMessage", seconds=1.5)
    with pytest.raises(OSError, match="timed out"):
        hasty.chat_postMessage(channel="C0ASK", text="late")
    assert texts(hasty) == ["late"]


def test_a_fault_befalls_so_many_calls_and_no_more(slack, player):
    """A fault with a count of two is over at the third call."""
    player.fault("error", "chat.postMessage", error="fatal_error", count=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            slack.chat_postMessage(channel="C0ASK", text="x")
    assert slack.chat_postMessage(channel="C0ASK", text="x")["ok"]
    assert len(player.transcript("fault")) == 2


def test_a_fault_can_be_for_one_channel(slack, player):
    """A fault for one channel leaves the others alone."""
    slack.conversations_join(channel="C0OPEN")
    player.fault("error", error="fatal_error", channel="C0OPEN", count=None)
    assert slack.chat_postMessage(channel="C0ASK", text="x")["ok"]
    with pytest.raises(SlackApiError, match="fatal_error"):
        slack.chat_postMessage(channel="C0OPEN", text="x")


def test_being_limited_says_when_to_come_back(slack, player):
    """`ratelimited` is a 429 with `Retry-After` in seconds."""
    player.fault("ratelimited", "chat.postMessage", seconds=7)
    with pytest.raises(SlackApiError) as limited:
        slack.chat_postMessage(channel="C0ASK", text="x")
    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["Retry-After"] == "7"


def test_slack_can_be_away_and_come_back(slack, player, ears, amira):
    """While down every connection breaks; afterwards all is as it was."""
    with ears() as ear:
        player.do("down")
        with pytest.raises((OSError, HTTPException)):
            slack.auth_test()
        player.do("down", how="503")
        with pytest.raises(SlackApiError):
            slack.auth_test()
        player.do("clear")
        assert slack.auth_test()["ok"]
        reconnected(player)
        amira.post("C0ASK", "back again")
        ear.wait_for(lambda one: one.payload["event"].get("text") == "back again")


def test_posts_come_in_bursts_and_then_one_a_second():
    """A channel takes a burst of posts, then one a second; another has its own."""
    limits = Limits(enforced=True)
    for _ in range(5):
        limits.count("chat.postMessage", "C1", 0.0)
    with pytest.raises(RateLimited) as refused:
        limits.count("chat.postMessage", "C1", 0.5)
    assert refused.value.retry_after == 1
    limits.count("chat.postMessage", "C2", 0.5)
    limits.count("chat.postMessage", "C1", 1.5)


def test_a_methods_tier_is_kept():
    """The 51st reading in a minute is refused, and told how long to wait."""
    limits = Limits(enforced=True)
    for n in range(50):
        limits.count("conversations.replies", "C1", float(n))
    with pytest.raises(RateLimited) as refused:
        limits.count("conversations.replies", "C1", 50.0)
    assert refused.value.retry_after == 11
    limits.count("conversations.replies", "C1", 60.5)


def test_limits_are_off_until_asked_for(slack, player):
    """Nobody is limited by default; with `limits`, a sixth post at once is."""
    for n in range(8):
        slack.chat_postMessage(channel="C0ASK", text=f"n{n}")
    player.do("limits", enforced=True)
    for n in range(5):
        slack.chat_postMessage(channel="C0ASK", text=f"burst {n}")
    with pytest.raises(SlackApiError, match="ratelimited"):
        slack.chat_postMessage(channel="C0ASK", text="one too many")


def run(*arguments, **how):
    command = [sys.executable, "-m", "bot.simulator", *arguments]
    return subprocess.Popen(command, text=True, **how)  # noqa: S603 (our own module)


def test_it_runs_as_a_process_of_its_own(tmp_path):
    """It says where it listens, takes a seed, and leaves its transcript at the end."""
    seed, kept = tmp_path / "seed.json", tmp_path / "transcript.json"
    seed.write_text('{"people": [{"id": "U0AMIRA", "name": "amira"}]}')
    files = ("--seed", str(seed), "--transcript", str(kept))
    with run(*files, stdout=subprocess.PIPE) as process:
        line = process.stdout.readline()
        slack = Player(line.removeprefix("simulator listening on ").strip())
        slack.person("U0AMIRA").dm("hello")
        process.terminate()
        assert process.wait(10) == 0
    assert '"hello"' in kept.read_text(encoding="utf-8")


def test_a_start_that_cannot_be_says_why(server, tmp_path):
    """A port that is taken, or a misspelt seed, ends in one sentence."""
    seed = tmp_path / "seed.json"
    seed.write_text('{"chanels": []}')
    port = server.url.rpartition(":")[2]
    for arguments in (("--port", port), ("--seed", str(seed))):
        with run(*arguments, stderr=subprocess.PIPE) as process:
            said = process.stderr.read()
        assert said.startswith("The simulator cannot start: ")
        assert "Traceback" not in said


def test_a_wrong_verb_is_answered_kindly(player):
    """What the control API does not know is refused in words."""
    with pytest.raises(Refused, match="No such verb: dance"):
        player.do("dance")
    with pytest.raises(Refused, match="No such fault"):
        player.fault("meteor")
