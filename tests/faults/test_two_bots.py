"""Several bots on one PostgreSQL: more hands, and the same one community."""

import pytest

from tests.faults.processes import until

pytestmark = pytest.mark.processes


def test_two_bots_do_everything_once(postgres_play):
    """Five questions and forty replies, whichever bot hears them: one effect each."""
    play = postgres_play
    play.start_slack()
    for bot in [play.start_bot(TICK="0.2"), play.start_bot(TICK="0.2")]:
        play.ready(bot)

    posts = [play.asks(f"How do you code a FIT result, {n}?") for n in range(5)]
    for number in range(40):
        name = ("ben", "chloe", "dev", "erin")[number % 4]
        play.replies_to(posts[number % 5], name, f"Reply number {number}.")

    play.nothing_is_lost(*posts)
    until(
        lambda: all("8 replies from 4 people" in str(one) for one in play.posts()),
        "every question's state",
    )
    assert sum(len(play.kept(post)) for post in posts) == 40
    assert len(play.posts()) == 5
    play.each_stands_once()
    heard_by = {one["connection"] for one in play.slack.transcript("acked")}
    assert len(heard_by) > 2, "only one bot was there"
