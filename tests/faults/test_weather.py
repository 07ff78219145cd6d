"""Slack on a bad day: connections that break, fall silent, or are not there yet."""

import pytest

from tests.faults.play import HASTY, QUESTIONS
from tests.faults.processes import until

pytestmark = pytest.mark.processes


def dropped_after_the_post(play):
    """The story: the question stands in Slack, and Slack's answer never arrives."""
    play.open(HASTY)
    play.slack.fault("drop_after", "chat.postMessage", channel=QUESTIONS)

    post = play.asks()
    play.has_gone("question:1")
    play.each_stands_once()
    play.answers("ben", "We repeat it at six weeks.")
    until(lambda: play.replies(post), "the answer, under the post that was found")

    assert [one["ts"] for one in play.posts()] == [post["ts"]]


def test_a_post_whose_answer_is_lost_is_found_and_not_repeated(play):
    """The connection drops after the post: it is looked for, and stands once."""
    dropped_after_the_post(play)


def test_a_bot_that_is_there_before_slack_waits_and_says_so(sqlite_play):
    """One clear line for each try; once Slack comes, everything works."""
    play = sqlite_play
    bot = play.start_bot()
    bot.says("slack_not_reached")
    [line, *_] = bot.lines("slack_not_reached")
    play.start_slack()
    play.ready(bot)
    play.asks()

    assert line["level"] == "warning"
    assert line["again_in"] == 1.0
    assert "Slack" in line["why"]
    assert "Traceback" not in bot.output()


def test_slack_refreshes_a_connection_and_no_event_is_lost(sqlite_play):
    """`disconnect` to each connection in turn, replies all the while."""
    play = sqlite_play
    bot = play.open()
    bot.says("socket_open", times=2)
    post = play.asks()
    [first, second] = play.slack.do("sockets")["sockets"]
    leave = {3: first["id"], 7: second["id"]}

    for number in range(12):
        play.replies_to(post, ("ben", "chloe", "dev")[number % 3], f"Reply {number}.")
        if number in leave:
            play.slack.do("disconnect", socket=leave[number])
    bot.says("socket_open", times=4)

    play.nothing_is_lost(post)
    assert len(play.kept(post)) == 12
    assert play.slack.transcript("missed") == []


def test_a_connection_that_fell_silent_is_noticed_and_made_again(sqlite_play):
    """Half open: nothing comes of it; the watchdog and catching up lose nothing."""
    play = sqlite_play
    play.start_slack(retry_delays=[0.05], ack_within=0.3)
    bot = play.start_bot(SOCKET_CONNECTIONS="1", WATCHDOG_SECONDS="5")
    play.ready(bot)
    post = play.asks()
    [socket] = play.slack.do("sockets")["sockets"]
    play.slack.do("half_open", socket=socket["id"])
    for number in range(5):
        play.replies_to(post, "ben", f"Reply {number}.")
    until(lambda: len(play.slack.transcript("missed")) >= 5, "Slack to give up")

    bot.says("socket_open", times=2)
    play.nothing_is_lost(post)
    assert len(play.kept(post)) == 5
