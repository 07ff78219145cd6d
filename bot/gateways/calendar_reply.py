"""What a calendar answers to an invitation: an ``.ics`` file, or the e-mail with it.

Source:
    RFC 5546 (iTIP, section 3.2.3, REPLY); what Outlook, Google and Apple send.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

from icalendar import Calendar, Component, vCalAddress

from bot.domain.calls import Answer

MOST = 5_000_000  #: bytes; a calendar's reply is a few thousand

_SAID = {
    "ACCEPTED": Answer.COMING,
    "TENTATIVE": Answer.MAYBE,
    "DECLINED": Answer.NOT,
}
_TYPES = frozenset({"text/calendar", "application/ics"})


class NotAReply(Exception):
    """It is not a calendar's reply; the text says what it is, and what is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReply:
    """What one attendee's calendar said."""

    uid: str  #: of the calendar entry
    address: str  #: the attendee's, in small letters
    answer: Answer
    sequence: int | None  #: of the invitation that is answered, where it is said


def read_reply(path: Path) -> CalendarReply:
    """Read what *path*, an ``.ics`` or an ``.eml`` file, says.

    Raises:
        NotAReply: it cannot be read, or is something else.
    """
    found = [_calendar(text) for text in _calendars(_bytes(path))]
    replies = [one for one in found if _method(one) == "REPLY"]
    if replies:
        return _reply(replies[0])
    if found:
        raise NotAReply(
            f"{path.name} has a calendar entry, but it is no reply to an invitation. "
            "Save the e-mail that says who accepted or declined."
        )
    raise NotAReply(
        f"{path.name} has no calendar entry in it. Save the reply as an .eml or .ics "
        "file: it is the e-mail that says who accepted or declined."
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            read = file.read(MOST + 1)
    except OSError as wrong:
        raise NotAReply(f"{path} cannot be read ({wrong.strerror}).") from None
    if len(read) > MOST:
        raise NotAReply(f"{path.name} is too large to be a calendar's reply.")
    return read


def _calendars(read: bytes) -> Iterator[bytes]:
    """The calendar in an .ics file; every one in an e-mail and what it forwards."""
    if read.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR":
        yield read.removeprefix(b"\xef\xbb\xbf").lstrip()
        return
    for part in message_from_bytes(read, policy=default).walk():
        if part.get_content_type() in _TYPES or _named_ics(part):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield content


def _named_ics(part: Message) -> bool:
    return (part.get_filename() or "").lower().endswith(".ics")


def _calendar(text: bytes) -> Calendar:
    try:
        read = Calendar.from_ical(text)
    except (ValueError, IndexError) as wrong:
        raise NotAReply(
            "The calendar entry in it cannot be read: it may be cut short."
        ) from wrong
    if not isinstance(read, Calendar):
        raise NotAReply("The calendar entry in it cannot be read.")
    return read


def _method(calendar: Calendar) -> str:
    return str(calendar.get("method", "")).upper()


def _reply(calendar: Calendar) -> CalendarReply:
    events = calendar.walk("VEVENT")
    if not events:
        raise NotAReply("The reply in it is about no event.")
    event = events[0]
    attendee = _attendee(event)
    standing = str(attendee.params.get("PARTSTAT", "")).upper()
    answer, uid = _SAID.get(standing), str(event.get("uid", ""))
    if answer is None or not uid:
        raise NotAReply("The reply in it does not say whether they come.")
    sequence = str(event.get("sequence", ""))
    return CalendarReply(
        uid=uid,
        address=str(attendee).strip().lower().removeprefix("mailto:"),
        answer=answer,
        sequence=int(sequence) if sequence.isdecimal() else None,
    )


def _attendee(event: Component) -> vCalAddress:
    """Who answers: a reply speaks for one."""
    given = event.get("attendee")
    if not isinstance(given, vCalAddress):
        raise NotAReply("The reply in it does not say, or not clearly, who it is from.")
    return given
