"""What waits and what was set aside, for the people who look after the bot."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from bot.ports import Medium
from bot.store.inbox import waiting
from bot.store.outbox import drop_followers, is_owed
from bot.store.schema.delivery import InboxRow, OutboxRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEvent:
    """An event that is not done. It shows no person's words."""

    event_id: str
    kind: str
    received_at: datetime  #: machine
    attempts: int
    parked_at: datetime | None  #: machine
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMessage:
    """A message that has not gone. It shows no words."""

    key: str
    medium: Medium
    to: str
    due_at: datetime  #: community
    attempts: int
    sending_at: datetime | None  #: machine: it may have gone since then
    parked_at: datetime | None  #: machine
    error: str | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """Events and messages that are not finished."""

    _session: StoreSession

    def events(self, *, parked: bool, limit: int) -> tuple[WaitingEvent, ...]:
        """Events set aside if *parked*, else those that wait; oldest first."""
        which = InboxRow.parked_at.is_not(None) if parked else waiting(InboxRow)
        rows = self._session.scalars(
            select(InboxRow).where(which).order_by(InboxRow.id).limit(limit)
        )
        return tuple(
            WaitingEvent(
                event_id=row.event_id,
                kind=row.kind,
                received_at=row.received_at,
                attempts=row.attempts,
                parked_at=row.parked_at,
                error=row.last_error,
            )
            for row in rows
        )

    def messages(self, *, parked: bool, limit: int) -> tuple[WaitingMessage, ...]:
        """Messages set aside if *parked*, else those owed; soonest due first."""
        which = OutboxRow.parked_at.is_not(None) if parked else is_owed(OutboxRow)
        rows = self._session.scalars(
            select(OutboxRow)
            .where(which)
            .order_by(OutboxRow.due_at, OutboxRow.id)
            .limit(limit)
        )
        return tuple(
            WaitingMessage(
                key=row.key,
                medium=Medium(row.medium),
                to=row.to,
                due_at=row.due_at,
                attempts=row.attempts,
                sending_at=row.sending_at,
                parked_at=row.parked_at,
                error=row.last_error,
            )
            for row in rows
        )

    def lengths(self) -> dict[str, int]:
        """How many there are: waiting and parked, events and messages."""
        return {
            "inbox": self._count(InboxRow, waiting(InboxRow)),
            "inbox_parked": self._count(InboxRow, InboxRow.parked_at.is_not(None)),
            "outbox": self._count(OutboxRow, is_owed(OutboxRow)),
            "outbox_parked": self._count(OutboxRow, OutboxRow.parked_at.is_not(None)),
        }

    def due(self, *, now: datetime, media: Collection[Medium]) -> int:
        """How many messages of *media* are due at *now* (community) and not gone."""
        return self._count(
            OutboxRow,
            is_owed(OutboxRow)
            & OutboxRow.medium.in_([medium.value for medium in media])
            & (OutboxRow.due_at <= now),
        )

    def why(self, key: str) -> str:
        """Why the message *key* waits for a person, in words for a coordinator."""
        return (
            self._session.scalar(
                select(OutboxRow.last_error).where(OutboxRow.key == key)
            )
            or ""
        )

    def replay_events(self, ids: Collection[str] | None, *, at: datetime) -> int:
        """Try parked events again from *at*, all where *ids* is None; how many."""
        return self._session.change(
            update(InboxRow)
            .where(InboxRow.parked_at.is_not(None), _named(InboxRow.event_id, ids))
            .values(parked_at=None, attempts=0, try_at=at, fence=InboxRow.fence + 1)
        )

    def drop_events(self, ids: Collection[str], *, at: datetime) -> int:
        """Let parked events go unhandled, for good; how many."""
        return self._session.change(
            update(InboxRow)
            .where(InboxRow.parked_at.is_not(None), InboxRow.event_id.in_(ids))
            .values(parked_at=None, done_at=at)
        )

    def replay_messages(self, keys: Collection[str] | None) -> int:
        """Send parked messages again, all where *keys* is None; how many.

        One for Slack that may have gone is looked for first. A letter that may have
        gone is only sent again when it is named: all of them never means it.
        """
        is_letter = OutboxRow.medium == Medium.MAIL.value
        parked = [OutboxRow.parked_at.is_not(None), _named(OutboxRow.key, keys)]
        if keys is None:
            parked.append(or_(~is_letter, OutboxRow.sending_at.is_(None)))
        self._session.change(
            update(OutboxRow).where(*parked, is_letter).values(sending_at=None)
        )
        return self._session.change(
            update(OutboxRow)
            .where(*parked)
            .values(
                parked_at=None,
                attempts=0,
                looked=0,
                try_at=None,
                fence=OutboxRow.fence + 1,
            )
        )

    def drop_messages(self, keys: Collection[str], *, at: datetime) -> int:
        """Never send these, parked or owed, unless they are on their way; how many."""
        dropped = self._session.change(
            update(OutboxRow)
            .where(
                OutboxRow.key.in_(keys),
                or_(
                    OutboxRow.parked_at.is_not(None),
                    is_owed(OutboxRow) & OutboxRow.sending_at.is_(None),
                ),
            )
            .values(parked_at=None, withdrawn_at=at)
        )
        for key in keys:
            drop_followers(self._session, key, at=at)
        return dropped

    def _count(
        self, row: type[InboxRow | OutboxRow], which: ColumnElement[bool]
    ) -> int:
        counted = select(func.count()).select_from(row).where(which)
        return self._session.scalar(counted) or 0


def _named(
    column: InstrumentedAttribute[str], names: Collection[str] | None
) -> ColumnElement[bool]:
    return column.is_not(None) if names is None else column.in_(names)
