"""Addresses that get no monthly update any more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.schema.mailings import SuppressionRow
from bot.store.session import StoreSession

MAILBOX = "mailbox"  #: why an address gets none whose mailbox is no more
AT_ONCE = 500  #: addresses in one query, fewer than any database refuses


@dataclass(frozen=True, slots=True)
class Suppressions:
    """Who has asked not to get the update, or cannot."""

    _session: StoreSession

    def add(self, address: str, *, at: datetime, why: str) -> bool:
        """Send no more updates to *address*. False if that was so already."""
        return self._session.insert_new(
            SuppressionRow, address=address.lower(), at=at, why=why
        )

    def lift(self, address: str) -> bool:
        """Send them again. False if there was nothing to lift."""
        row = SuppressionRow
        return bool(
            self._session.change(delete(row).where(row.address == address.lower()))
        )

    def follow(self, old: str, new: str, *, at: datetime) -> None:
        """Somebody has another address: what they asked for at *old* holds at *new*.

        That a mailbox is no more says nothing of another.
        """
        row = SuppressionRow
        asked = select(row.why).where(row.address == old.lower(), row.why != MAILBOX)
        why = self._session.scalar(asked)
        if why is not None:
            self.add(new, at=at, why=why)

    def holds(self, address: str) -> bool:
        """Whether *address* gets no updates."""
        return bool(self.among((address,)))

    def among(self, addresses: Collection[str]) -> frozenset[str]:
        """Those of *addresses* that get no updates."""
        wanted = sorted({one.lower() for one in addresses})
        found: set[str] = set()
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            held = select(SuppressionRow.address).where(
                SuppressionRow.address.in_(some)
            )
            found.update(self._session.scalars(held))
        return frozenset(found)
