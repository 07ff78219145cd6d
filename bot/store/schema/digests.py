"""Digests: lines, and the ledger that accounts for every reply."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.schema.base import Base, Moment


class DigestRow(Base):
    """A collated thread. ``version`` rises with every change a person may have seen."""

    __tablename__ = "digest"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    title: Mapped[str]
    version: Mapped[int]
    headings: Mapped[dict[str, Any]] = mapped_column(JSON)  # section -> heading
    note: Mapped[str]  # the coordinator's own words, marked as such
    resources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    still_open: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    drafted_at: Mapped[Moment]
    drafted_by: Mapped[str | None]
    last_act: Mapped[str | None]  # the form or button that changed it last, once
    check_ends_at: Mapped[Moment]
    approved_at: Mapped[Moment | None]
    approved_by: Mapped[str | None]
    publish_at: Mapped[Moment | None]
    reread_at: Mapped[Moment | None]  # its thread was read whole, before publishing
    published_at: Mapped[Moment | None]
    dropped_at: Mapped[Moment | None]


class DigestLineRow(Base):
    """One statement: a contributor's own words, and what they said of being quoted."""

    __tablename__ = "digest_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[int] = mapped_column(ForeignKey("digest.id"), index=True)
    reply: Mapped[int] = mapped_column(ForeignKey("reply.id"), index=True)
    section: Mapped[str]
    position: Mapped[int]
    text: Mapped[str]
    changed: Mapped[bool]  # the author gave these words for those of the reply
    named: Mapped[bool]
    agreed_at: Mapped[Moment | None]
    removed_at: Mapped[Moment | None]


class LedgerRow(Base):
    """Where one reply went in one digest. Every reply has exactly one row."""

    __tablename__ = "ledger"

    digest: Mapped[int] = mapped_column(ForeignKey("digest.id"), primary_key=True)
    reply: Mapped[int] = mapped_column(ForeignKey("reply.id"), primary_key=True)
    place: Mapped[str]
    reason: Mapped[str | None]
    line: Mapped[int | None] = mapped_column(ForeignKey("digest_line.id"))
    edited_ts: Mapped[str | None]  # the edit of the reply that was accounted for

    __table_args__ = (Index("ix_ledger_reply", "reply"),)


class DigestRequestRow(Base):
    """Somebody asked for a thread to be collated: it is read whole, then drafted."""

    __tablename__ = "digest_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(unique=True)  # the button or command, once
    thread: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    member: Mapped[str] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment]  # machine time
    tries: Mapped[int]
    title: Mapped[str]
    read_at: Mapped[Moment | None]  # Slack was read whole
    done_at: Mapped[Moment | None]
