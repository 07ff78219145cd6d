"""Threads: what people reply, wherever they say it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.members import MemberId

ReplyId = NewType("ReplyId", int)
ThreadId = NewType("ThreadId", int)


class Source(StrEnum):
    """How a reply reached us."""

    THREAD = "thread"  #: written in the thread
    ANSWER = "answer"  #: by the Answer form
    DM = "dm"  #: written to the bot, posted with its author's tap
    ELSEWHERE = "elsewhere"  #: handed in by a coordinator


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A tracked thread: a question's, or one that a coordinator asked to collate."""

    id: ThreadId
    channel: str
    ts: str | None
    question: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply. ``text`` has passed the guard; it is empty where it was hidden."""

    id: ReplyId
    channel: str
    thread_ts: str | None
    ts: str | None  #: None while the post that carries it has not gone
    author: MemberId | None  #: None: somebody we do not know
    author_slack: str | None
    text: str
    said_at: datetime
    source: Source = Source.THREAD
    named: bool = True  #: False: "Post without my name"
    edited_ts: str | None = None
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None
    files: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it still stands: neither withdrawn nor hidden."""
        return self.withdrawn_at is None and self.hidden_at is None
