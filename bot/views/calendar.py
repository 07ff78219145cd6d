"""Calendar entries: invitations, changes, cancellations, and the feed (iCalendar).

Every copy of an invitation names one attendee, whom it goes to, so that nobody's
address is seen by another. One call is one UID for ever; each change raises SEQUENCE.

Source:
    RFC 5545 (iCalendar), RFC 5546 (iTIP, sections 3.2.1, 3.2.2 and 3.2.5).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from bot.domain.calls import Answer, CallVersion

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]

MADE_BY = "-//Convenor//Convenor//EN"
ALARM = timedelta(minutes=-15)  #: from the call's start
REREAD = timedelta(hours=6)  #: how often calendars should read the feed

#: What an invitation says that its reader has answered so far.
_STANDING = {
    Answer.COMING: "ACCEPTED",
    Answer.MAYBE: "TENTATIVE",
    Answer.NOT: "DECLINED",
    Answer.ASKED: "NEEDS-ACTION",
}

#: Written by hand with rules: dates one by one, which libraries make of a zone, are
#: misread by Outlook.
_LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
_RULES = {"Europe/London": _LONDON}  #: other zones are told by UTC
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_UNFIT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f"^]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with an address, as calendars name them."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A call as calendars are told it."""

    uid: str
    version: CallVersion
    organiser: Person
    agenda: str = ""  #: a coordinator's words
    first_told: datetime | None = None


def request(
    entry: Entry, attendee: Person, zone: ZoneInfo, answered: Answer | None = None
) -> str:
    """The invitation to *attendee* alone, or the change of one: ``METHOD:REQUEST``."""
    event = _event(entry, zone)
    standing = _STANDING[answered] if answered else "NEEDS-ACTION"
    event.add("attendee", _attendee(attendee, standing), encode=False)
    event.add_component(_alarm(entry.version.title))
    return _calendar("REQUEST", [event], zone)


def cancel(entry: Entry, attendee: Person, zone: ZoneInfo) -> str:
    """Word to *attendee* alone that there is no such call: ``METHOD:CANCEL``."""
    event = _event(entry, zone)
    event.add("attendee", _attendee(attendee, None), encode=False)
    return _calendar("CANCEL", [event], zone)


def feed(entries: Iterable[Entry], name: str, zone: ZoneInfo) -> str:
    """Every call for calendars that subscribe: ``METHOD:PUBLISH``, no attendees."""
    events = []
    for entry in entries:
        event = _event(entry, zone)
        if not entry.version.cancelled:
            event.add_component(_alarm(entry.version.title))
        events.append(event)
    return _calendar("PUBLISH", events, zone, name=name)


def _calendar(
    method: Method, events: Iterable[Event], zone: ZoneInfo, *, name: str = ""
) -> str:
    made = Calendar()
    made.add("prodid", MADE_BY)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    if name:
        made.add("x-wr-calname", _line(name))
        made.add("name", _line(name))
        made.add("refresh-interval", REREAD, parameters={"VALUE": "DURATION"})
    if zone.key in _RULES:
        made.add_component(Timezone.from_ical(_RULES[zone.key]))
    for event in events:
        made.add_component(event)
    written: bytes = made.to_ical()
    return written.decode("utf-8")


def _event(entry: Entry, zone: ZoneInfo) -> Event:
    told = entry.version
    shown: tzinfo = zone if zone.key in _RULES else UTC
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", told.sequence)
    event.add("dtstamp", told.made_at)
    event.add("created", entry.first_told or told.made_at)
    event.add("last-modified", told.made_at)
    event.add("dtstart", told.starts_at.astimezone(shown))
    event.add("dtend", told.ends_at.astimezone(shown))
    event.add("summary", _line(told.title))
    if told.dial_in:
        event.add("location", _line(told.dial_in))
    event.add("description", _clean(_description(entry)))
    event.add("status", "CANCELLED" if told.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if told.cancelled else "OPAQUE")
    if entry.organiser.email:
        event.add("organizer", _address(entry.organiser), encode=False)
    return event


def _description(entry: Entry) -> str:
    if entry.version.cancelled:
        return "This call will not take place."
    told = [f"To join: {entry.version.dial_in}"] if entry.version.dial_in else []
    if entry.agenda:
        told.append(f"Agenda:\n{entry.agenda}")
    return "\n\n".join(told) or "How to join will follow."


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", ALARM)
    alarm.add("description", _line(title))
    return alarm


def _attendee(person: Person, standing: str | None) -> vCalAddress:
    address = _address(person)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    if standing:
        address.params["PARTSTAT"] = vText(standing)
        address.params["RSVP"] = vText("TRUE")
    return address


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    name = _line(_UNFIT_IN_NAMES.sub(" ", person.name))
    if name:
        address.params["CN"] = vText(name)
    return address


def _line(words: str) -> str:
    """*words* on one line."""
    return _clean(" ".join(words.split()))


def _clean(words: str) -> str:
    """*words* with line breaks of one kind and no other control characters."""
    return _UNFIT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
