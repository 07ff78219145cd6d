"""*Needs you*: the one queue of the coordinators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.members import MemberId


def paused_key(member: MemberId, since: datetime) -> str:
    """The key of the item that says a member's asks are paused *since*."""
    return f"paused:{member}:{since.isoformat()}"


class Need(StrEnum):
    """What a coordinator is needed for."""

    NOBODY = "nobody"  #: nobody has answered: widen, or close?
    OFFER = "offer"  #: enough replies, and quiet: collate?
    DIGEST = "digest"  #: a draft to read and approve
    PAUSED = "paused"  #: a member let two asks pass; their asks are paused
    PARKED = "parked"  #: a message that could not be sent, or an event not handled
    SUGGESTED = "suggested"  #: a peer named somebody who is no member
    HIDDEN = "hidden"  #: the guard blanked something
    LETTERS = "letters"  #: letters wait, since mail is not set up
    LATE = "late"  #: a reply, an edit or a deletion after a digest was published
    EDITION = "edition"  #: a month's update to read and approve
    DOUBT = "doubt"  #: letters of an edition that did not go, or may not have
    CALL = "call"  #: a date to confirm for a call


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do. ``details`` holds ids, counts and reasons in our own words."""

    id: int
    key: str
    need: Need
    subject: int | None
    opened_at: datetime
    owner: MemberId | None
    deputy: MemberId | None
    handed_at: datetime | None = None  #: when it passed to the deputy
    details: Mapping[str, str | int]

    @property
    def holder(self) -> MemberId | None:
        """In whose hands it is now: the owner's, or the deputy's once it has passed."""
        return self.deputy if self.handed_at else self.owner
