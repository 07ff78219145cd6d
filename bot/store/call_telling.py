"""Who is still to be told of a call, so that everyone is told once, in batches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from bot.domain.calls import Answer, CallId, CallVersion, VersionId
from bot.domain.members import MemberId
from bot.domain.notices import NoticeKind
from bot.store.schema.calls import CallVersionRow, RsvpRow
from bot.store.schema.delivery import OutboxRow
from bot.store.schema.members import MemberRow, NoticeRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class CallTelling:
    """What members have been told of calls, as the notices have it."""

    _session: StoreSession

    def untold(self, version: CallVersion, *, most: int) -> tuple[MemberId, ...]:
        """Members whose calendars have not been told of *version*, nor are to be.

        Those who said that they cannot come need not be told of another way to join;
        a cancellation goes to those alone who had been told of the call.
        """
        answered = and_(RsvpRow.call == version.call, RsvpRow.member == MemberRow.id)
        cannot = exists().where(answered, RsvpRow.answer == Answer.NOT.value)
        concerned = ~cannot
        if version.cancelled:
            concerned = or_(exists().where(answered), self._has_heard(version))
        rows = self._session.scalars(
            select(MemberRow.id)
            .where(MemberRow.left_at.is_(None), concerned)
            .where(~_noticed(NoticeKind.CALL, version.id))
            .order_by(MemberRow.id)
            .limit(most)
        )
        return tuple(map(MemberId, rows))

    def unreminded(self, call: CallId, *, most: int) -> tuple[MemberId, ...]:
        """Members to remind of *call* who are not reminded yet: but for who cannot."""
        cannot = exists().where(
            RsvpRow.call == call,
            RsvpRow.member == MemberRow.id,
            RsvpRow.answer == Answer.NOT.value,
        )
        rows = self._session.scalars(
            select(MemberRow.id)
            .where(MemberRow.left_at.is_(None), ~cannot)
            .where(~_noticed(NoticeKind.AGENDA, call))
            .order_by(MemberRow.id)
            .limit(most)
        )
        return tuple(map(MemberId, rows))

    def supersede(self, version: VersionId, *, at: datetime) -> None:
        """What was promised about an older *version* and has not gone never goes."""
        self._session.change(
            update(OutboxRow)
            .where(
                OutboxRow.key.startswith(f"call:{version}:", autoescape=True),
                OutboxRow.sent_at.is_(None),
                OutboxRow.sending_at.is_(None),
                OutboxRow.parked_at.is_(None),
                OutboxRow.superseded_at.is_(None),
                OutboxRow.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=at)
        )

    def _has_heard(self, version: CallVersion) -> ColumnElement[bool]:
        """Whether an earlier word on the call has been said to the member."""
        return exists().where(
            NoticeRow.member == MemberRow.id,
            NoticeRow.kind == NoticeKind.CALL.value,
            NoticeRow.bundle.is_not(None),
            NoticeRow.subject.in_(
                select(CallVersionRow.id).where(CallVersionRow.call == version.call)
            ),
        )


def _noticed(kind: NoticeKind, subject: int) -> ColumnElement[bool]:
    """Whether it was ever wanted said to the member."""
    return exists().where(
        NoticeRow.member == MemberRow.id,
        NoticeRow.kind == kind.value,
        NoticeRow.subject == subject,
    )
