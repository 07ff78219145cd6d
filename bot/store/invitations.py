"""Invitations, kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.members import MemberId
from bot.domain.questions import Invitation, InvitationId, QuestionId
from bot.store.schema.questions import InvitationRow

_TIMES = frozenset(
    {
        "invited_at",
        "reminded_at",
        "closing_at",
        "answered_at",
        "declined_at",
        "suggested_at",
        "postponed_until",
        "expired_at",
        "closed_at",
    }
)

#: an ask that its member has not yet dealt with, and that time has not freed
_OPEN = (
    InvitationRow.answered_at.is_(None),
    InvitationRow.declined_at.is_(None),
    InvitationRow.suggested_at.is_(None),
    InvitationRow.expired_at.is_(None),
    InvitationRow.closed_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Invitations:
    """Every time a peer was asked."""

    _session: Session

    def add(
        self,
        *,
        question: QuestionId,
        member: MemberId,
        wave: int,
        reason: str,
        at: datetime,
    ) -> InvitationId:
        """Invite *member*; the store refuses to invite anyone twice to one question."""
        row = InvitationRow(
            question=question, member=member, wave=wave, reason=reason, owed_at=at
        )
        self._session.add(row)
        self._session.flush()
        return InvitationId(row.id)

    def forget(self, invitation: InvitationId) -> None:
        """Undo an invitation that has not gone."""
        self._session.delete(self._session.get_one(InvitationRow, invitation))
        self._session.flush()

    def get(self, invitation: int) -> Invitation | None:
        """The invitation of that id."""
        row = self._session.get(InvitationRow, invitation)
        return _invitation(row) if row else None

    def to(self, question: QuestionId, member: MemberId) -> Invitation | None:
        """The invitation of *member* to *question*."""
        row = self._session.scalar(
            select(InvitationRow).filter_by(question=question, member=member)
        )
        return _invitation(row) if row else None

    def of_question(self, question: QuestionId) -> tuple[Invitation, ...]:
        """Everyone invited to *question*, in order."""
        return self._some(InvitationRow.question == question)

    def of_questions(
        self, questions: Collection[QuestionId]
    ) -> dict[QuestionId, list[Invitation]]:
        """Everyone invited to each of *questions*, in order."""
        found: dict[QuestionId, list[Invitation]] = {}
        for one in self._some(InvitationRow.question.in_(questions)):
            found.setdefault(one.question, []).append(one)
        return found

    def open_of(self, member: MemberId) -> tuple[Invitation, ...]:
        """What *member* is being asked now, newest last."""
        return self._some(InvitationRow.member == member, *_OPEN)

    def of_member(self, member: MemberId) -> tuple[Invitation, ...]:
        """Everything *member* was ever asked, oldest first."""
        return self._some(InvitationRow.member == member)

    def open_counts(self) -> dict[MemberId, int]:
        """How many open asks each member has."""
        return self._counts(*_OPEN)

    def counts_since(self, since: datetime) -> dict[MemberId, int]:
        """How often each member was asked since *since*."""
        return self._counts(InvitationRow.owed_at >= since)

    def count_since(self, member: MemberId, since: datetime) -> int:
        """How often *member* was asked since *since*."""
        counted = select(func.count()).where(
            InvitationRow.member == member, InvitationRow.owed_at >= since
        )
        return self._session.scalar(counted) or 0

    def last_asked(self) -> dict[MemberId, datetime]:
        """When each member was last asked."""
        rows = self._session.execute(
            select(InvitationRow.member, func.max(InvitationRow.owed_at)).group_by(
                InvitationRow.member
            )
        )
        return {MemberId(member): at for member, at in rows}

    def mark(self, invitation: InvitationId, **times: datetime | None) -> None:
        """Set the named times of *invitation*."""
        row = self._session.get_one(InvitationRow, invitation)
        for name, at in times.items():
            if name not in _TIMES:
                raise ValueError(f"an invitation has no time called {name}")
            setattr(row, name, at)
        self._session.flush()

    def _counts(self, *conditions: object) -> dict[MemberId, int]:
        rows = self._session.execute(
            select(InvitationRow.member, func.count())
            .where(*conditions)  # type: ignore[arg-type]  # conditions are column expressions
            .group_by(InvitationRow.member)
        )
        return {MemberId(member): number for member, number in rows}

    def _some(self, *conditions: object) -> tuple[Invitation, ...]:
        rows = self._session.scalars(
            select(InvitationRow)
            .where(*conditions)  # type: ignore[arg-type]  # conditions are column expressions
            .order_by(InvitationRow.id)
        )
        return tuple(map(_invitation, rows))


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        id=InvitationId(row.id),
        question=QuestionId(row.question),
        member=MemberId(row.member),
        wave=row.wave,
        reason=row.reason,
        owed_at=row.owed_at,
        invited_at=row.invited_at,
        reminded_at=row.reminded_at,
        closing_at=row.closing_at,
        answered_at=row.answered_at,
        declined_at=row.declined_at,
        suggested_at=row.suggested_at,
        postponed_until=row.postponed_until,
        expired_at=row.expired_at,
        closed_at=row.closed_at,
    )
