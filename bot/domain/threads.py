"""Threads: what people say and reply, wherever they say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType, Self

from bot.domain.members import MemberId

ReplyId = NewType("ReplyId", int)
ThreadId = NewType("ThreadId", int)


class Source(StrEnum):
    """How a reply reached us."""

    THREAD = "thread"  #: written in the thread
    ANSWER = "answer"  #: by the Answer form
    DM = "dm"  #: written to the bot, posted with its author's tap
    ELSEWHERE = "elsewhere"  #: handed in by a coordinator


class Via(StrEnum):
    """How a reply came to the coordinator who hands it in."""

    EMAIL = "e-mail"
    PHONE = "phone"
    LETTER = "letter"
    IN_PERSON = "in person"
    OTHER = "other"

    @property
    def words(self) -> str:
        """How it came, as it follows a name: "by e-mail"; "" where nobody said how."""
        return _WAYS[self]


_WAYS = {
    Via.EMAIL: "by e-mail",
    Via.PHONE: "by phone",
    Via.LETTER: "by letter",
    Via.IN_PERSON: "in person",
    Via.OTHER: "",
}


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
    via: Via | None = None  #: how it came, where it was received elsewhere
    handed_in_by: MemberId | None = None  #: None: an operator, or nobody had to

    @property
    def counts(self) -> bool:
        """Whether it still stands: neither withdrawn nor hidden."""
        return self.withdrawn_at is None and self.hidden_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as it was kept: its text has passed the guard, or was blanked."""

    channel: str
    ts: str
    thread_ts: str | None
    author: str | None
    text: str = ""
    hidden: bool = False
    kinds: tuple[str, ...] = ()
    edited_ts: str | None = None
    files: tuple[str, ...] = ()
    key_hash: str | None = None
    bot: bool = False

    @property
    def is_dm(self) -> bool:
        """Whether it was said to the bot alone."""
        return self.channel.startswith("D")

    @property
    def is_reply(self) -> bool:
        """Whether it is under a root, not a root itself."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """The message in an event, as the inbox keeps it."""
        return cls(
            channel=str(kept["channel"]),
            ts=str(kept["ts"]),
            thread_ts=kept.get("thread_ts"),
            author=kept.get("author"),
            text=str(kept.get("text") or ""),
            hidden=bool(kept.get("hidden")),
            kinds=tuple(kept.get("kinds") or ()),
            edited_ts=kept.get("edited_ts"),
            files=tuple(kept.get("files") or ()),
            key_hash=kept.get("key_hash"),
            bot=bool(kept.get("bot")),
        )
