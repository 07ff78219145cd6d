"""Questions, invitations, threads and replies."""

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.schema.base import Base, Moment


class ThreadRow(Base):
    """A tracked thread. ``ts`` is unknown until the post that begins it has gone."""

    __tablename__ = "thread"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    ts: Mapped[str | None]
    tracked_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("channel", "ts"),)


class QuestionRow(Base):
    """A question as asked. Its texts have passed the guard."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(unique=True)  # the act it came from
    thread: Mapped[int] = mapped_column(ForeignKey("thread.id"), unique=True)
    asker: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    text: Mapped[str]
    context: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(JSON)
    audience: Mapped[str]
    collate: Mapped[bool]
    ours: Mapped[bool]
    asked_at: Mapped[Moment]
    needed_by: Mapped[Moment]
    first_wave_at: Mapped[Moment | None]
    second_wave_at: Mapped[Moment | None]
    offered_at: Mapped[Moment | None]
    widened_at: Mapped[Moment | None]
    due_told_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    collated_at: Mapped[Moment | None]

    __table_args__ = (Index("ix_question_open", "closed_at", "collated_at"),)


class InvitationRow(Base):
    """One peer asked to answer one question, once."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(ForeignKey("question.id"))
    member: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    wave: Mapped[int]
    reason: Mapped[str]
    owed_at: Mapped[Moment]
    invited_at: Mapped[Moment | None]
    reminded_at: Mapped[Moment | None]
    closing_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]
    declined_at: Mapped[Moment | None]
    suggested_at: Mapped[Moment | None]
    postponed_until: Mapped[Moment | None]
    expired_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]

    # An id is never used again: what was wanted said of a forgotten one is not said.
    __table_args__ = (
        UniqueConstraint("question", "member"),
        {"sqlite_autoincrement": True},
    )


class ReplyRow(Base):
    """A reply, wherever it was said; also one whose thread is not tracked (yet)."""

    __tablename__ = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    act: Mapped[str | None] = mapped_column(unique=True)  # the form that said it, once
    thread: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), index=True)
    channel: Mapped[str]
    thread_ts: Mapped[str | None]
    ts: Mapped[str | None]
    author: Mapped[str | None] = mapped_column(ForeignKey("member.id"), index=True)
    author_slack: Mapped[str | None]
    named: Mapped[bool]
    text: Mapped[str]
    files: Mapped[list[str]] = mapped_column(JSON)
    said_at: Mapped[Moment]
    edited_ts: Mapped[str | None]
    withdrawn_at: Mapped[Moment | None]
    hidden_at: Mapped[Moment | None]
    via: Mapped[str | None]  # received elsewhere: "e-mail", "phone", …
    handed_in_by: Mapped[str | None] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (
        UniqueConstraint("channel", "ts"),
        Index("ix_reply_thread_ts", "channel", "thread_ts"),
    )


class OriginalRow(Base):
    """A reply received elsewhere as it came: the e-mail file, or what was typed."""

    __tablename__ = "original"

    reply: Mapped[int] = mapped_column(ForeignKey("reply.id"), primary_key=True)
    kind: Mapped[str]  # a media type: "message/rfc822", "text/plain"
    content: Mapped[bytes]
    digest: Mapped[str] = mapped_column(index=True)  # SHA-256: the same file, once
    kept_at: Mapped[Moment]


class DmNoteRow(Base):
    """What a member wrote to the bot, waiting for a tap that says what to do with it.

    The text is blanked as soon as the member has chosen, or after the question closes.
    """

    __tablename__ = "dm_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    member: Mapped[str] = mapped_column(ForeignKey("member.id"))
    channel: Mapped[str]
    ts: Mapped[str]
    question: Mapped[int] = mapped_column(ForeignKey("question.id"))
    text: Mapped[str]
    said_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]

    __table_args__ = (UniqueConstraint("channel", "ts"),)
