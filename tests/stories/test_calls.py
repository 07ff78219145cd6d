"""The quarterly call: proposed, confirmed by a person, moved, reminded, cancelled."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from bot.domain.calls import Source
from bot.domain.deadlines import Deadlines
from bot.domain.times import Almanac
from bot.ports import NotSent
from bot.usecases import calls
from tests.stage import AGAIN, DIGESTS, Stage

LONDON = ZoneInfo("Europe/London")
SPRING = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
DIAL_IN = "0330 555 0123, PIN 4455"
SLIPS = (
    ({"day": "2026-03-31"}, "in the past"),
    ({"day": "2026-05-25"}, "Spring Bank Holiday"),
    ({"starts": "half past"}, "24-hour clock"),
    ({"agenda": "NHS number 943 476 5919"}, "identify a patient"),
)


@pytest.fixture(params=["sqlite", AGAIN])
def database_url(request):
    """SQLite in make test, and PostgreSQL as well in make check."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def stage(database_url):
    """A community with letters, on the first working day of a quarter."""
    opened = Stage(database_url, mail=True)
    opened.clock.moment = SPRING
    yield opened
    opened.close()


@pytest.fixture
def play(stage):
    """A coordinator, a GP in Slack, and one who has only e-mail."""
    return Play(stage)


class Play:
    """A small cast, and what they do about a call."""

    def __init__(self, stage):
        self.stage = stage
        self.carys = stage.coordinator()
        self.amina = stage.member("Amina Yusuf", region="Northshire")
        self.ben = stage.member("Ben Carter", email_only=True)
        self.everyone = (self.carys, self.amina, self.ben)
        stage.settle()

    @property
    def post(self):
        """The post on which members answer."""
        [found] = [m for m in self.stage.channel(DIGESTS) if "callpost" in m.key]
        return found

    def lunch(self, *days):
        """Half past twelve comes on each of these days, when people can be reached."""
        for day in days:
            self.stage.clock.moment = _london(f"{day} 12:31")
            self.stage.settle()

    def confirm(self, **fields):
        """Carys confirms the proposal; members hear of it as soon as they may."""
        self.carys.does("call_confirm_open", "1")
        answer = self.carys.submits(**{"dial_in": DIAL_IN, **fields})
        self.stage.settle()
        return answer

    def confirmed(self, **fields):
        """Confirmed, and everyone has heard of it."""
        self.confirm(**fields)
        self.lunch("2026-04-02")
        return self

    def change(self, **fields):
        """Carys changes the call."""
        self.carys.does("call_change_open", "1")
        answer = self.carys.submits(**fields)
        self.stage.settle()
        return answer

    def cancel(self):
        """Carys cancels the call."""
        self.carys.does("call_cancel_open", "1")
        self.carys.submits()
        self.stage.settle()

    def entries(self, who):
        """What *who*'s calendar was told: each read by two parsers, which agree."""
        return [
            _entry(one, who) for one in self.stage.letters_to(who.name) if _ics(one)
        ]


def _london(wall):
    return datetime.fromisoformat(wall).replace(tzinfo=LONDON).astimezone(UTC)


def _ics(letter):
    return letter.message.body.get("calendar", {}).get("ics")


def _entry(letter, who):
    """One invitation as two parsers read it, and whom it is for."""
    ics = _ics(letter)
    [one] = icalendar.Calendar.from_ical(ics).events
    whole = vobject.readOne(ics)
    other = whole.vevent
    assert all(len(line.encode()) <= 75 for line in ics.split("\r\n"))
    assert str(one["uid"]) == other.uid.value
    assert one.start == other.dtstart.value
    assert one.end == other.dtend.value
    assert int(one["sequence"]) == int(other.sequence.value)
    assert str(one["attendee"]) == other.attendee.value == f"mailto:{letter.to}"
    assert len(other.attendee_list) == 1
    assert whole.method.value == letter.message.body["calendar"]["method"]
    assert who.name in other.attendee.params["CN"]
    return {
        "uid": other.uid.value,
        "method": whole.method.value,
        "sequence": int(other.sequence.value),
        "starts": f"{one.start:%Y-%m-%d %H:%M %Z}",
        "status": other.status.value,
        "standing": str(one["attendee"].params.get("PARTSTAT", "")),
        "organiser": str(one["organizer"]),
        "location": str(one.get("location", "")),
        "key": letter.key,
    }


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


def test_a_move_reaches_the_same_entry_at_once_for_those_who_come(stage, play):
    """Who said they would come is told at once; the others when they may be."""
    play.confirmed()
    play.amina.presses("Coming")
    stage.clock.moment = _london("2026-04-07 10:00")

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


def test_a_slip_is_told_in_the_form_and_nobody_hears(play):
    """Every wrong field says what will do, and calendars keep what they have."""
    play.confirmed()
    for fields, told in SLIPS:
        assert told in str(play.change(**fields))
    play.lunch("2026-04-03", "2026-04-07")
    assert [one["sequence"] for one in play.entries(play.ben)] == [0]


def test_a_day_off_can_be_meant(stage, play):
    """Asked once whether it is meant, a coordinator may say yes."""
    play.confirmed()
    asked = json.loads(play.change(day="2026-06-13"))["view"]
    assert "Yes, on that day" in str(asked)
    stage.slack.forms[play.carys.slack].append(asked)
    play.carys.submits(day_off=["yes"])
    assert "Sat 13 Jun, 12:30–13:30" in play.post.words


def test_two_coordinators_do_not_overwrite_each_other(stage, play):
    """The second to send an old form is told, and changes nothing."""
    dee = stage.coordinator("Dee Marsh")
    play.confirmed()
    dee.does("call_change_open", "1")
    play.change(day="2026-06-10")
    assert "changed this since" in dee.submits(day="2026-06-11")
    assert "Wed 10 Jun" in play.post.words


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
    stage.clock.moment = _london("2026-06-05 09:00")
    carys = stage.coordinator()
    for day in ("2026-06-08", "2026-06-30"):
        stage.clock.moment = _london(f"{day} 12:31")
        stage.settle()
    assert "A date for the" not in stage.needs(carys)


def test_a_quarter_without_a_possible_date_is_said(database_url):
    """A rule that finds no day is not silently skipped: *Needs you* says what to do."""
    england = Almanac.for_country(LONDON)
    june = frozenset(date(2026, 6, day) for day in range(1, 31))
    closed = Deadlines(almanac=replace(england, holidays=june, names={}))
    stage = Stage(database_url, deadlines=closed)
    stage.clock.moment = SPRING
    carys = stage.coordinator()
    stage.settle()
    shown = stage.needs(carys)
    assert "A date for the next call:* none is possible" in shown
    assert "no possible date in June" in shown
    carys.presses("Done")
    assert "none is possible" not in stage.needs(carys)
    stage.close()


def test_a_proposal_nobody_confirms_goes_with_its_quarter(stage, play):
    """It says that its date has passed, then makes room for the next."""
    play.lunch("2026-06-09")
    assert "That has passed" in stage.needs(play.carys)
    play.lunch("2026-07-01")
    shown = stage.needs(play.carys)
    assert "the June call" not in shown
    assert "the September call" in shown


def test_a_restart_neither_doubles_nor_loses_the_reminder(stage, play):
    """Restarted at every look across the change of clocks, it reminds once."""
    stage.clock.moment = _london("2026-10-01 09:00")
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
        stage.clock.moment = _london(f"2026-10-{moment}")
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


def test_without_letters_slack_alone_tells(database_url):
    """No mail server: members in Slack are told there, and can answer."""
    stage = Stage(database_url)
    stage.clock.moment = SPRING
    play = Play(stage)
    play.confirmed()
    assert "You are invited" in play.amina.invitations[0].words
    play.amina.presses("Coming")
    play.change(day="2026-06-10")
    assert "has moved" in play.amina.dms[-1].words
    stage.close()


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
