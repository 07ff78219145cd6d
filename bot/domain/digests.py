"""Digests: a collated thread, its lines and its ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.collation import Place, Section
from bot.domain.lifecycle import DigestState
from bot.domain.members import MemberId
from bot.domain.threads import ReplyId

DigestId = NewType("DigestId", int)
LineId = NewType("LineId", int)


def publication_key(digest: int) -> str:
    """The outbox key of the post in the digests channel."""
    return f"digest:{digest}"


class Kept(StrEnum):
    """Why a reply is kept and not quoted, where a person or time decided it.

    ``collation.Reason`` has what the engine decides; both are words of the ledger.
    """

    REPEATED = "repeated"  #: another line says it
    THANKS = "thanks"
    ELSEWHERE = "elsewhere"  #: it belongs in another thread
    LEFT_OUT = "left out"  #: its author asked to be left out
    NOT_CONFIRMED = "not confirmed"  #: its author was to say yes, and did not
    LATE = "late"  #: it came after the digest was published
    LINE_GONE = "line gone"  #: the line that spoke for it was taken down since


#: What a coordinator may take a line out for.
TAKE_OUT = (Kept.THANKS, Kept.REPEATED, Kept.ELSEWHERE, Kept.LEFT_OUT)


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
    edited_ts: str | None = None  #: the edit of the reply that was accounted for


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRequest:
    """A thread that a coordinator asked to collate, until its draft is there."""

    id: int
    thread: int
    member: MemberId  #: who asked, and is told
    tries: int = 0
    title: str = ""
    read_at: datetime | None = None  #: when Slack was read whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A collated thread. State is in its times; times are community time, UTC."""

    id: DigestId
    thread: int
    title: str  #: what began the thread, as plain text; it may be long
    version: int
    headings: Mapping[str, str] = field(default_factory=dict)  #: section -> heading
    note: str = ""  #: the coordinator's own words
    resources: Sequence[Mapping[str, object]] = ()  #: kind, label, url, reply
    still_open: Sequence[Mapping[str, object]] = ()  #: reply, text
    drafted_at: datetime
    drafted_by: MemberId | None = None
    last_act: str | None = None  #: the form or button that changed it last
    check_ends_at: datetime
    approved_at: datetime | None = None
    approved_by: MemberId | None = None
    publish_at: datetime | None = None
    reread_at: datetime | None = None  #: its thread was read whole since approval
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
