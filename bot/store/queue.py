"""*Needs you*, kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.members import MemberId
from bot.domain.queue import Item, Need
from bot.store.schema.members import ItemRow


@dataclass(frozen=True, slots=True)
class Queue:
    """What coordinators are needed for."""

    _session: Session

    def open(
        self,
        key: str,
        need: Need,
        *,
        subject: int | None,
        owner: MemberId | None,
        deputy: MemberId | None,
        at: datetime,
        details: Mapping[str, str | int] | None = None,
    ) -> int | None:
        """Put it in the queue; its id, or None if it was there already, done or not."""
        if self.is_known(key):
            return None
        row = ItemRow(
            key=key,
            need=need.value,
            subject=subject,
            details=dict(details or {}),
            opened_at=at,
            owner=owner,
            deputy=deputy,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def is_known(self, key: str) -> bool:
        """Whether it was ever in the queue under *key*, done or not."""
        return self._session.scalar(select(ItemRow.id).filter_by(key=key)) is not None

    def get(self, item: int) -> Item | None:
        """The item of that id, done or not."""
        row = self._session.get(ItemRow, item)
        return _item(row) if row else None

    def waiting(self) -> tuple[Item, ...]:
        """What is not done, oldest first."""
        rows = self._session.scalars(
            select(ItemRow)
            .where(ItemRow.done_at.is_(None))
            .order_by(ItemRow.opened_at, ItemRow.id)
        )
        return tuple(map(_item, rows))

    def done(self, key: str, *, at: datetime, by: MemberId | None) -> bool:
        """It no longer needs anyone. False if it was not waiting."""
        row = self._session.scalar(select(ItemRow).filter_by(key=key, done_at=None))
        if row is None:
            return False
        row.done_at, row.done_by = at, by
        return True

    def is_done(self, item: int) -> bool:
        """Whether nobody is needed for it any more."""
        row = self._session.get(ItemRow, item)
        return row is None or row.done_at is not None

    def forget(self, key: str) -> None:
        """Let the same need arise again: the item keeps its history, not its key."""
        row = self._session.scalar(select(ItemRow).filter_by(key=key))
        if row is not None:
            row.key = f"{key}:{row.id}"
            self._session.flush()

    def hand_over(self, item: int, *, at: datetime) -> None:
        """It passes to the deputy."""
        self._session.get_one(ItemRow, item).handed_at = at

    def give(
        self, item: int, *, owner: MemberId, deputy: MemberId | None, at: datetime
    ) -> None:
        """It is in other hands from now on, as if it had just been opened for them."""
        row = self._session.get_one(ItemRow, item)
        row.owner, row.deputy = owner, deputy
        row.opened_at, row.handed_at = at, None


def _item(row: ItemRow) -> Item:
    return Item(
        id=row.id,
        key=row.key,
        need=Need(row.need),
        subject=row.subject,
        opened_at=row.opened_at,
        owner=MemberId(row.owner) if row.owner else None,
        deputy=MemberId(row.deputy) if row.deputy else None,
        handed_at=row.handed_at,
        details=row.details,
    )
