"""Judging: what came by mail, whom it named, and what calendars make of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from icalendar import Calendar, Event

from bot.demo.evidence import Evidence
from bot.demo.faults import Fault
from bot.demo.judging_contacts import MORNING, WORKING_DAYS
from bot.demo.letters import Letter
from bot.demo.times import LONDON

MIDDAY = (12, 30)  #: when calls begin, by the wall clock
ONE_CLICK = "List-Unsubscribe=One-Click"


def one_address(evidence: Evidence) -> Iterator[Fault]:
    """Each letter goes to one person, and names nobody else's address."""
    known = {*evidence.facts.mailboxes, *evidence.facts.partners}
    for letter in evidence.letters:
        if len(letter.to) != 1:
            yield Fault("a letter went to several at once", (letter.seq,))
        others = known - {*letter.to, *evidence.facts.answers_go_to}
        shown = letter.everything.lower()
        for address in sorted(others):
            if address in shown:
                yield Fault(f"a letter names {address}", (letter.seq,))


def well_formed(evidence: Evidence) -> Iterator[Fault]:
    """Each says that a machine wrote it, where answers go, and reads without HTML."""
    for letter in evidence.letters:
        lacks = [
            what
            for what, there in (
                ("Auto-Submitted", letter.headers.get("auto-submitted")),
                ("Reply-To", letter.headers.get("reply-to")),
                ("Message-ID", letter.message_id),
                ("text", letter.text.strip()),
                ("HTML", letter.html.strip()),
            )
            if not there
        ]
        if lacks:
            yield Fault(f"a letter lacks {', '.join(lacks)}", (letter.seq,))


def once(evidence: Evidence) -> Iterator[Fault]:
    """No letter came twice: not by its id, not by its words on one day."""
    seen: dict[object, Letter] = {}
    for letter in evidence.letters:
        words = (letter.to, letter.subject, letter.text, letter.when.date())
        for known_by in (letter.message_id, words):
            earlier = seen.setdefault(known_by, letter)
            if earlier is not letter:
                yield Fault("a letter came twice", (earlier.seq, letter.seq))


def edition_once(evidence: Evidence) -> Iterator[Fault]:
    """Everybody with an address has the month's update in their box, once."""
    wanted = {*evidence.facts.mailboxes, *evidence.facts.partners}
    got = Counter(letter.to[0] for letter in evidence.editions)
    for address in sorted(wanted | set(got)):
        count, right = got[address], int(address in wanted)
        if count != right:
            yield Fault(f"{address} got the update {count} times, not {right}", ())


def edition_can_be_left(evidence: Evidence) -> Iterator[Fault]:
    """Each copy of the update can be left in one click, and by hand."""
    for letter in evidence.editions:
        leave = letter.headers.get("list-unsubscribe", "")
        post = letter.headers.get("list-unsubscribe-post", "")
        if "<http" not in leave or "<mailto:" not in leave or post != ONE_CLICK:
            yield Fault("an update cannot be left", (letter.seq,))


def edition_approved(evidence: Evidence) -> Iterator[Fault]:
    """The update left on a working morning, after a coordinator's approval.

    At which hours it reached members is judged with everything else they get.
    """
    for letter in evidence.editions:
        approved = evidence.facts.update_approved
        wall = letter.when.astimezone(LONDON)
        if approved is None or letter.when <= approved:
            yield Fault("an update went out that nobody had approved", (letter.seq,))
        elif wall.date() <= approved.astimezone(LONDON).date():
            yield Fault("an update went out within its hold", (letter.seq,))
        elif letter.to[0] in evidence.facts.partners and not _morning(evidence, wall):
            yield Fault("an update went out on no working morning", (letter.seq,))


def partners_get_no_names(evidence: Evidence) -> Iterator[Fault]:
    """Whoever is beyond the members reads nobody's name."""
    for letter in evidence.editions:
        if letter.to[0] not in evidence.facts.partners:
            continue
        for one in evidence.facts.people.values():
            if one.name in letter.flat:
                yield Fault(f"{one.name} is named to a partner", (letter.seq,))


def invitations_valid(evidence: Evidence) -> Iterator[Fault]:
    """Calendars can read every invitation: one person, one entry, the right time."""
    last: dict[str, int] = {}
    entries: set[str] = set()
    for letter in evidence.letters:
        for ics in letter.calendars[:1]:
            yield from _entry(evidence, letter, ics, last, entries)
    if len(entries) > 1:
        yield Fault("one call has several entries", ())
    for address in sorted(evidence.facts.mailboxes):
        if last.get(address, -1) < evidence.facts.moves:
            yield Fault(f"{address} does not know when the call is", ())


def _entry(
    evidence: Evidence,
    letter: Letter,
    ics: str,
    last: dict[str, int],
    entries: set[str],
) -> Iterator[Fault]:
    try:
        calendar = Calendar.from_ical(ics)
    except ValueError:
        yield Fault("no calendar can read an invitation", (letter.seq,))
        return
    events = [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]
    if len(events) != 1:
        yield Fault("an invitation is not to one thing", (letter.seq,))
        return
    event, address = events[0], letter.to[0]
    for what, right in _true_of(evidence, calendar, event, address).items():
        if not right:
            yield Fault(f"an invitation has the wrong {what}", (letter.seq,))
    entries.add(str(event.get("UID")))
    sequence = int(str(event.get("SEQUENCE", 0)))
    if sequence <= last.get(address, -1):
        yield Fault("an invitation does not follow the one before", (letter.seq,))
    last[address] = sequence


def _true_of(
    evidence: Evidence, calendar: Calendar, event: Event, address: str
) -> dict[str, bool]:
    starts = event.decoded("DTSTART", None)
    wall = starts.astimezone(LONDON) if isinstance(starts, datetime) else None
    zones = calendar.walk("VTIMEZONE")
    return {
        "name": bool(event.get("UID")),
        "method": str(calendar.get("METHOD")) in {"REQUEST", "CANCEL"},
        "attendee": _mailbox(event.get("ATTENDEE")) == address,
        "organiser": _mailbox(event.get("ORGANIZER")) in evidence.facts.answers_go_to,
        "time": wall is not None and (wall.hour, wall.minute) == MIDDAY,
        "zone": len(zones) == 1 and b"RRULE" in zones[0].to_ical(),
    }


def _morning(evidence: Evidence, wall: datetime) -> bool:
    day_off = wall.date().isoformat() in evidence.facts.holidays
    return wall.weekday() in WORKING_DAYS and not day_off and wall.time() >= MORNING


def _mailbox(value: object) -> str:
    return str(value).lower().removeprefix("mailto:")
