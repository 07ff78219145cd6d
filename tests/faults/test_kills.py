"""A bot that is killed, or told to stop, in the middle of its work."""

import time

import pytest

from tests.faults.play import HASTY, QUESTIONS
from tests.faults.processes import until

pytestmark = pytest.mark.processes

BURST = 30  #: replies


def killed_in_a_burst(play):
    """The story: thirty replies, two answers by form, and a power cut among them."""
    play.start_slack(retry_delays=[0.1, 3.0, 3.0])
    bot = play.start_bot(HASTY)
    play.ready(bot)
    post = play.asks()
    play.invitation("ben")
    play.invitation("chloe")

    at = {8: answers(play, "ben"), 12: answers(play, "chloe"), BURST // 2: bot.kill}
    for number in range(BURST):
        replies(play, post, number)
        at.get(number, list)()

    play.ready(play.start_bot(HASTY))
    play.nothing_is_lost(post)
    until(lambda: len(by_bot(play, post)) == 2, "both answers in the thread")
    play.each_stands_once()


def replies(play, post, number):
    """A reply; now and then it is then changed, or deleted."""
    name = ("dev", "erin")[number % 2]
    said = play.replies_to(post, name, f"Reply number {number}.")
    if number % 5 == 4:
        play.person(name).edit(said, f"Reply number {number}, changed.")
    if number % 7 == 6:
        play.person(name).delete(said)


def answers(play, name):
    """Somebody's answer by the form, to be given in a moment."""
    return lambda: play.answers(name, f"By the form, {name}.")


def by_bot(play, post):
    """What the bot has posted in the thread."""
    return [one for one in play.replies(post) if one.get("bot_id")]


def test_killed_in_a_burst_nothing_is_lost_and_nothing_doubled(play):
    """What was acknowledged is kept; what was not comes again; each stands once."""
    killed_in_a_burst(play)


def test_what_came_while_nobody_heard_is_found(play):
    """New replies, an edit and a deletion, none of which Slack sends again."""
    play.start_slack(retry_delays=[0.05])
    # Slack's clock is behind for now: what was said long ago may be called deleted.
    play.slack.do("clock", now=time.time() - 300)
    bot = play.start_bot(HASTY)
    play.ready(bot)
    post = play.asks()
    first = play.replies_to(post, "ben", "Six weeks.")
    second = play.replies_to(post, "chloe", "Never mind.")
    until(lambda: len(play.kept(post)) == 2, "both replies to be kept")
    play.slack.do("clock", now=time.time())

    assert bot.stop() == 0
    play.person("ben").edit(first, "Eight weeks.")
    play.person("chloe").delete(second)
    play.replies_to(post, "dev", "Refer anyway.")
    until(play.slack.quiet, "Slack to give up")
    assert play.slack.transcript("missed")

    play.ready(play.start_bot(HASTY))
    play.nothing_is_lost(post)
    assert sorted(play.kept(post).values()) == ["Eight weeks.", "Refer anyway."]


def test_told_to_stop_while_sending_it_stops_soon_and_loses_nothing(postgres_play):
    """SIGTERM among slow posts: exit 0 within ten seconds; the rest goes later."""
    play = postgres_play
    bot = play.open(HASTY)
    play.slack.fault("delay", "chat.postMessage", seconds=0.3, count=6)
    for number in range(3):
        play.person("amina").command("/ask", QUESTIONS)
        play.person("amina").submit(question=f"How do you code a FIT result, {number}?")

    assert bot.stop(10) == 0
    assert bot.lines("stopped")

    bot = play.start_bot(HASTY)
    until(lambda: len(play.posts()) == 3, "every question's post")
    for name in ("ben", "chloe", "dev"):
        play.invitation(name)
    play.each_stands_once()
