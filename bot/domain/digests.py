"""Digests: a collated thread, its lines and its ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from bot.domain.collation import Place, Section
from bot.domain.lifecycle import DigestState
from bot.domain.members import MemberId
from bot.domain.threads import ReplyId

DigestId = NewType("DigestId", int)
LineId = NewType("LineId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement of a digest: its author's own words."""

    id: LineId
    digest: DigestId
    reply: ReplyId
    author: MemberId | None
    section: Section
    position: int
    text: str
    changed: bool = False  #: its author gave these words for those of the reply
    named: bool = True  #: False: "Leave my name off"
    agreed_at: datetime | None = None  #: its author has said OK, or changed it
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where one reply went in one digest."""

    reply: ReplyId
    place: Place
    reason: str | None = None
    line: LineId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A collated thread. State is in its times; times are community time, UTC."""

    id: DigestId
    thread: int
    title: str
    version: int
    headings: Mapping[str, str] = field(default_factory=dict)  #: section -> heading
    note: str = ""  #: the coordinator's own words
    resources: Sequence[Mapping[str, object]] = ()  #: kind, label, url, reply
    still_open: Sequence[Mapping[str, object]] = ()  #: reply, text
    drafted_at: datetime
    drafted_by: MemberId | None = None
    check_ends_at: datetime
    approved_at: datetime | None = None
    approved_by: MemberId | None = None
    publish_at: datetime | None = None
    published_at: datetime | None = None
    dropped_at: datetime | None = None

    def state(self, *, now: datetime, all_agreed: bool) -> DigestState:
        """Where it is in its life; *all_agreed*: no contributor is still waited for."""
        if self.dropped_at is not None:
            return DigestState.WITHDRAWN
        if self.published_at is not None:
            return DigestState.PUBLISHED
        if self.approved_at is not None:
            return DigestState.HELD
        ready = all_agreed or now >= self.check_ends_at
        return DigestState.READY if ready else DigestState.CHECKING
