"""Quarterly calls, what was sent about them, and who said they would come."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.schema.base import Base, Moment


class CallRow(Base):
    """One call: ``version`` counts changes, ``sequence`` what calendars were told."""

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(unique=True)  # "2026-Q2"
    uid: Mapped[str] = mapped_column(unique=True)  # the calendar entry's, for ever
    title: Mapped[str]
    starts_at: Mapped[Moment]
    minutes: Mapped[int]
    dial_in: Mapped[str]
    agenda: Mapped[str]  # a coordinator's words; open questions are put beside them
    organiser: Mapped[str]  # the address that calendars answer to; "" until confirmed
    sequence: Mapped[int]
    version: Mapped[int]
    last_act: Mapped[str | None]  # the form or button that changed it last, once
    proposed_at: Mapped[Moment]
    confirmed_at: Mapped[Moment | None]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    agenda_told_at: Mapped[Moment | None]  # the reminder with the agenda was wanted
    cancelled_at: Mapped[Moment | None]
    dropped_at: Mapped[Moment | None]  # a proposal that nobody wanted

    __table_args__ = (Index("ix_call_starts_at", "starts_at"),)


class CallVersionRow(Base):
    """What calendars were told about a call, in the words of that moment."""

    __tablename__ = "call_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    call: Mapped[int] = mapped_column(ForeignKey("call.id"))
    sequence: Mapped[int]
    cancelled: Mapped[bool]
    title: Mapped[str]
    starts_at: Mapped[Moment]
    minutes: Mapped[int]
    dial_in: Mapped[str]
    organiser: Mapped[str]
    made_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("call", "sequence"),)


class RsvpRow(Base):
    """What one member said about coming; their latest word."""

    __tablename__ = "rsvp"

    call: Mapped[int] = mapped_column(ForeignKey("call.id"), primary_key=True)
    member: Mapped[str] = mapped_column(ForeignKey("member.id"), primary_key=True)
    answer: Mapped[str]
    source: Mapped[str]  # "slack", "calendar", "coordinator"
    at: Mapped[Moment]

    __table_args__ = (Index("ix_rsvp_member", "member"),)
