"""Letters that wait: for the mail server, for another day, for a bot that starts."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.members import Reach
from bot.ports import NotSent
from bot.usecases.notices import say_due
from tests.stage import Stage
from tests.stories.call_cast import Play, london, opened
from tests.stories.digest_cast import Play as Thread


@pytest.fixture
def stage(database_url):
    """A community with letters, on the first working day of a quarter."""
    with opened(database_url) as one:
        yield one


@pytest.fixture
def play(stage):
    """A coordinator, a GP in Slack, and one who has only e-mail."""
    return Play(stage)


@pytest.fixture
def talk(database_url):
    """A question with replies, to be collated."""
    opened = Stage(database_url, mail=True)
    yield Thread.on(opened)
    opened.close()


def becomes(stage, who, **changes):
    """*who* is another than they were."""
    with stage.ctx.begin() as tx:
        tx.members.keep(replace(tx.members.get(who.id), **changes))


def at(stage, wall):
    """It is that time; whatever is due happens."""
    stage.clock.moment = london(wall)
    stage.settle()


def greylisted(_):
    """The mail server asks for patience."""
    raise NotSent("greylisted", retry_after=timedelta(minutes=5))


def test_calendars_hear_of_a_call_after_the_mail_server_was_away(stage, play):
    """Who read of it in Slack has it in the calendar late, and no message more."""
    stage.mail.goes_down()
    play.confirmed()
    assert len(play.amina.invitations) == 1
    at(stage, "2026-04-02 15:00")
    stage.mail.comes_back()
    at(stage, "2026-04-02 20:00")
    assert stage.mail.letters == []

    play.lunch("2026-04-07", "2026-04-08")
    for who in (play.amina, play.ben):
        [entry] = play.entries(who)
        assert entry["starts"] == "2026-06-08 12:30 BST"
    assert len(play.amina.invitations) == 1


def test_calendars_hear_of_a_call_though_the_bot_starts_again(stage, play):
    """Without a mail server, and then with one: each entry comes once."""
    stage.mail.weather = greylisted
    play.confirmed()
    stage.restarts(mail=True)
    stage.restarts(mail=False)
    play.lunch("2026-04-07")
    stage.restarts(mail=True)
    stage.mail.comes_back()
    play.lunch("2026-04-08", "2026-04-09")

    for who in (play.amina, play.ben):
        assert len(play.entries(who)) == 1
    assert len(play.amina.invitations) == 1


def test_an_entry_that_waits_is_not_sent_once_the_call_is_over(stage, play):
    """Nobody is invited to what has been."""
    stage.mail.weather = greylisted
    play.confirmed()
    stage.restarts(mail=False)
    play.lunch("2026-06-09")
    stage.restarts(mail=True)
    stage.mail.comes_back()
    play.lunch("2026-06-10", "2026-06-11")

    assert play.entries(play.amina) == play.entries(play.ben) == []


def test_a_letter_that_waits_does_not_reach_who_has_left(stage, play):
    """Though the mail server comes back while they could have been reached."""
    stage.mail.weather = greylisted
    play.confirmed()
    becomes(stage, play.ben, left_at=stage.clock.now())
    stage.mail.comes_back()
    at(stage, "2026-04-02 12:50")

    assert play.ben.letters == []
    assert len(play.amina.letters) == 1


def test_a_letter_that_waits_goes_where_its_member_is_reached_now(stage):
    """A new address; or Slack, since they have changed their mind."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    chloe = stage.member("Chloe Martin", interests=["fit"])
    becomes(stage, ben, reach=Reach.EMAIL)
    becomes(stage, chloe, reach=Reach.EMAIL)
    stage.mail.weather = greylisted
    amina.asks("Who chases a FIT that never comes back?")
    at(stage, "2026-04-01 12:40")
    becomes(stage, ben, email="new@example.org")
    becomes(stage, chloe, reach=Reach.SLACK)
    stage.mail.comes_back()
    at(stage, "2026-04-01 12:50")

    assert [one.to for one in stage.mail.letters] == ["new@example.org"]
    assert len(chloe.invitations) == 1


@pytest.mark.parametrize("ends", ["an answer in Slack", "lunch is over"])
def test_a_digest_is_not_lost_with_the_letter_it_stood_in(talk, ends):
    """What letters alone say comes to who chose both, though Slack had the rest."""
    stage = talk.stage
    eve = stage.member("Eve Hart", interests=["lung"])
    becomes(stage, eve, reach=Reach.BOTH)
    evening = talk.collate().checked().stage.local()
    at(stage, f"{evening:%Y-%m-%d} 18:00")
    talk.publish()
    post = talk.amina.asks("Who runs lung checks at weekends?", topics=["lung"])
    stage.mail.weather = greylisted
    lunch = stage.local() + timedelta(days=1)
    at(stage, f"{lunch:%Y-%m-%d} 12:35")
    told = eve.invitations
    if ends == "an answer in Slack":
        eve.replies(post, "We do, twice a month.")
    else:
        at(stage, f"{lunch:%Y-%m-%d} 15:00")
    stage.mail.comes_back()
    stage.passes(days=1, hours=2)

    assert len([one for one in eve.letters if "digest" in one.subject]) == 1
    assert eve.invitations == told


class Meanwhile:
    """A store in which something happens right after it was read once."""

    def __init__(self, begin, happens):
        self.begin, self.happens = begin, happens

    def __call__(self):
        return self.begin()

    @contextmanager
    def read(self):
        with self.begin.read() as tx:
            yield tx
        happens, self.happens = self.happens, lambda: None
        happens()


def test_who_chooses_e_mail_at_that_moment_loses_nothing(stage, play):
    """Letters cannot go: what was to be said in Slack waits until it can be said."""
    stage.restarts(mail=False)
    play.confirm()
    stage.clock.moment = london("2026-04-02 12:31")
    stage.calls.run()
    begin = Meanwhile(
        stage.ctx.begin, lambda: becomes(stage, play.amina, reach=Reach.EMAIL)
    )
    say_due(replace(stage.ctx, begin=begin))
    stage.settle()
    assert play.amina.invitations == []
    becomes(stage, play.amina, reach=Reach.SLACK)
    play.lunch("2026-04-07")

    assert len(play.amina.invitations) == 1
