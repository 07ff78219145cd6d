"""Peers, and the question they could be asked, as routing sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Audience(StrEnum):
    """Whom the asker would like to hear from."""

    FEW = "few"  #: a few colleagues
    EVERYONE = "everyone"
    REGIONS = "regions"  #: a voice from every region


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """How often one member may be asked."""

    open_asks: int = 1
    asks_a_month: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A member seen as someone who could be asked. Times are aware."""

    member: str
    name: str
    interests: frozenset[str]  #: topic ids
    region: str | None = None
    open_asks: int = 0
    asks_this_month: int = 0
    last_asked_at: datetime | None = None
    unavailable: str | None = None  #: why not now, in words: "away until Mon 8 Jun"
    joined_at: datetime | None = None  #: None: long ago, or not known

    def not_now(self, caps: Caps) -> str | None:
        """Why this peer cannot be asked now, in words; None if they can."""
        if self.unavailable:
            return self.unavailable
        if self.open_asks >= caps.open_asks:
            return "already has a question to answer"
        if self.asks_this_month >= caps.asks_a_month:
            return f"already asked {self.asks_this_month} times this month"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """A question as routing sees it; nothing that came after *asked_at* is used."""

    asker: str
    text: str
    topics: tuple[str, ...]  #: topic ids, best first
    asked_at: datetime  #: aware
    channel: str | None = None
    region: str | None = None  #: the asker's
    audience: Audience = Audience.FEW
    topic_names: Mapping[str, str] = field(default_factory=dict)  #: for the reasons

    def topic_name(self, topic: str) -> str:
        """The words people use for a topic; its id where none are known."""
        return self.topic_names.get(topic, topic)
