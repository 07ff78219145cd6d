"""Calls that change: moved, cancelled, reminded of anew; the same entry all along."""

import json
from collections import Counter
from datetime import timedelta

import pytest

from bot.domain.retention import Retention
from bot.ports import NotSent
from bot.usecases import erasing
from bot.usecases.retention import forget_old
from tests.stories.call_cast import DIAL_IN, SPRING, Play, london, opened

SLIPS = (
    ({"day": "2026-03-31"}, "in the past"),
    ({"day": "2026-05-25"}, "Spring Bank Holiday"),
    ({"starts": "half past"}, "24-hour clock"),
    ({"agenda": "NHS number 943 476 5919"}, "identify a patient"),
)


@pytest.fixture
def stage(database_url):
    """A community with letters, on the first working day of a quarter."""
    with opened(database_url) as one:
        yield one


@pytest.fixture
def play(stage):
    """A coordinator, a GP in Slack, and one who has only e-mail."""
    return Play(stage)


def test_a_move_reaches_the_same_entry_at_once_for_those_who_come(stage, play):
    """Who said they would come is told at once; the others when they may be."""
    play.confirmed()
    play.amina.presses("Coming")
    stage.clock.moment = london("2026-04-07 10:00")

    play.change(day="2026-06-10", starts="13:00")

    first, second = play.entries(play.amina)
    assert second["uid"] == first["uid"]
    assert (second["method"], second["sequence"]) == ("REQUEST", 1)
    assert second["starts"] == "2026-06-10 13:00 BST"
    assert second["standing"] == "NEEDS-ACTION"
    assert "has moved" in play.amina.dms[-1].words
    assert "Mon 8 Jun" in play.amina.dms[-1].words
    assert len(play.entries(play.ben)) == 1, "it is not yet a good time"
    assert "It is now on Wed 10 Jun" in play.amina.invitations[0].words
    assert "Wed 10 Jun, 13:00–14:00" in play.post.words
    assert "0 coming" in play.post.words
    assert "has moved" in stage.thread(play.post)[-1].words

    play.lunch("2026-04-07")
    assert [one["sequence"] for one in play.entries(play.ben)] == [0, 1]
    assert [one["sequence"] for one in play.entries(play.amina)] == [0, 1]


def test_nobody_hears_an_old_date_after_the_new(stage, play):
    """What waits to be said about the old date is never said."""
    play.confirm()
    assert not stage.letters_to("Ben Carter"), "it is nine in the morning"

    play.change(day="2026-06-10")
    play.lunch("2026-04-03", "2026-04-07", "2026-04-20")

    for who in (play.ben, play.amina):
        [entry] = play.entries(who)
        assert (entry["sequence"], entry["starts"]) == (1, "2026-06-10 12:30 BST")
    assert "You are invited" in stage.letters_to("Ben Carter")[0].words


def test_a_letter_that_could_not_go_is_not_sent_once_it_is_old(stage, play):
    """An outage does not bring yesterday's date with today's."""
    stage.mail.goes_down()
    play.confirmed()
    assert not play.entries(play.ben)

    play.change(day="2026-06-10")
    stage.mail.comes_back()
    play.lunch("2026-04-03", "2026-04-07", "2026-04-20")

    assert [one["sequence"] for one in play.entries(play.ben)] == [1]


def test_a_letter_set_aside_cannot_be_sent_again_once_it_is_old(stage, play):
    """A refused mailbox is shown, until there is newer news to try it with."""

    def refused(message):
        if message.to.startswith("ben"):
            raise NotSent("no such mailbox", permanent=True)

    stage.mail.weather = refused
    play.confirmed()
    assert "Something could not be sent" in stage.needs(play.carys)

    stage.mail.comes_back()
    play.change(day="2026-06-10")
    assert "Something could not be sent" not in stage.needs(play.carys)
    play.lunch("2026-04-03", "2026-04-07")
    assert [one["sequence"] for one in play.entries(play.ben)] == [1]


def test_another_number_to_dial_keeps_what_was_answered(stage, play):
    """Only a new time asks again; who cannot come is not told how to join."""
    dan = stage.member("Dan Okoro")
    play.confirmed()
    play.amina.presses("Coming")
    dan.presses("Can’t come")

    play.change(dial_in="0330 555 0999")
    play.lunch("2026-04-03", "2026-04-07", "2026-04-20")

    assert play.entries(play.amina)[-1]["standing"] == "ACCEPTED"
    assert play.entries(play.amina)[-1]["location"] == "0330 555 0999"
    assert len(play.entries(dan)) == 1
    assert "1 coming" in play.post.words


def test_a_cancelled_call_goes_from_every_calendar(stage, play):
    """The same entry, a higher sequence, METHOD:CANCEL, to each who knew of it."""
    play.confirmed()
    play.amina.presses("Maybe")
    late = stage.member("Late Comer", email="late@example.org")

    play.cancel()
    play.lunch("2026-04-03", "2026-04-07", "2026-04-20")

    for who in (play.amina, play.ben):
        first, last = play.entries(who)
        assert last["uid"] == first["uid"]
        assert (last["method"], last["status"]) == ("CANCEL", "CANCELLED")
        assert last["sequence"] == 1
    assert not play.entries(late), "they never heard of it"
    assert "will not take place" in play.post.words
    assert "is cancelled" in stage.thread(play.post)[-1].words
    play.amina.does("call_answer:coming", "1")
    assert "was cancelled" in str(play.amina.form)


def test_calendars_hear_of_a_move_when_who_confirmed_it_has_been_erased(stage, play):
    """Their address is gone; what is told from then on gives another's."""
    other = stage.coordinator("Olwen Price")
    play.confirmed()
    erasing.erase(stage.ctx, who=play.carys.id, actor="operator")
    stage.settle()

    other.does("call_change_open", "1")
    other.submits(day="2026-06-10")
    play.lunch("2026-04-07", "2026-04-08")

    first, last = play.entries(play.ben)
    assert (first["sequence"], last["sequence"]) == (0, 1)
    assert first["uid"] == last["uid"]
    assert last["starts"] == "2026-06-10 12:30 BST"
    assert last["organiser"] == "mailto:olwen@example.org"


@pytest.mark.parametrize("answer", ["asked", "", "nonsense"])
def test_a_coordinator_notes_no_answer_that_is_none(play, answer):
    """A form that is not ours is answered kindly, and nothing is noted."""
    play.confirmed()
    play.carys.does("call_answers_open", "1")
    told = str(play.carys.submits(who="ben carter", answer=answer))
    assert "Please say Coming" in told
    assert "0 coming" in play.post.words


@pytest.mark.again
def test_what_a_coordinator_notes_is_seen_by_who_said_it(stage, play):
    """Said by telephone: their own message says so as if they had pressed it."""
    play.confirmed()
    play.carys.does("call_answers_open", "1")
    play.carys.submits(who="amina yusuf", answer="coming")
    stage.settle()
    assert "You have said that you are coming" in play.amina.invitations[0].words


@pytest.mark.again
def test_a_newcomer_is_told_how_it_stands(stage, play):
    """Who joins before the call has it in their calendar, as it is by then."""
    play.confirmed()
    play.change(day="2026-06-10")
    play.lunch("2026-05-11")
    noor = stage.member("Noor Haddad")
    play.lunch("2026-05-12")

    [entry] = play.entries(noor)
    assert (entry["sequence"], entry["starts"]) == (1, "2026-06-10 12:30 BST")
    assert "You are invited" in noor.invitations[0].words


@pytest.mark.again
def test_a_call_that_moves_is_reminded_of_a_week_before_it_is(stage, play):
    """Proposed, confirmed, moved once, reminded: each once, within the caps."""
    play.confirmed()
    play.amina.presses("Coming")
    play.lunch("2026-05-20")
    play.change(day="2026-06-17")
    play.lunch("2026-05-21", "2026-06-01", "2026-06-09")
    assert not [m for m in play.amina.invitations if "The June call is on" in m.words]
    play.lunch("2026-06-10", "2026-06-11", "2026-06-16")

    told = [m for m in play.amina.invitations if "The June call is on" in m.words]
    assert len(told) == 1
    assert "Wed 17 Jun" in told[0].words
    assert [one["sequence"] for one in play.entries(play.ben)] == [0, 1]
    assert len([x for x in stage.letters_to("Ben Carter") if "is on" in x.subject]) == 1
    with stage.ctx.begin.read() as tx:
        weeks = Counter(
            at.isocalendar()[:2]
            for at in tx.notices.contacts(play.ben.id, since=SPRING)
        )
    assert max(weeks.values()) <= stage.community.contacts.a_week


@pytest.mark.again
def test_it_is_reminded_of_anew_where_it_moves_after_the_reminder(stage, play):
    """The last that a member hears is never the wrong day."""
    play.confirmed()
    play.lunch("2026-06-01", "2026-06-02")
    play.change(day="2026-06-24")
    play.lunch("2026-06-03", "2026-06-16", "2026-06-17", "2026-06-18")

    told = [x for x in stage.letters_to("Ben Carter") if "is on" in x.subject]
    assert ["Mon 8 Jun" in told[0].subject, "Wed 24 Jun" in told[1].subject] == [
        True
    ] * 2
    assert len(told) == 2


@pytest.mark.again
def test_a_slip_is_told_in_the_form_and_nobody_hears(play):
    """Every wrong field says what will do, and calendars keep what they have."""
    play.confirmed()
    for fields, told in SLIPS:
        assert told in str(play.change(**fields))
    play.lunch("2026-04-03", "2026-04-07")
    assert [one["sequence"] for one in play.entries(play.ben)] == [0]


@pytest.mark.again
def test_a_day_off_can_be_meant(stage, play):
    """Asked once whether it is meant, a coordinator may say yes."""
    play.confirmed()
    asked = json.loads(play.change(day="2026-06-13"))["view"]
    assert "Yes, on that day" in str(asked)
    stage.slack.forms[play.carys.slack].append(asked)
    play.carys.submits(day_off=["yes"])
    assert "Sat 13 Jun, 12:30–13:30" in play.post.words


@pytest.mark.again
def test_two_coordinators_do_not_overwrite_each_other(stage, play):
    """The second to send an old form is told, and changes nothing."""
    dee = stage.coordinator("Dee Marsh")
    play.confirmed()
    dee.does("call_change_open", "1")
    play.change(day="2026-06-10")
    assert "changed this since" in dee.submits(day="2026-06-11")
    assert "Wed 10 Jun" in play.post.words


@pytest.mark.again
def test_what_is_forgotten_by_night_is_not_told_again(database_url):
    """However short a time it is kept who was told what, a call to come stays told."""
    kept = Retention(asked=timedelta(days=60))
    with opened(database_url, retention=kept) as stage:
        play = Play(stage).confirmed()
        stage.clock.moment = london("2026-06-05 09:00")
        forget_old(stage.ctx, actor="operator")
        stage.settle()
        play.lunch("2026-06-05")
        assert len(play.entries(play.ben)) == 1
        assert len([m for m in play.amina.dms if "You are invited" in m.words]) == 1


@pytest.mark.again
def test_a_call_that_has_begun_is_not_cancelled(stage, play):
    """Nobody would hear of it in time; the form says so, and what to do instead."""
    play.confirmed()
    stage.clock.moment = london("2026-06-08 12:40")
    play.carys.does("call_cancel_open", "1")
    assert "has begun" in str(play.carys.submits())
    stage.settle()
    assert "will not take place" not in play.post.words


@pytest.mark.again
def test_a_restart_neither_doubles_nor_loses_the_reminder(stage, play):
    """Restarted at every look across the change of clocks, it reminds once."""
    stage.clock.moment = london("2026-10-01 09:00")
    stage.settle()
    [waiting] = [n for n in (1, 2) if _proposed(stage, n, "2026-Q4")]
    play.carys.does("call_confirm_open", str(waiting))
    play.carys.submits(dial_in=DIAL_IN, day="2026-10-29")
    for moment in (
        "02 12:31",
        "22 09:00",
        "22 12:31",
        "23 12:31",
        "25 01:30",
        "26 12:31",
    ):
        stage.restarts(mail=True)
        stage.clock.moment = london(f"2026-10-{moment}")
        stage.settle()
    told = [x for x in stage.letters_to("Ben Carter") if "is on" in x.subject]
    assert [one.subject for one in told] == [
        "The October call is on Thu 29 Oct, 12:30–13:30"
    ]
    assert told[0].at.date().day == 22
    assert play.entries(play.ben)[0]["starts"] == "2026-10-29 12:30 GMT"


def _proposed(stage, number, quarter):
    with stage.ctx.begin.read() as tx:
        call = tx.calls.get(number)
        return call is not None and call.quarter == quarter
