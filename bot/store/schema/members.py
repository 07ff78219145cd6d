"""Members and what is said to them unasked."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.schema.base import Base, Moment


class MemberRow(Base):
    """A member, from the workspace, from a file, or from both."""

    __tablename__ = "member"

    id: Mapped[str] = mapped_column(primary_key=True)
    slack: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    region: Mapped[str | None]
    role: Mapped[str]
    interests: Mapped[list[str]] = mapped_column(JSON)
    good_times: Mapped[str | None]
    reach: Mapped[str]
    away_until: Mapped[Moment | None]
    paused_at: Mapped[Moment | None]
    resumed_at: Mapped[Moment | None]
    joined_at: Mapped[Moment | None]
    welcomed_at: Mapped[Moment | None]
    left_at: Mapped[Moment | None]
    erased_at: Mapped[Moment | None]  # nothing of them is kept but this row


class NewcomerRow(Base):
    """Somebody who has joined and whose name is not known yet."""

    __tablename__ = "newcomer"

    slack: Mapped[str] = mapped_column(primary_key=True)


class BundleRow(Base):
    """One message that carries one or more notices to a member."""

    __tablename__ = "bundle"

    id: Mapped[int] = mapped_column(primary_key=True)
    member: Mapped[str] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[Moment]
    lapsed_at: Mapped[Moment | None]

    __table_args__ = (Index("ix_bundle_member", "member", "made_at"),)


class NoticeRow(Base):
    """One thing to say to one member; ``bundle`` once it has been said."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    member: Mapped[str] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str]
    subject: Mapped[int]
    due_at: Mapped[Moment]
    bundle: Mapped[int | None] = mapped_column(ForeignKey("bundle.id"))
    bundled_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]

    __table_args__ = (
        UniqueConstraint("member", "kind", "subject"),
        Index("ix_notice_due", "bundled_at", "due_at"),
        Index("ix_notice_bundle", "bundle"),
        Index("ix_notice_subject", "kind", "subject"),
    )


class ItemRow(Base):
    """An item of *Needs you*."""

    __tablename__ = "queue_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    need: Mapped[str]
    subject: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    opened_at: Mapped[Moment]
    owner: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    deputy: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    handed_at: Mapped[Moment | None]
    done_at: Mapped[Moment | None]
    done_by: Mapped[str | None]

    __table_args__ = (Index("ix_queue_item_open", "done_at", "opened_at"),)
