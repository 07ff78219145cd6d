"""What is kept of one member, as they are given it: for reading, and for machines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Records = Mapping[str, Sequence[Mapping[str, Any]]]

#: The keys of the JSON file, in order, and what each holds.
KEYS: Mapping[str, str] = {
    "profile": "Who you are here, and how you wish to be reached",
    "questions": "Questions you asked",
    "replies": "Replies of yours, wherever you gave them",
    "lines": "Lines of digests that quote you",
    "ledger": "Where each of your replies went in a digest",
    "invitations": "Questions that were put to you, why, and what you did with them",
    "notices": "What was to be said to you unasked",
    "contacts": "When you were contacted unasked",
    "notes": "What you wrote to the bot and had not posted",
    "calls": "Whether you said you would come to a call",
    "updates": "Monthly updates that were sent to you",
    "unsubscribed": "Whether you want no monthly update",
    "messages": "Messages to you; the words go after a time",
    "collating": "Threads that you asked to have collated",
    "needs": "What coordinators were asked to look at about you",
    "audit": "What you did as a coordinator, and what was done about you",
}
_TRUTH = {True: "yes", False: "no"}
FORMAT = "convenor-member-1"  #: rises when a key changes its meaning


def as_json(community: str, records: Records) -> str:
    """The records as JSON: the keys of ``KEYS``, times in UTC by ISO 8601."""
    told = {"format": FORMAT, "community": community, "about": dict(KEYS), **records}
    return json.dumps(told, indent=2, ensure_ascii=False, default=_plain)


def as_text(community: str, records: Records, zone: ZoneInfo) -> str:
    """The records for reading, times by the community's clock."""
    lines = [f"What {community} keeps of you", ""]
    for name, what in KEYS.items():
        lines += [f"{what} ({len(records[name])})", ""]
        for record in records[name]:
            lines += [*_shown(record, zone), ""]
    return "\n".join(lines)


def _shown(record: Mapping[str, Any], zone: ZoneInfo) -> Iterator[str]:
    """One record: what is empty is left out."""
    for name, value in record.items():
        if value not in (None, "", [], {}):
            label = name.replace("_", " ")
            yield f"  {label}: {_in_words(value, zone)}"


def _in_words(value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d %b %Y, %H:%M}"
    if isinstance(value, Mapping):
        return " / ".join(_texts(value)) or json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    said = _TRUTH[value] if isinstance(value, bool) else str(value)
    return said.replace("\n", "\n    ")


def _texts(value: Any) -> Iterator[str]:
    """The words of a message, without the marks of whatever shows it."""
    for name, one in _within(value):
        if name == "text" and isinstance(one, str):
            yield one.replace("\n", "\n    ")
        elif name != "html":
            yield from _texts(one)


def _within(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from (("", one) for one in value)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError("a record holds something that JSON has no word for")
