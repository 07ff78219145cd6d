"""Requests to collate, kept until the draft is there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from bot.domain.digests import DigestRequest
from bot.domain.members import MemberId
from bot.domain.threads import ThreadId
from bot.store.digest_rows import request_of
from bot.store.schema.digests import DigestRequestRow

#: A request that has not led to a draft, or to a word why not.
UNDRAFTED = DigestRequestRow.done_at.is_(None)


@dataclass(frozen=True, slots=True)
class DigestRequests:
    """Every time a coordinator asked for a thread to be collated."""

    _session: Session

    def add(
        self,
        *,
        act: str,
        thread: ThreadId,
        member: MemberId,
        at: datetime,
        due_at: datetime,
    ) -> bool:
        """Ask for *thread* to be collated; False if this *act* has asked before.

        *due_at* is machine time: when Slack is next read for it.
        """
        known = select(DigestRequestRow.id).filter_by(act=act)
        if self._session.scalar(known) is not None:
            return False
        self._session.add(
            DigestRequestRow(
                act=act,
                thread=thread,
                member=member,
                asked_at=at,
                due_at=due_at,
                tries=0,
                title="",
            )
        )
        self._session.flush()
        return True

    def waiting_for(self, thread: int) -> DigestRequest | None:
        """The request for *thread* that has no draft yet."""
        return next(iter(self._open(DigestRequestRow.thread == thread)), None)

    def to_read(self, *, now: datetime) -> tuple[DigestRequest, ...]:
        """Those whose thread is to be read in Slack now (machine time)."""
        return self._open(
            DigestRequestRow.read_at.is_(None), DigestRequestRow.due_at <= now
        )

    def to_draft(self) -> tuple[DigestRequest, ...]:
        """Those whose thread has been read, oldest first."""
        return self._open(DigestRequestRow.read_at.is_not(None))

    def get(self, request: int) -> DigestRequest | None:
        """The request of that id, while it waits."""
        return next(iter(self._open(DigestRequestRow.id == request)), None)

    def move(self, request: int, *, thread: ThreadId) -> None:
        """The message asked for stands in *thread*, which is to be read instead."""
        self._session.get_one(DigestRequestRow, request).thread = thread

    def read(self, request: int, *, title: str, at: datetime) -> None:
        """Slack has been read whole, and *title* begins the thread."""
        row = self._session.get_one(DigestRequestRow, request)
        row.title, row.read_at = title, at

    def put_off(self, request: int, *, until: datetime) -> None:
        """Slack could not be read: try again at *until* (machine time)."""
        row = self._session.get_one(DigestRequestRow, request)
        row.due_at, row.tries = until, row.tries + 1

    def done(self, request: int, *, at: datetime) -> bool:
        """Its draft is there, or it has been said why there is none.

        False if another worker was faster: then nothing more is to be done.
        """
        finished = self._session.execute(
            update(DigestRequestRow)
            .where(DigestRequestRow.id == request, DigestRequestRow.done_at.is_(None))
            .values(done_at=at)
            .returning(DigestRequestRow.id)
        )
        return finished.scalar() is not None

    def _open(self, *conditions: ColumnElement[bool]) -> tuple[DigestRequest, ...]:
        rows = self._session.scalars(
            select(DigestRequestRow)
            .where(DigestRequestRow.done_at.is_(None), *conditions)
            .order_by(DigestRequestRow.id)
        )
        return tuple(map(request_of, rows))
