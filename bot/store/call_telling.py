"""Who is still to be told of a call, so that everyone is told once, in batches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    literal,
    or_,
    select,
    update,
)

from bot.domain.calls import Answer, CallId, CallVersion
from bot.domain.members import MemberId
from bot.domain.notices import NoticeKind
from bot.store.outbox import is_owed
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
            concerned = or_(
                exists().where(answered),
                _heard(version).where(NoticeRow.member == MemberRow.id).exists(),
            )
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

    def tell_at_once(
        self, member: MemberId, version: CallVersion, *, at: datetime
    ) -> bool:
        """Note that *member* is told of *version* outside bundles; False if they were.

        Their diary has the call, so a change of it is no unasked contact. What waits
        to be said to them about it is said now.
        """
        mine = {
            "member": member,
            "kind": NoticeKind.CALL.value,
            "subject": version.id,
        }
        taken_over = self._session.change(
            update(NoticeRow)
            .filter_by(**mine)
            .where(NoticeRow.bundle.is_(None), NoticeRow.withdrawn_at.is_(None))
            .values(bundled_at=at, withdrawn_at=at)
        )
        return bool(taken_over) or self._session.insert_new(
            NoticeRow, **mine, due_at=at, bundled_at=at, withdrawn_at=at
        )

    def remind_anew(self, call: CallId, member: MemberId, *, due_at: datetime) -> None:
        """The call has moved: *member*'s reminder, said or not, is due at *due_at*."""
        self._session.change(
            update(NoticeRow)
            .where(
                NoticeRow.member == member,
                NoticeRow.kind == NoticeKind.AGENDA.value,
                NoticeRow.subject == call,
                NoticeRow.withdrawn_at.is_(None),
            )
            .values(due_at=due_at, bundle=None, bundled_at=None)
        )

    def last_heard(self, member: MemberId, version: CallVersion) -> int | None:
        """The last of what *member* was told of the call before *version*: its id."""
        return self._session.scalar(
            select(CallVersionRow.id)
            .join(NoticeRow, NoticeRow.subject == CallVersionRow.id)
            .where(
                CallVersionRow.call == version.call,
                CallVersionRow.sequence < version.sequence,
                NoticeRow.kind == NoticeKind.CALL.value,
                NoticeRow.member == member,
                NoticeRow.bundled_at.is_not(None),
            )
            .order_by(CallVersionRow.sequence.desc())
            .limit(1)
        )

    def bundles(self, member: MemberId, version: CallVersion) -> tuple[int, ...]:
        """The bundles that have told *member* of the call, its reminder among them."""
        about = or_(
            and_(
                NoticeRow.kind == NoticeKind.CALL.value,
                NoticeRow.subject.in_(_versions(version)),
            ),
            and_(
                NoticeRow.kind == NoticeKind.AGENDA.value,
                NoticeRow.subject == version.call,
            ),
        )
        rows = self._session.scalars(
            select(NoticeRow.bundle)
            .where(NoticeRow.member == member, NoticeRow.bundle.is_not(None), about)
            .order_by(NoticeRow.id)
        )
        return tuple(bundle for bundle in rows if bundle is not None)

    def supersede(self, version: CallVersion, *, at: datetime) -> None:
        """What is owed about an older *version* and has not gone never goes."""
        self._session.change(
            update(NoticeRow)
            .where(
                NoticeRow.kind == NoticeKind.CALL.value,
                NoticeRow.subject == version.id,
                NoticeRow.bundle.is_(None),
                NoticeRow.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=at)
        )
        self._session.change(
            update(OutboxRow)
            .where(
                OutboxRow.sending_at.is_(None), is_owed(OutboxRow), _carries(version)
            )
            .values(withdrawn_at=at)
        )

    def parked(self, version: CallVersion) -> tuple[str, ...]:
        """The keys of messages about *version* that were set aside."""
        rows = self._session.scalars(
            select(OutboxRow.key)
            .where(OutboxRow.parked_at.is_not(None), _carries(version))
            .order_by(OutboxRow.id)
        )
        return tuple(rows)


def _carries(version: CallVersion) -> ColumnElement[bool]:
    """Whether a message tells somebody *version*, in a bundle or at once."""
    bundle = literal("notice:") + cast(NoticeRow.bundle, String)
    told = (
        NoticeRow.kind == NoticeKind.CALL.value,
        NoticeRow.subject == version.id,
        NoticeRow.bundle.is_not(None),
    )
    return or_(
        OutboxRow.key.startswith(f"call:{version.id}:", autoescape=True),
        OutboxRow.key.in_(select(bundle).where(*told)),
        OutboxRow.key.in_(select(bundle + ":letter").where(*told)),
    )


def _versions(version: CallVersion) -> Select[int]:
    """The ids of everything that calendars were told about the same call."""
    return select(CallVersionRow.id).where(CallVersionRow.call == version.call)


def _heard(version: CallVersion) -> Select[int]:
    """Notices that have told somebody of the call, before *version*."""
    return select(NoticeRow.id).where(
        NoticeRow.kind == NoticeKind.CALL.value,
        NoticeRow.bundled_at.is_not(None),
        NoticeRow.subject.in_(
            _versions(version).where(CallVersionRow.sequence < version.sequence)
        ),
    )


def _noticed(kind: NoticeKind, subject: int) -> ColumnElement[bool]:
    """Whether it was ever wanted said to the member."""
    return exists().where(
        NoticeRow.member == MemberRow.id,
        NoticeRow.kind == kind.value,
        NoticeRow.subject == subject,
    )
