"""Notices, kept: what is wanted said, what was said, and when."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, literal, select, update
from sqlalchemy.orm import Session

from bot.domain.members import MemberId, Reach
from bot.domain.notices import Notice, NoticeKind
from bot.store.schema.members import BundleRow, MemberRow, NoticeRow

#: a notice that is neither said nor taken back
_WAITING = (NoticeRow.bundle.is_(None), NoticeRow.withdrawn_at.is_(None))


@dataclass(frozen=True, slots=True)
class Notices:
    """Everything the bot says unasked."""

    _session: Session

    def want(
        self, member: MemberId, kind: NoticeKind, subject: int, *, due_at: datetime
    ) -> None:
        """Want it said, no earlier than *due_at*. Wanting it twice wants it once."""
        if not self.is_wanted(member, kind, subject):
            self._session.add(
                NoticeRow(
                    member=member, kind=kind.value, subject=subject, due_at=due_at
                )
            )
            self._session.flush()

    def want_by_letter(
        self, kind: NoticeKind, subject: int, *, due_at: datetime
    ) -> None:
        """Want it said to everyone who gets letters and is here, however many.

        They are wanted by one statement. Those for whom it was wanted keep that.
        """
        already = select(NoticeRow.member).filter_by(kind=kind.value, subject=subject)
        readers = select(
            MemberRow.id,
            literal(kind.value),
            literal(subject),
            literal(due_at, type_=NoticeRow.due_at.type),
        ).where(
            MemberRow.left_at.is_(None),
            MemberRow.email.is_not(None),
            MemberRow.slack.is_(None) | (MemberRow.reach != Reach.SLACK.value),
            MemberRow.id.not_in(already),
        )
        self._session.execute(
            insert(NoticeRow).from_select(
                ["member", "kind", "subject", "due_at"], readers
            )
        )

    def withdraw(self, kind: NoticeKind, subject: int, *, at: datetime) -> None:
        """No longer want it said, if it has not been."""
        self._session.execute(
            update(NoticeRow)
            .where(*_WAITING)
            .where(NoticeRow.kind == kind.value, NoticeRow.subject == subject)
            .values(withdrawn_at=at)
        )

    def drop(self, notice: int, *, at: datetime) -> None:
        """No longer want one member told, if they have not been."""
        self._session.execute(
            update(NoticeRow)
            .where(*_WAITING, NoticeRow.id == notice)
            .values(withdrawn_at=at)
        )

    def put_off(self, kind: NoticeKind, subject: int, *, until: datetime) -> None:
        """Say it later than was wanted, if it has not been said."""
        self._session.execute(
            update(NoticeRow)
            .where(*_WAITING)
            .where(NoticeRow.kind == kind.value, NoticeRow.subject == subject)
            .values(due_at=until)
        )

    def again(self, kind: NoticeKind, subject: int, *, due_at: datetime) -> None:
        """Say once more what was said already: it leaves its bundle and is due anew."""
        self._session.execute(
            update(NoticeRow)
            .where(NoticeRow.kind == kind.value, NoticeRow.subject == subject)
            .where(NoticeRow.withdrawn_at.is_(None))
            .values(due_at=due_at, bundle=None, bundled_at=None)
        )

    def is_wanted(self, member: MemberId, kind: NoticeKind, subject: int) -> bool:
        """Whether it was ever wanted said, whatever became of that."""
        known = select(NoticeRow.id).filter_by(
            member=member, kind=kind.value, subject=subject
        )
        return self._session.scalar(known) is not None

    def due(
        self, *, now: datetime, member: MemberId | None = None
    ) -> dict[MemberId, list[Notice]]:
        """What waits to be said and is due, by member, oldest first."""
        wanted = select(NoticeRow).where(*_WAITING, NoticeRow.due_at <= now)
        if member is not None:
            wanted = wanted.where(NoticeRow.member == member)
        rows = self._session.scalars(wanted.order_by(NoticeRow.due_at, NoticeRow.id))
        found: dict[MemberId, list[Notice]] = {}
        for row in rows:
            found.setdefault(MemberId(row.member), []).append(_notice(row))
        return found

    def bundle(
        self, member: MemberId, notices: Sequence[Notice], *, at: datetime
    ) -> int:
        """Say *notices* together, now; returns the bundle's id."""
        bundle = BundleRow(member=member, made_at=at)
        self._session.add(bundle)
        self._session.flush()
        self._session.execute(
            update(NoticeRow)
            .where(NoticeRow.id.in_([notice.id for notice in notices]))
            .values(bundle=bundle.id, bundled_at=at)
        )
        return bundle.id

    def note_contact(self, member: MemberId, *, at: datetime) -> None:
        """Note a contact of *member* unasked that carries no notices: an update."""
        self.note_contacts([member], at=at)

    def note_contacts(self, members: Iterable[MemberId], *, at: datetime) -> None:
        """Note such a contact of each of *members*."""
        self._session.add_all(BundleRow(member=one, made_at=at) for one in members)
        self._session.flush()

    def lapse(self, bundle: int, *, at: datetime) -> None:
        """The bundle did not go in good time: its notices wait again."""
        self._session.get_one(BundleRow, bundle).lapsed_at = at
        self._session.execute(
            update(NoticeRow)
            .where(NoticeRow.bundle == bundle)
            .values(bundle=None, bundled_at=None)
        )

    def let_go(self, notice: int) -> None:
        """The bundle has not said this one: it waits again. The contact was one."""
        self._session.execute(
            update(NoticeRow)
            .where(NoticeRow.id == notice)
            .values(bundle=None, bundled_at=None)
        )

    def in_bundle(self, bundle: int) -> tuple[Notice, ...]:
        """What *bundle* says, in order."""
        rows = self._session.scalars(
            select(NoticeRow).filter_by(bundle=bundle).order_by(NoticeRow.id)
        )
        return tuple(map(_notice, rows))

    def member_of(self, bundle: int) -> MemberId:
        """Whom *bundle* is for."""
        return MemberId(self._session.get_one(BundleRow, bundle).member)

    def about(self, kinds: Sequence[NoticeKind], subject: int) -> tuple[Notice, ...]:
        """The notices of those kinds about *subject* that have been said."""
        rows = self._session.scalars(
            select(NoticeRow)
            .where(NoticeRow.kind.in_([kind.value for kind in kinds]))
            .where(NoticeRow.subject == subject, NoticeRow.bundle.is_not(None))
            .order_by(NoticeRow.id)
        )
        return tuple(map(_notice, rows))

    def contacts(self, member: MemberId, *, since: datetime) -> tuple[datetime, ...]:
        """When *member* was contacted unasked since *since*."""
        return tuple(
            self._session.scalars(
                select(BundleRow.made_at)
                .where(BundleRow.member == member, BundleRow.made_at >= since)
                .where(BundleRow.lapsed_at.is_(None))
                .order_by(BundleRow.made_at)
            )
        )

    def contacts_of(
        self, members: Collection[MemberId], *, since: datetime
    ) -> dict[MemberId, list[datetime]]:
        """When each of some *members* was contacted unasked since *since*."""
        rows = self._session.execute(
            select(BundleRow.member, BundleRow.made_at)
            .where(BundleRow.member.in_(members), BundleRow.made_at >= since)
            .where(BundleRow.lapsed_at.is_(None))
            .order_by(BundleRow.made_at)
        )
        found: dict[MemberId, list[datetime]] = {}
        for member, made_at in rows:
            found.setdefault(MemberId(member), []).append(made_at)
        return found

    def contacts_since(self, since: datetime) -> dict[MemberId, list[datetime]]:
        """When each member was contacted unasked since *since*."""
        rows = self._session.execute(
            select(BundleRow.member, BundleRow.made_at)
            .where(BundleRow.made_at >= since, BundleRow.lapsed_at.is_(None))
            .order_by(BundleRow.made_at)
        )
        found: dict[MemberId, list[datetime]] = {}
        for member, made_at in rows:
            found.setdefault(MemberId(member), []).append(made_at)
        return found


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        member=MemberId(row.member),
        kind=NoticeKind(row.kind),
        subject=row.subject,
        due_at=row.due_at,
        bundle=row.bundle,
        bundled_at=row.bundled_at,
    )
