"""Who did what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.store.schema.delivery import AuditRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act of a coordinator, an operator, or the bot on their behalf."""

    at: datetime  #: community time
    actor: str
    act: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Audit:
    """The record of acts. It is only ever added to."""

    _session: StoreSession

    def add(
        self,
        *,
        actor: str,
        act: str,
        subject: str,
        at: datetime,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Record that *actor* did *act* to *subject*. *detail*: ids, never texts."""
        self._session.add(
            AuditRow(
                actor=actor, act=act, subject=subject, at=at, detail=dict(detail or {})
            )
        )

    def about(self, subject: str) -> tuple[Entry, ...]:
        """Everything done to *subject*, oldest first."""
        rows = self._session.scalars(
            select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id)
        )
        return tuple(
            Entry(
                at=row.at,
                actor=row.actor,
                act=row.act,
                subject=row.subject,
                detail=row.detail,
            )
            for row in rows
        )
