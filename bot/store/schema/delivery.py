"""What came in and what goes out, until the effect is certain.

State is in its times: which of them are set says what an event or a message is.
*Machine* times are leases, back-off and pacing; the others are community times.
"""

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.schema.base import Base, Moment, Payload

_WAITING = text("done_at IS NULL AND parked_at IS NULL")
_OWED = text(
    "sent_at IS NULL AND parked_at IS NULL"
    " AND withdrawn_at IS NULL AND superseded_at IS NULL"
)
_RECHECK = text("recheck_at IS NOT NULL")
_CONTACTS = text("unsolicited")


class InboxRow(Base):
    """An event, projected and guarded, until it has been handled.

    ``done_at`` set: handled, or refused for good. ``parked_at`` set: a coordinator
    must look. Otherwise it waits, and may be taken when ``try_at`` has come.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_waiting",
            "try_at",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_inbox_lane",
            "lane",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    lane: Mapped[str | None]  # events of one lane are handled in order
    body: Mapped[Payload]
    received_at: Mapped[Moment]  # machine
    try_at: Mapped[Moment]  # machine: when it is due, or when its lease ends
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[Moment | None]  # machine
    parked_at: Mapped[Moment | None]  # machine
    last_error: Mapped[str | None]  # a class name, never a message


class OutboxRow(Base):
    """A message we owe someone, or the proof that it went.

    One of these holds: ``sent_at`` (it went), ``parked_at`` (a coordinator must look),
    ``withdrawn_at`` or ``superseded_at`` (it never will), or none (it is owed).
    ``sending_at`` set and no receipt: it may have gone, and must be looked for.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_owed",
            "priority",
            "due_at",
            "id",
            sqlite_where=_OWED,
            postgresql_where=_OWED,
        ),
        Index(
            "ix_outbox_recheck",
            "recheck_at",
            sqlite_where=_RECHECK,
            postgresql_where=_RECHECK,
        ),
        Index(
            "ix_outbox_contacts",
            "member",
            "sent_at",
            sqlite_where=_CONTACTS,
            postgresql_where=_CONTACTS,
        ),
        Index("ix_outbox_receipt", "channel", "ts"),
        Index("ix_outbox_slot", "slot", sqlite_where=_OWED, postgresql_where=_OWED),
        Index("ix_outbox_target", "target", sqlite_where=_OWED, postgresql_where=_OWED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    medium: Mapped[str]
    act: Mapped[str]
    to: Mapped[str]
    body: Mapped[Payload]
    wording: Mapped[int | None] = mapped_column(ForeignKey("wording.id"))  # shared
    target: Mapped[str | None]  # the key of the message it follows or changes
    thread_ts: Mapped[str | None]
    slot: Mapped[str | None]
    priority: Mapped[int]
    member: Mapped[str | None]
    unsolicited: Mapped[bool]
    due_at: Mapped[Moment]  # community
    try_at: Mapped[Moment | None]  # machine: not before this; None: at once
    sending_at: Mapped[Moment | None]  # machine: on its way since
    uncertain_since: Mapped[
        Moment | None
    ]  # machine: the first try nobody can answer for
    looked: Mapped[int] = mapped_column(default=0)  # look-ups that found no copy
    repeats: Mapped[int] = mapped_column(default=0)  # sent again after such look-ups
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[Moment | None]  # community
    sent_machine_at: Mapped[Moment | None]  # machine
    channel: Mapped[str | None]  # the receipt
    ts: Mapped[str | None]
    parked_at: Mapped[Moment | None]  # machine
    withdrawn_at: Mapped[Moment | None]  # for whoever looks; by either clock
    superseded_at: Mapped[Moment | None]  # likewise
    recheck_at: Mapped[Moment | None]  # machine: look for surplus copies then
    rechecks: Mapped[int] = mapped_column(default=0)  # how many such looks are left
    last_error: Mapped[str | None]


class PaceRow(Base):
    """One rate limit, shared by every process. Machine times."""

    __tablename__ = "pace"

    name: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[Moment]  # where an even flow has got to
    held_until: Mapped[Moment | None]  # the other side asked for silence until then


class CursorRow(Base):
    """How far a channel has been read, as a Slack ``ts``."""

    __tablename__ = "cursor"

    channel: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[str]


class RunRow(Base):
    """One run of a job: only one process inserts it, and that one runs it."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    slot: Mapped[str]
    at: Mapped[Moment]  # machine


class AuditRow(Base):
    """Who did what, for good. Never changed; it carries ids, not texts."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[Moment]  # community
    actor: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[Payload]
