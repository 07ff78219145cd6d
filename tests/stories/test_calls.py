"""The quarterly call: proposed, confirmed by a person, answered, reminded of."""

from dataclasses import replace
from datetime import date

import pytest
import vobject

from bot.domain.calls import Source
from bot.domain.deadlines import Deadlines
from bot.domain.times import Almanac
from bot.usecases import calls
from tests.stage import DIGESTS
from tests.stories.call_cast import DIAL_IN, LONDON, Play, london, opened


@pytest.fixture
def stage(database_url):
    """A community with letters, on the first working day of a quarter."""
    with opened(database_url) as one:
        yield one


@pytest.fixture
def play(stage):
    """A coordinator, a GP in Slack, and one who has only e-mail."""
    return Play(stage)


def test_a_date_is_proposed_and_nobody_hears_of_it(stage, play):
    """A person confirms first: until then it stands in *Needs you* alone."""
    assert "the June call:* Mon 8 Jun, 12:30–13:30." in stage.needs(play.carys)
    play.lunch("2026-04-02", "2026-04-10")

    assert not play.amina.dms
    assert not stage.letters_to("Ben Carter")
    assert not stage.channel(DIGESTS)


def test_a_confirmed_call_is_in_every_calendar_once(stage, play):
    """Each has one invitation, which names them alone; Slack has a post to answer."""
    play.confirmed()
    play.lunch("2026-04-07", "2026-04-20")

    assert "Mon 8 Jun, 12:30–13:30" in play.post.words
    assert DIAL_IN in play.post.words
    for who in play.everyone:
        [entry] = play.entries(who)
        assert entry["method"] == "REQUEST"
        assert entry["sequence"] == 0
        assert entry["starts"] == "2026-06-08 12:30 BST"
        assert entry["standing"] == "NEEDS-ACTION"
        assert entry["organiser"] == "mailto:carys@example.org"
        assert entry["location"] == DIAL_IN
    assert len({play.entries(who)[0]["uid"] for who in play.everyone}) == 1
    assert len(play.amina.invitations) == 1
    assert "You are invited to the June call" in play.amina.invitations[0].words
    assert "A date for the" not in stage.needs(play.carys)
    [letter] = stage.letters_to("Amina Yusuf")
    assert "Calendars are told of calls by e-mail, whatever you chose" in letter.words


def test_the_reminder_brings_the_agenda_a_week_before(stage, play):
    """What a coordinator wrote, and below it the questions that are still open."""
    play.amina.commands("/ask")
    play.amina.submits(
        question="Who posts FIT kits to patients?", needed_by="2026-06-20"
    )
    play.confirmed()
    play.carys.does("call_agenda_open", "1")
    play.carys.submits(agenda="1. News of the pilot")
    play.lunch("2026-05-29")
    before = len(play.amina.invitations)
    play.lunch("2026-06-01")

    reminder = play.amina.invitations[-1].words
    assert len(play.amina.invitations) == before + 1
    assert "The June call is on Mon 8 Jun, 12:30–13:30" in reminder
    assert "News of the pilot" in reminder
    assert "Who posts FIT kits" in reminder
    letter = stage.letters_to("Ben Carter")[-1]
    assert letter.subject == "The June call is on Mon 8 Jun, 12:30–13:30"
    assert "Who posts FIT kits" in letter.words
    assert "FIT" not in play.amina.invitations[-1].text


def test_who_cannot_come_is_not_reminded(play):
    """A reminder of what one has declined is one message too many."""
    play.confirmed()
    play.amina.presses("Can’t come")
    play.lunch("2026-06-01", "2026-06-05")

    assert not [m for m in play.amina.invitations if "The June call is on" in m.words]


def test_only_coordinators_decide_and_see_who_comes(play):
    """A member sees how many come, never who."""
    play.confirmed()
    play.amina.presses("Coming")

    play.amina.does("call_cancel_open", "1")
    assert "Only a coordinator" in str(play.amina.form)
    assert "Amina" not in play.post.words
    play.carys.does("call_desk", "1")
    assert "Amina Yusuf (Northshire)" in str(play.carys.form)


def test_answers_change_and_the_post_counts_them(play):
    """A second thought replaces the first."""
    play.confirmed()
    play.amina.presses("Coming")
    assert "Thank you: you are coming, Mon 8 Jun" in str(play.amina.form)
    assert "1 coming · 0 maybe" in play.post.words
    play.amina.presses("Can’t come")
    assert "0 coming · 0 maybe · 1 can’t come" in play.post.words
    assert "You have said that you can’t come" in play.amina.invitations[0].words
    assert "You have said that you can’t come" in play.amina.home


def test_a_coordinator_notes_what_was_said_by_word_of_mouth(stage, play):
    """Ben answered by telephone: that counts as well as a button."""
    play.confirmed()
    play.carys.does("call_answers_open", "1")
    assert "no member of that name" in play.carys.submits(who="Nobody", answer="coming")
    play.carys.submits(who="ben carter", answer="coming")
    stage.settle()
    assert "1 coming" in play.post.words


def test_a_calendars_reply_counts_once_it_is_handed_in(stage, play):
    """Outlook's Accept reaches the coordinator; handing it in is enough."""
    play.confirmed()
    [entry] = play.entries(play.ben)
    name = calls.answer_by_calendar(
        stage.ctx, uid=entry["uid"], address="BEN@example.org", answer="maybe"
    )
    stage.settle()
    assert name == "Ben Carter"
    assert "1 maybe" in play.post.words
    told = calls.answer(
        stage.ctx, call=1, member=play.ben.id, answer="coming", source=Source.LINK
    )
    assert "you are coming" in told


def test_not_this_quarter_is_final_and_quiet(stage, play):
    """A dropped proposal does not come back, and nobody hears of it."""
    play.carys.does("call_drop_open", "1")
    assert "no call this quarter" in play.carys.submits()
    play.lunch("2026-06-01", "2026-06-30")
    assert "A date for the" not in stage.needs(play.carys)
    assert not play.amina.dms
    play.lunch("2026-07-01")
    assert "the September call" in stage.needs(play.carys)


def test_a_bot_that_comes_late_proposes_nothing_too_near(stage):
    """Installed the day before the rule's date, it waits for the next quarter."""
    stage.clock.moment = london("2026-06-05 09:00")
    carys = stage.coordinator()
    for day in ("2026-06-08", "2026-06-30"):
        stage.clock.moment = london(f"{day} 12:31")
        stage.settle()
    assert "A date for the" not in stage.needs(carys)


def test_a_quarter_without_a_possible_date_is_said(database_url):
    """A rule that finds no day is not silently skipped: *Needs you* says what to do."""
    england = Almanac.for_country(LONDON)
    june = frozenset(date(2026, 6, day) for day in range(1, 31))
    closed = Deadlines(almanac=replace(england, holidays=june, names={}))
    with opened(database_url, deadlines=closed) as stage:
        carys = stage.coordinator()
        stage.settle()
        shown = stage.needs(carys)
        assert "A date for the next call:* none is possible" in shown
        assert "no possible date in June" in shown
        carys.presses("Done")
        assert "none is possible" not in stage.needs(carys)


def test_a_proposal_nobody_confirms_goes_with_its_quarter(stage, play):
    """It says that its date has passed, then makes room for the next."""
    play.lunch("2026-06-09")
    assert "That has passed" in stage.needs(play.carys)
    play.lunch("2026-07-01")
    shown = stage.needs(play.carys)
    assert "the June call" not in shown
    assert "the September call" in shown


def test_without_letters_slack_alone_tells(database_url):
    """No mail server: members in Slack are told there, and can answer."""
    with opened(database_url, mail=False) as stage:
        play = Play(stage).confirmed()
        assert "You are invited" in play.amina.invitations[0].words
        play.amina.presses("Coming")
        play.change(day="2026-06-10")
        assert "has moved" in play.amina.dms[-1].words


def test_the_feed_has_every_call_and_no_attendee(stage, play):
    """A calendar that subscribes sees the latest, and nobody's answer."""
    play.confirmed()
    play.change(day="2026-06-10")
    ics = calls.feed(stage.ctx, play.ben.id)
    whole = vobject.readOne(ics)
    assert whole.method.value == "PUBLISH"
    assert whole.vevent.dtstart.value.isoformat() == "2026-06-10T12:30:00+01:00"
    assert "ATTENDEE" not in ics
    play.cancel()
    assert "STATUS:CANCELLED" in calls.feed(stage.ctx, play.ben.id)
