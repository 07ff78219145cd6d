"""Calendar entries, read back by two parsers that know nothing of each other."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calls import Answer, CallId, CallVersion, VersionId
from bot.views.calendar import Entry, Person, cancel, feed, request

LONDON = ZoneInfo("Europe/London")
CARYS = Person(name="Carys Bowen", email="carys@example.org")
BEN = Person(name='Carter, Ben "BC"', email="ben@example.org")
JUNE = datetime(2026, 6, 10, 11, 30, tzinfo=UTC)


def entry(starts=JUNE, **changes):
    """A call as calendars are told it."""
    told = {
        "id": VersionId(1),
        "call": CallId(1),
        "sequence": 0,
        "cancelled": False,
        "title": "Quarterly call",
        "starts_at": starts,
        "minutes": 60,
        "dial_in": "0330 555 0123, PIN 4455#",
        "organiser": CARYS.email,
        "made_at": datetime(2026, 4, 1, 8, 0, tzinfo=UTC),
        **changes,
    }
    return Entry(uid="one@convenor", version=CallVersion(**told), organiser=CARYS)


def read(ics):
    """What both parsers read, the library's own and another."""
    [ours] = icalendar.Calendar.from_ical(ics).events
    return ours, vobject.readOne(ics).vevent


def test_an_invitation_shows_its_buttons_and_names_one_person():
    """METHOD:REQUEST with RSVP=TRUE; the attendee and the organiser, nobody else."""
    ics = request(entry(), BEN, LONDON)
    ours, theirs = read(ics)
    assert "METHOD:REQUEST\r\n" in ics
    assert theirs.attendee.value == "mailto:ben@example.org"
    assert ours["attendee"].params["RSVP"] == "TRUE"
    assert ours["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert theirs.attendee.params["CN"] == ["Carter, Ben BC"]
    assert set(re.findall(r"[\w.]+@example\.org", ics)) == {CARYS.email, BEN.email}
    assert theirs.location.value == ours["location"] == "0330 555 0123, PIN 4455#"
    assert theirs.valarm.trigger.value == timedelta(minutes=-15)


def test_a_cancellation_keeps_the_uid_and_raises_the_sequence():
    """METHOD:CANCEL, STATUS:CANCELLED, and no alarm for what does not happen."""
    ics = cancel(entry(sequence=2, cancelled=True), BEN, LONDON)
    ours, theirs = read(ics)
    assert "METHOD:CANCEL\r\n" in ics
    assert (theirs.status.value, theirs.sequence.value) == ("CANCELLED", "2")
    assert str(ours["uid"]) == "one@convenor"
    assert "VALARM" not in ics


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        (None, "NEEDS-ACTION"),
        (Answer.COMING, "ACCEPTED"),
        (Answer.MAYBE, "TENTATIVE"),
        (Answer.ASKED, "NEEDS-ACTION"),
    ],
)
def test_what_was_answered_stands_in_a_change(answer, standing):
    """Another number to dial does not make a calendar ask again; a new time does."""
    ours, _ = read(request(entry(sequence=1), BEN, LONDON, answer))
    assert ours["attendee"].params["PARTSTAT"] == standing


@pytest.mark.parametrize(
    ("day", "offset"),
    [
        (date(2027, 3, 24), 0),
        (date(2027, 3, 31), 1),
        (date(2026, 10, 22), 1),
        (date(2026, 10, 29), 0),
    ],
)
def test_a_call_keeps_its_wall_time_in_every_parser(day, offset):
    """In the weeks round both changes of the clocks 12:30 is 12:30."""
    starts = datetime(day.year, day.month, day.day, 12 - offset, 30, tzinfo=UTC)
    ics = request(entry(starts), BEN, LONDON)
    ours, theirs = read(ics)
    assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T123000" in ics
    for found in (ours.start, theirs.dtstart.value):
        assert (found.hour, found.minute) == (12, 30)
        assert found.utcoffset() == timedelta(hours=offset)
        assert found == starts


def test_the_zone_is_told_by_rules():
    """Dates one by one are misread by Outlook: one rule for spring, one for autumn."""
    ics = request(entry(), BEN, LONDON)
    assert ics.count("BEGIN:VTIMEZONE") == 1
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in ics
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in ics
    assert "RDATE" not in ics


def test_another_zone_is_told_by_utc():
    """A zone whose rules we have not written is not guessed."""
    ics = request(entry(), BEN, ZoneInfo("Asia/Kolkata"))
    assert "DTSTART:20260610T113000Z" in ics
    assert "VTIMEZONE" not in ics


HOSTILE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=120
) | st.sampled_from(
    [
        "x\r\nATTENDEE:mailto:eve@example.org",
        'a;b:c,"d"\\n',
        "BEGIN:VEVENT\nEND:VCALENDAR",
        "é" * 90,
    ]
)


@settings(max_examples=60, deadline=None)
@given(title=HOSTILE, dial_in=HOSTILE, name=HOSTILE)
def test_hostile_words_stay_words(title, dial_in, name):
    """Whatever is typed, both parsers find one event, one attendee, short lines."""
    person = Person(name=name, email="ben@example.org")
    ics = request(entry(title=title, dial_in=dial_in), person, LONDON)
    assert all(len(line.encode()) <= 75 for line in ics.split("\r\n"))
    ours, theirs = read(ics)
    assert ours["attendee"] == theirs.attendee.value == "mailto:ben@example.org"
    assert len(theirs.attendee_list) == 1
    assert theirs.sequence.value == "0"
    wanted = re.sub(r"[\x00-\x1f\x7f]", "", " ".join(title.split()))
    assert str(ours["summary"]).split() == wanted.split()


def test_a_feed_has_no_attendees_and_keeps_what_was_cancelled():
    """Calendars that subscribe see the calls, never who comes."""
    ics = feed([entry(), entry(cancelled=True, sequence=1)], "Calls", LONDON)
    assert "METHOD:PUBLISH" in ics
    assert "ATTENDEE" not in ics
    whole = vobject.readOne(ics)
    assert [one.status.value for one in whole.vevent_list] == ["CONFIRMED", "CANCELLED"]
