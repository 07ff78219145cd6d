"""Surplus copies: a repeated message is looked at again, in case the first one came."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from bot.ports import Message, Receipt
from bot.store.errors import Stale
from bot.store.outbox import message_of
from bot.store.schema.delivery import OutboxRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A message that was sent again, in hand to be looked for once more."""

    id: int
    message: Message
    target: Receipt | None
    receipt: Receipt  #: the copy that stays
    since: datetime  #: machine: no copy is older
    fence: int
    left: int  #: looks left, this one included


@dataclass(frozen=True, slots=True)
class Copies:
    """Messages that may stand outside twice. All times are machine time."""

    _session: StoreSession

    def expect(self, key: str, *, since: datetime, at: datetime, looks: int) -> None:
        """The message *key* may stand twice: look at *at*, *looks* times in all.

        No copy is older than *since*.
        """
        self._session.change(
            update(OutboxRow)
            .where(OutboxRow.key == key)
            .values(
                recheck_at=at,
                rechecks=looks,
                uncertain_since=func.coalesce(OutboxRow.uncertain_since, since),
            )
        )

    def has_due(self, *, now: datetime) -> bool:
        """Whether a take might find something."""
        due = select(OutboxRow.id).where(OutboxRow.recheck_at <= now).limit(1)
        return self._session.scalar(due) is not None

    def take(
        self, *, now: datetime, lease: timedelta, limit: int
    ) -> tuple[Repeated, ...]:
        """Up to *limit* messages to look at now; ours until the lease ends."""
        target = aliased(OutboxRow)
        rows = self._session.execute(
            select(OutboxRow, target.channel, target.ts)
            .outerjoin(target, target.key == OutboxRow.target)
            .where(OutboxRow.recheck_at <= now, OutboxRow.ts.is_not(None))
            .order_by(OutboxRow.recheck_at)
            .limit(limit)
            .with_for_update(skip_locked=True, of=OutboxRow)
            .execution_options(populate_existing=True)
        ).all()
        return tuple(
            self._lease(row, now + lease, _receipt(channel, ts))
            for row, channel, ts in rows
        )

    def looked(self, repeated: Repeated, *, again_at: datetime | None) -> None:
        """It has been looked at; look again at *again_at*, or never.

        Raises:
            Stale: another worker has it by now.
        """
        left = repeated.left - 1
        self._change(
            repeated, recheck_at=again_at if left else None, rechecks=max(left, 0)
        )

    def later(self, repeated: Repeated, *, until: datetime) -> None:
        """It could not be looked at; try at *until*.

        Raises:
            Stale: another worker has it by now.
        """
        self._change(repeated, recheck_at=until)

    def _lease(
        self, row: OutboxRow, until: datetime, target: Receipt | None
    ) -> Repeated:
        row.recheck_at = until
        row.fence += 1
        return Repeated(
            id=row.id,
            message=message_of(row),
            target=target,
            receipt=Receipt(channel=row.channel or "", ts=row.ts or ""),
            since=row.uncertain_since or until,
            fence=row.fence,
            left=row.rechecks,
        )

    def _change(self, repeated: Repeated, **values: object) -> None:
        changed = self._session.change(
            update(OutboxRow)
            .where(OutboxRow.id == repeated.id, OutboxRow.fence == repeated.fence)
            .values(**values)
        )
        if not changed:
            raise Stale


def _receipt(channel: str | None, ts: str | None) -> Receipt | None:
    return Receipt(channel=channel, ts=ts) if channel and ts else None
