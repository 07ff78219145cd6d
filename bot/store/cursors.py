"""How far each channel has been read."""

from dataclasses import dataclass

from sqlalchemy import select, update

from bot.store.schema.delivery import CursorRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Cursors:
    """One Slack ``ts`` a channel."""

    _session: StoreSession

    def get(self, channel: str) -> str | None:
        """Where reading *channel* has got to; None before the first time."""
        return self._session.scalar(
            select(CursorRow.ts).where(CursorRow.channel == channel)
        )

    def set(self, channel: str, ts: str) -> None:
        """Reading *channel* has got to *ts*. It never goes back."""
        if self._session.insert_new(CursorRow, channel=channel, ts=ts):
            return
        self._session.change(
            update(CursorRow)
            .where(CursorRow.channel == channel, CursorRow.ts < ts)
            .values(ts=ts)
        )
