"""The inbox: what came in, kept before anyone is told that it arrived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import aliased

from bot.store.errors import Stale
from bot.store.schema.delivery import InboxRow
from bot.store.session import StoreSession

SUSPECT = 2  #: tries after which an event is taken alone
HOLDS_LANE = 3  #: tries through which a failing event keeps its lane waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An event in hand: ours until the lease ends, under the number *fence*."""

    id: int
    event_id: str
    kind: str
    lane: str | None
    body: Mapping[str, Any]
    attempt: int  #: 1 for the first
    fence: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """Every event received. All its times are machine time."""

    _session: StoreSession

    def keep(
        self,
        *,
        event_id: str,
        kind: str,
        lane: str | None,
        body: Mapping[str, Any],
        at: datetime,
    ) -> bool:
        """Keep one event; False if it was kept before, and then nothing changes."""
        return self._session.insert_new(
            InboxRow,
            event_id=event_id,
            kind=kind,
            lane=lane,
            body=dict(body),
            received_at=at,
            try_at=at,
        )

    def take(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[Taken, ...]:
        """Up to *limit* events that are due, oldest first; ours until the lease ends.

        Two workers never get the same one. Within a lane the order is kept: an event
        waits while an earlier one is in another worker's hands or is to be tried
        again, through that one's first ``HOLDS_LANE`` tries. One that has been taken
        ``SUSPECT`` times comes alone: should it take its worker down, it takes no other
        event with it.
        """
        rows = self._session.scalars(
            select(InboxRow)
            .where(waiting(InboxRow), InboxRow.try_at <= now, ~_lane_is_held(now))
            .order_by(InboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=InboxRow)
            .execution_options(populate_existing=True)
        ).all()
        return tuple(
            self._lease(row, now + lease)
            for row in _suspects_alone(self._without_overtaking(rows))
        )

    def has_due(self, *, now: datetime) -> bool:
        """Whether a take might find something."""
        due = select(InboxRow.id).where(waiting(InboxRow), InboxRow.try_at <= now)
        return self._session.scalar(due.limit(1)) is not None

    def done(self, taken: Taken, *, at: datetime, note: str | None = None) -> None:
        """Record that the event was handled; *note* is the class of a refusal.

        What it said is not kept any longer.

        Raises:
            Stale: another worker has it by now; roll back what was done.
        """
        self._change(taken, done_at=at, last_error=note, body={})

    def postpone(self, taken: Taken, *, until: datetime, error: str) -> None:
        """Handle the event again, no earlier than *until*.

        Raises:
            Stale: another worker has it by now.
        """
        self._change(taken, try_at=until, last_error=error)

    def purge(self, *, before: datetime) -> int:
        """Forget events that were done before *before*; how many.

        Their ids go with them: Slack sends nothing again after hours.
        """
        return self._session.change(delete(InboxRow).where(InboxRow.done_at < before))

    def park(self, taken: Taken, *, at: datetime, error: str) -> None:
        """Set the event aside for a coordinator. It is kept, and can be replayed.

        Raises:
            Stale: another worker has it by now.
        """
        self._change(taken, parked_at=at, last_error=error)

    def give_back(self, taken: Taken, *, at: datetime) -> None:
        """Let others take the event at once; it was not tried.

        Raises:
            Stale: another worker has it by now.
        """
        self._change(taken, try_at=at, attempts=InboxRow.attempts - 1)

    def _without_overtaking(self, rows: Sequence[InboxRow]) -> list[InboxRow]:
        # On PostgreSQL a row that another worker is taking this moment was skipped
        # and still looks free: what follows it in its lane stays where it is.
        lanes = {row.lane for row in rows if row.lane is not None}
        if not lanes or not self._session.several_writers:
            return list(rows)
        skipped: dict[str | None, int] = {}
        for id_, lane in self._session.execute(
            select(InboxRow.id, InboxRow.lane).where(
                waiting(InboxRow),
                InboxRow.lane.in_(lanes),
                InboxRow.id.not_in([row.id for row in rows]),
                InboxRow.attempts <= HOLDS_LANE,
                InboxRow.id < max(row.id for row in rows),
            )
        ):
            skipped[lane] = min(id_, skipped.get(lane, id_))
        return [row for row in rows if row.id < skipped.get(row.lane, row.id + 1)]

    def _lease(self, row: InboxRow, until: datetime) -> Taken:
        row.try_at = until
        row.attempts += 1
        row.fence += 1
        return Taken(
            id=row.id,
            event_id=row.event_id,
            kind=row.kind,
            lane=row.lane,
            body=row.body,
            attempt=row.attempts,
            fence=row.fence,
        )

    def _change(self, taken: Taken, **values: object) -> None:
        changed = self._session.change(
            update(InboxRow)
            .where(
                InboxRow.id == taken.id,
                InboxRow.fence == taken.fence,
                waiting(InboxRow),
            )
            .values(**values)
        )
        if not changed:
            raise Stale


def waiting(row: type[InboxRow]) -> ColumnElement[bool]:
    """Neither done nor parked."""
    return and_(row.done_at.is_(None), row.parked_at.is_(None))


_EARLIER = aliased(InboxRow)  # made once: making one costs more than asking
_HELD_BY = select(_EARLIER.id).where(
    _EARLIER.lane == InboxRow.lane,
    _EARLIER.id < InboxRow.id,
    waiting(_EARLIER),
    _EARLIER.attempts <= HOLDS_LANE,
)


def _lane_is_held(now: datetime) -> ColumnElement[bool]:
    return _HELD_BY.where(_EARLIER.try_at > now).exists()


def _suspects_alone(rows: list[InboxRow]) -> list[InboxRow]:
    for place, row in enumerate(rows):
        if row.attempts >= SUSPECT:
            return rows[: max(place, 1)]
    return rows
