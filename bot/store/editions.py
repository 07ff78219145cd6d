"""Editions of the monthly update, kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import aliased

from bot.domain.digests import DigestId
from bot.domain.editions import Edition, EditionId, Month
from bot.domain.errors import OutOfDate
from bot.domain.members import MemberId
from bot.store.schema.digests import DigestRow
from bot.store.schema.mailings import EditionRow
from bot.store.schema.members import MemberRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Editions:
    """Every edition: drafted, approved, sent."""

    _session: StoreSession

    def draft(self, month: Month, *, at: datetime) -> EditionId | None:
        """A new edition of *month*; None if there is one already."""
        new = self._session.insert_new(
            EditionRow, month=str(month), version=1, note="", left_out=[], drafted_at=at
        )
        found = self.of(month) if new else None
        return found.id if found else None

    def get(self, edition: int) -> Edition | None:
        """The edition of that id."""
        return self._one(select(EditionRow).where(EditionRow.id == edition))

    def of(self, month: Month) -> Edition | None:
        """The edition that tells of *month*."""
        return self._one(select(EditionRow).where(EditionRow.month == str(month)))

    def latest(self) -> Edition | None:
        """The edition of the latest month there is one of."""
        return self._one(select(EditionRow).order_by(EditionRow.month.desc()).limit(1))

    def held(self, edition: int) -> Edition | None:
        """The edition of that id, which nobody else may change until we are done."""
        return self._one(
            select(EditionRow).where(EditionRow.id == edition).with_for_update()
        )

    def to_send(self, *, now: datetime) -> tuple[EditionId, ...]:
        """Those whose hold is over and whose recipients are not all dealt with."""
        rows = self._session.scalars(
            select(EditionRow.id)
            .where(EditionRow.approved_at.is_not(None))
            .where(EditionRow.leaves_at <= now, EditionRow.finished_at.is_(None))
            .where(EditionRow.dropped_at.is_(None))
            .order_by(EditionRow.id)
        )
        return tuple(map(EditionId, rows))

    def change(
        self, edition: EditionId, *, seen: int | None = None, **values: object
    ) -> None:
        """Change *edition* and raise its version.

        *seen* is the version that the person who changes it was looking at.

        Raises:
            OutOfDate: somebody else has changed it since.
        """
        query = update(EditionRow).where(EditionRow.id == edition)
        if seen is not None:
            query = query.where(EditionRow.version == seen)
        version = EditionRow.version + 1
        if not self._session.change(query.values(version=version, **values)):
            raise OutOfDate
        self._session.expire_all()

    def digests(self, begins: datetime, ends: datetime) -> tuple[DigestId, ...]:
        """The digests published from *begins* until *ends*, in that order.

        One that was dropped, or that a newer one of its thread has replaced, is not
        among them.
        """
        rows = self._session.scalars(
            select(DigestRow.id)
            .where(DigestRow.published_at >= begins, DigestRow.published_at < ends)
            .where(DigestRow.dropped_at.is_(None), ~_REPLACED)
            .order_by(DigestRow.published_at, DigestRow.id)
        )
        return tuple(map(DigestId, rows))

    def names(self) -> tuple[str, ...]:
        """Everyone's name, past and present: what partners are not to read.

        Of those who have been erased no name is kept.
        """
        named = select(MemberRow.name).where(MemberRow.erased_at.is_(None))
        return tuple(self._session.scalars(named.distinct()))

    def since(self) -> datetime | None:
        """When the first member joined: before that there was nothing to tell of."""
        return self._session.scalar(select(func.min(MemberRow.joined_at)))

    def _one(self, query: Select[EditionRow]) -> Edition | None:
        row = self._session.scalar(query.execution_options(populate_existing=True))
        return _edition(row) if row else None


# Statements are put together once: doing so costs more than running them.
_NEWER = aliased(DigestRow)
_REPLACED = exists().where(
    _NEWER.thread == DigestRow.thread,
    _NEWER.id > DigestRow.id,
    _NEWER.published_at.is_not(None),
    _NEWER.dropped_at.is_(None),
)


def _edition(row: EditionRow) -> Edition:
    return Edition(
        id=EditionId(row.id),
        month=Month.parse(row.month),
        version=row.version,
        note=row.note,
        note_by=MemberId(row.note_by) if row.note_by else None,
        left_out=tuple(row.left_out),
        drafted_at=row.drafted_at,
        last_act=row.last_act,
        approved_at=row.approved_at,
        approved_by=MemberId(row.approved_by) if row.approved_by else None,
        leaves_at=row.leaves_at,
        begun_at=row.begun_at,
        finished_at=row.finished_at,
        dropped_at=row.dropped_at,
        words_members=row.words_members,
        words_others=row.words_others,
    )
