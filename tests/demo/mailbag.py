"""Real letters and real calendar entries, as the mail server of a play takes them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from html import escape
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from bot.simulator.letters import Letter as Taken
from bot.views.letters import Frame, Part, Written, write
from tests.demo.known import ADDRESSES, ASKED, CARYS

SENDER = "GP Network <network@example.org>"
LONDON = ZoneInfo("Europe/London")
ANSWERS_GO_TO = ADDRESSES[CARYS]
UID = "call-1@example.org"
REMINDER = "A gentle reminder: your view would still help."
CLOSING = "This question closes tomorrow. A line or two is enough."
LEAVE = {
    "List-Unsubscribe": "<https://example.org/leave/7>, <mailto:carys@example.org>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}
ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
#: The same zone told by one date, as Outlook misreads it.
ZONE_BY_DATES = "\n".join(
    line for line in ZONE.splitlines() if not line.startswith("RRULE")
)


@dataclass(eq=False)
class Mail:
    """A letter on its way, which a story may doctor until it is judged."""

    entry: dict  #: its line of the transcript
    rcpt: list[str]
    subject: str
    text: str
    html: str
    ics: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def taken(self):
        """What the mail server noted of the letter, and what can be read in it."""
        head = {"From": SENDER, "To": self.rcpt[0], "Subject": self.subject}
        raw = _written(
            tuple((head | self.headers).items()), self.text, self.html, self.ics
        )
        return _taken(self.entry["id"], self.entry["at"], tuple(self.rcpt), raw)


@cache
def _written(head, text, html, ics):
    """A letter as it travels. What is not doctored is written once for all stories."""
    message = EmailMessage(policy=SMTP)
    for name, value in head:
        message[name] = value
    for words, subtype in ((text, "plain"), (html, "html"), (ics, "calendar")):
        if words and message.get_payload():
            message.add_alternative(words, subtype=subtype)
        elif words:
            message.set_content(words, subtype=subtype)
    return message.as_bytes()


@cache
def _taken(number, at, rcpt, raw):
    taken = Taken(
        id=number, at=at, mail_from="network@example.org", rcpt=[*rcpt], raw=raw
    )
    return taken.label(), taken.parsed()


def headers(number):
    """What stands at the head of every letter that a machine writes."""
    return {
        "Message-ID": f"<letter-{number}@example.org>",
        "Reply-To": ANSWERS_GO_TO,
        "Auto-Submitted": "auto-generated",
    }


def plain(words):
    """*words* as a letter, in both its forms."""
    return Written(words[:30], f"Hello,\n\n{words}\n", f"<p>{escape(words)}</p>")


@cache
def ask(question=1, *, lead="", why="lists FIT", asker="Amina Yusuf (Northern)"):
    """A letter that asks, in the very words in which members get it."""
    return several(ask_part(question, lead=lead, why=why, asker=asker))


def ask_part(question=1, *, lead="", why="lists FIT", asker="Amina Yusuf (Northern)"):
    """An ask as one part of a letter."""
    return Part(
        template="ask",
        summary="A question about FIT, closes Thu 28 May",
        values={
            "lead": lead,
            "who": asker,
            "about": " about FIT",
            "question": ASKED,
            "context": "",
            "reason": why,
            "needed": "Thu 28 May",
            "number": question,
            "thread": None,
        },
        answer="To answer, reply to this e-mail: it reaches {who}.",
    )


def check_part():
    """A line of a digest, shown to its author, as one part of a letter."""
    values = {
        "title": "About FIT",
        "line": "We book a review.",
        "who": "Ruth Ellery (London)",
        "standing": "If I hear nothing by Tue 2 Jun, members see it as it is.",
        "address": None,
    }
    return Part(template="check", summary="Your line in a digest", values=values)


def need_part():
    """Something that needs a coordinator, as one part of a letter."""
    values = {"words": "A digest can be made.", "thread": None}
    summary = "Something in the community needs you"
    return Part(template="need", summary=summary, values=values)


def several(*parts):
    """A letter of those parts."""
    why = "You are a member of GP Network and reached by e-mail."
    return write(Frame(community="GP Network", name="", why=why, who="Carys"), parts)


@cache
def entry(
    attendee,
    *,
    sequence=0,
    starts=datetime(2026, 6, 17, 12, 30, tzinfo=LONDON),
    method="REQUEST",
    organiser=ANSWERS_GO_TO,
    uid=UID,
    zone=ZONE,
    events=1,
    about="The summer call",
):
    """An entry for *attendee*'s calendar, as it travels."""
    made = Calendar()
    made.add("prodid", "-//Diary//EN")
    made.add("version", "2.0")
    made.add("method", method)
    if zone:
        made.add_component(Timezone.from_ical(zone))
    for _ in range(events):
        event = Event()
        event.add("uid", uid)
        event.add("sequence", sequence)
        event.add("dtstart", starts)
        event.add("duration", timedelta(hours=1))
        event.add("summary", "Summer call")
        event.add("description", about)
        event.add("organizer", f"mailto:{organiser}")
        event.add("attendee", f"mailto:{attendee}")
        made.add_component(event)
    return made.to_ical().decode()
