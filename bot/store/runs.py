"""Which runs of the jobs have been claimed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.store.schema.delivery import RunRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Runs:
    """Every run of every job that must happen once."""

    _session: StoreSession

    def claim(self, job: str, slot: str, *, at: datetime) -> bool:
        """Whether this process may run *job* for *slot*: only the first to ask may.

        *slot* names the occasion ("2026-01-05"), by local date where the job is daily.
        """
        return self._session.insert_new(RunRow, job=job, slot=slot, at=at)

    def claimed(self, job: str, slot: str) -> bool:
        """Whether some process has it already: asked without writing."""
        known = select(RunRow.id).filter_by(job=job, slot=slot)
        return self._session.scalar(known) is not None
