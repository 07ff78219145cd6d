"""Socket Mode over real WebSockets: nothing that Slack sends is lost."""

from tests.doors.conftest import until
from tests.slack_play import QUESTIONS


def sockets(slack):
    return [one["id"] for one in slack.player.do("sockets")["sockets"]]


def test_events_are_kept_and_then_acknowledged(bot, slack):
    """Slack is told that we have it once it is on disk, well within three seconds."""
    bot.connect()
    slack.ben.post(QUESTIONS, "Who repeats FIT?")
    slack.player.wait_until_quiet()

    assert bot.heard() == ["Who repeats FIT?"]
    assert bot.waits
    assert max(bot.waits) < 1


def test_what_cannot_be_kept_is_not_acknowledged_and_comes_again(bot, slack):
    """With a full disk Slack is told nothing, sends again, and it is kept once."""
    bot.connect()
    bot.full = True
    slack.ben.post(QUESTIONS, "Heard twice, kept once")
    until(lambda: slack.player.transcript("redelivery"))
    assert bot.heard() == []

    bot.full = False
    slack.player.wait_until_quiet()
    assert bot.heard() == ["Heard twice, kept once"]


def test_events_of_a_burst_are_all_kept_in_their_order(bot, slack):
    """One connection keeps events in the order in which Slack sent them."""
    bot.connect(connections=1)
    said = [str(number) for number in range(40)]
    for text in said:
        slack.ben.post(QUESTIONS, text)
    slack.player.wait_until_quiet()

    assert bot.heard() == said


def test_a_refresh_loses_nothing_and_is_no_gap(bot, slack):
    """Slack refreshes each connection every few hours; the other one goes on."""
    bot.connect()
    gaps = len(bot.gaps)
    before = sockets(slack)
    for socket in before:
        slack.player.do("disconnect", socket=socket)
        slack.ben.post(QUESTIONS, f"during {socket}")
        until(lambda: bot.sockets.alive() == 2)
    slack.player.wait_until_quiet()

    assert sorted(bot.heard()) == sorted(f"during {socket}" for socket in before)
    assert len(bot.reconnects) == 2
    assert len(bot.gaps) == gaps


def test_a_warning_makes_a_new_connection_before_the_old_one_goes(bot, slack):
    """There is no moment without a connection."""
    bot.connect(connections=1)
    (old,) = sockets(slack)
    slack.player.do("disconnect", socket=old, reason="warning")
    until(lambda: len(sockets(slack)) == 2)
    slack.player.do("disconnect", socket=old)
    until(lambda: sockets(slack) != [old] and len(sockets(slack)) == 1)

    assert len(bot.gaps) == 1  # at the start only


def test_a_broken_connection_is_made_again_and_what_was_missed_is_asked_for(bot, slack):
    """After any connection breaks, catching up is due."""
    bot.connect()
    gaps = len(bot.gaps)
    slack.player.do("drop", socket=sockets(slack)[0])
    until(lambda: len(bot.reconnects) == 1 and bot.sockets.alive() == 2)
    slack.ben.post(QUESTIONS, "After")
    slack.player.wait_until_quiet()

    assert bot.heard() == ["After"]
    assert len(bot.gaps) == gaps + 1


def test_a_silent_connection_is_noticed_and_replaced(bot, slack):
    """A half-open socket looks alive; the watchdog finds out that it is not."""
    bot.connect(watchdog=2.0)  # a busy machine may answer a ping half a second late
    silent, *_ = sockets(slack)
    gaps = len(bot.gaps)
    slack.player.do("half_open", socket=silent)
    until(lambda: len(bot.gaps) > gaps, seconds=20)
    slack.ben.post(QUESTIONS, "One")
    slack.ben.post(QUESTIONS, "Two")
    slack.player.wait_until_quiet()

    assert sorted(bot.heard()) == ["One", "Two"]
    assert bot.reconnects
    slack.player.do("drop", socket=silent)  # the other side never noticed


def test_a_slack_that_was_away_is_found_again(bot, slack):
    """We keep trying, and catch up when we hear again."""
    bot.connect()
    gaps = len(bot.gaps)
    slack.player.do("down")
    until(lambda: not bot.sockets.ready())
    slack.player.do("clear")
    until(lambda: bot.sockets.alive() == 2)

    assert len(bot.gaps) > gaps


def test_stopping_finishes_what_is_in_hand(bot, slack):
    """What Slack was told we have is on disk, and nobody is cut off in the middle."""
    bot.connect()
    bot.pause = 0.02
    before = len(slack.player.transcript())
    for number in range(20):
        slack.ben.post(QUESTIONS, str(number))
    bot.sockets.stop()
    told = slack.player.transcript("acked", after=before)

    assert {one["event_id"] for one in told} == set(bot.kept_ids())
    assert 0 < len(told) <= 20
    assert not bot.sockets.ready()
