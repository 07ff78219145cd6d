"""Notices: what the bot says to one member unasked, within what they can bear.

Everything unsolicited is first wanted as a notice; it goes when the member may be
contacted, and all that is due for one member then goes as one message, a *bundle*.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.members import MemberId


class NoticeKind(StrEnum):
    """What a notice is about; ``subject`` is the id of that thing."""

    INVITATION = "invitation"  #: an invitation
    REMINDER = "reminder"  #: the same invitation, once more
    CLOSING = "closing"  #: the same invitation: closes tomorrow
    CHECK = "check"  #: a line of a digest, for its author to see
    UNANSWERED = "unanswered"  #: their own question, which nobody has answered
    NEEDED = "needed"  #: an item of the queue, for its owner
    DIGEST = "digest"  #: a published digest, for those who chose e-mail
    CALL = "call"  #: what a call's calendar entry is now: the id of a call's version
    AGENDA = "agenda"  #: a call, a week before: its reminder, with the agenda


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to say to one member."""

    id: int
    member: MemberId
    kind: NoticeKind
    subject: int
    due_at: datetime
    bundle: int | None = None
    bundled_at: datetime | None = None


def bundle_key(bundle: int) -> str:
    """The outbox key of the message that carries *bundle*."""
    return f"notice:{bundle}"


def letter_key(bundle: int) -> str:
    """The outbox key of the letter beside the Slack message that carries *bundle*."""
    return f"{bundle_key(bundle)}:letter"


def carries(key: str) -> bool:
    """Whether the message *key* carries a bundle, and is no change of one."""
    return key.count(":") == 1 or key.endswith(":letter")


def bundle_of(key: str) -> int:
    """The bundle that the message *key* carries."""
    return int(key.split(":")[1])
