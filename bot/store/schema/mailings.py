"""Editions of the monthly update, who gets them, and who no longer wants them."""

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.schema.base import Base, Moment, Payload


class EditionRow(Base):
    """One monthly update. ``version`` rises with every change a person may have seen.

    What it carries is frozen when its hold ends (``words_members``, ``words_others``):
    until then it is put together anew from what has been approved.
    """

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(unique=True)  # "2026-10", the month it tells of
    version: Mapped[int]
    note: Mapped[str]  # the coordinator's own words, marked as such
    note_by: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    left_out: Mapped[list[str]] = mapped_column(JSON)  # "digest:7": not this time
    drafted_at: Mapped[Moment]
    last_act: Mapped[str | None]  # the form or button that changed it last, once
    approved_at: Mapped[Moment | None]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    leaves_at: Mapped[Moment | None]  # the hold's end
    begun_at: Mapped[Moment | None]  # its words are frozen, its recipients are known
    finished_at: Mapped[Moment | None]  # every recipient has been owed theirs
    dropped_at: Mapped[Moment | None]
    words_members: Mapped[int | None] = mapped_column(ForeignKey("wording.id"))
    words_others: Mapped[int | None] = mapped_column(ForeignKey("wording.id"))


class RecipientRow(Base):
    """Somebody who gets an edition, once: by member, and by address."""

    __tablename__ = "recipient"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    member: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    address: Mapped[str]  # lower case
    audience: Mapped[str]
    due_at: Mapped[Moment]  # community: not before this; moved while they are away
    owed_at: Mapped[Moment | None]
    left_out_at: Mapped[Moment | None]  # unsubscribed, left or erased meanwhile

    __table_args__ = (
        UniqueConstraint("edition", "address"),
        Index("ix_recipient_due", "edition", "owed_at", "due_at"),
        Index("ix_recipient_member", "member"),
    )


class SuppressionRow(Base):
    """An address that gets no monthly update any more."""

    __tablename__ = "suppression"

    address: Mapped[str] = mapped_column(primary_key=True)  # lower case
    at: Mapped[Moment]
    why: Mapped[str]  # "link", "one-click", "home", "coordinator", "mailbox"


class WordingRow(Base):
    """Words that many messages share, kept once."""

    __tablename__ = "wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[Payload]
    made_at: Mapped[Moment]
