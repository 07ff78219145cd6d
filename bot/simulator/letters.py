"""Letters as the post office took them, and what can be read in them."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property

from bot.simulator.errors import Json

#: Characters of a subject that name its file.
SLUG = 40
_FOLDED = re.compile(r"\r?\n[ \t]")
_PROPERTY = re.compile(r"^([A-Za-z-]+)((?:;[^:\r\n]*)?):(.*)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\;,nN])")
_WORDS = re.compile(r"[^a-z0-9]+")
#: What an invitation's card shows, each once: iCalendar's names.
_SHOWN = (
    *("UID", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "URL"),
    *("ORGANIZER", "ATTENDEE", "STATUS", "RRULE", "DESCRIPTION"),
)


@dataclass(frozen=True)
class Letter:
    """One letter that was accepted: its envelope, and its bytes as they came."""

    id: int
    #: Unix seconds, the workspace's clock.
    at: float
    mail_from: str
    rcpt: list[str]
    raw: bytes
    #: Whether the sender was told that it was accepted.
    answered: bool = True

    @cached_property
    def message(self) -> EmailMessage:
        """The letter, parsed."""
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def source(self) -> str:
        """The letter as it travelled."""
        return self.raw.decode("utf-8", "replace")

    @property
    def html(self) -> str:
        """Its HTML part, empty where it has none."""
        return self._body("text/html")

    @property
    def text(self) -> str:
        """Its text part, empty where it has none."""
        return self._body("text/plain")

    def label(self) -> Json:
        """What the transcript says of it: nothing of what is written inside."""
        calendars = self.calendars()
        about = ("method", "uid", "sequence")
        first = {key: calendars[0][key] for key in about} if calendars else None
        return {
            "id": self.id,
            "mail_from": self.mail_from,
            "rcpt": self.rcpt,
            "subject": self._header("Subject"),
            "message_id": self._header("Message-ID"),
            "calendar": first,
            "size": len(self.raw),
        }

    def summary(self) -> Json:
        """What a list of letters shows."""
        headers = ("From", "To", "Date", "Reply-To")
        named = {one.lower().replace("-", "_"): self._header(one) for one in headers}
        return {**self.label(), "at": self.at, "answered": self.answered, **named}

    def parsed(self) -> Json:
        """Everything that can be read in it."""
        headers = [[name, str(value)] for name, value in self.message.items()]
        return {
            **self.summary(),
            "headers": headers,
            "text": self.text,
            "html": self.html,
            "calendars": self.calendars(),
        }

    def calendars(self) -> list[Json]:
        """Its calendar parts: what each does, its card, and the part itself (`ics`)."""
        parts = [one for one in self.message.walk() if _type(one) == "text/calendar"]
        return [_calendar(one) for one in parts]

    def slug(self) -> str:
        """Its number and a few words of its subject, for a file's name."""
        words = _WORDS.sub("-", self._header("Subject").lower()).strip("-")
        return f"{self.id:03d}-{words[:SLUG].strip('-') or 'letter'}"

    def _header(self, name: str) -> str:
        return str(self.message.get(name, ""))

    def _body(self, kind: str) -> str:
        for part in self.message.walk():
            if _type(part) == kind and not part.is_attachment():
                return _decoded(part)
        return ""


def _type(part: EmailMessage) -> str:
    return part.get_content_type().lower()


def _decoded(part: EmailMessage) -> str:
    held = part.get_payload(decode=True)
    content = held if isinstance(held, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:  # a character set that nobody knows
        return content.decode("utf-8", "replace")


def _calendar(part: EmailMessage) -> Json:
    """A calendar part; times are shown as written, with the zone they name."""
    ics = _decoded(part)
    card = _card(ics)
    method = str(part.get_param("method", "") or card.get("METHOD", ""))
    return {
        "method": method.upper(),
        "uid": card.get("UID", ""),
        "sequence": int(card.get("SEQUENCE", "0") or 0),
        "card": card,
        "ics": ics,
    }


def _card(ics: str) -> dict[str, str]:
    """The first event's properties that people care for, unfolded and unescaped."""
    unfolded = _FOLDED.sub("", ics).replace("\r", "")
    card: dict[str, str] = {}
    head, _, event = unfolded.partition("BEGIN:VEVENT")
    for name, about, value in _PROPERTY.findall(event.partition("END:VEVENT")[0]):
        if name.upper() in _SHOWN:
            card.setdefault(name.upper(), _unescaped(value) + _zone(about))
    method = re.search(r"^METHOD:(\w+)", head, re.MULTILINE)
    return card | ({"METHOD": method[1]} if method else {})


def _zone(about: str) -> str:
    named = re.search(r";TZID=\"?([^;:\"]+)", about)
    return f" {named[1]}" if named else ""


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], value)
