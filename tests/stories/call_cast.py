"""The cast of the stories about calls, and how calendars read what they are told."""

from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import vobject

from tests.stage import DIGESTS, Stage

LONDON = ZoneInfo("Europe/London")
SPRING = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
DIAL_IN = "0330 555 0123, PIN 4455"


@contextmanager
def opened(url, *, mail=True, **changes):
    """A community on the first working day of a quarter."""
    stage = Stage(url, mail=mail, **changes)
    stage.clock.moment = SPRING
    yield stage
    stage.close()


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
            self.stage.clock.moment = london(f"{day} 12:31")
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


def london(wall):
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
