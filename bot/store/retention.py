"""What is old enough to be forgotten, by class, and how it goes: in batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    inspect,
    or_,
    select,
    tuple_,
    update,
)

from bot.domain.notices import NoticeKind
from bot.ports import Medium
from bot.store.outbox import is_owed
from bot.store.schema.base import Base
from bot.store.schema.calls import CallRow, CallVersionRow, RsvpRow
from bot.store.schema.delivery import AuditRow, OutboxRow
from bot.store.schema.digests import DigestRequestRow
from bot.store.schema.mailings import EditionRow, RecipientRow, WordingRow
from bot.store.schema.members import BundleRow, ItemRow, NoticeRow
from bot.store.schema.questions import (
    DmNoteRow,
    InvitationRow,
    OriginalRow,
    QuestionRow,
    ReplyRow,
)
from bot.store.session import StoreSession

Key = tuple[Any, ...]
Older = Callable[[datetime], ColumnElement[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """How much of one class is to be forgotten."""

    name: str
    rows: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Some rows of one table that are to be forgotten."""

    name: str
    step: int
    before: datetime
    keys: Sequence[Key]


@dataclass(frozen=True, slots=True)
class _Step:
    """One table's part of a class: which rows, and what becomes of them."""

    row: type[Base]
    at: ColumnElement[datetime] | Any
    older: Older
    blank: Mapping[str, Any] = field(default_factory=dict)  #: empty: the row goes

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple(inspect(self.row).primary_key)


def _at(column: Any, *conditions: ColumnElement[bool]) -> Older:
    return lambda before: and_(column < before, *conditions)


def _said_of_it(before: datetime) -> ColumnElement[bool]:
    """A notice that was said, or taken back, so long ago.

    Of a call, not before it is as old: else everyone would be told of it again.
    """
    lately = select(CallRow.id).where(CallRow.starts_at >= before)
    told = select(CallVersionRow.id).where(CallVersionRow.call.in_(lately))
    kind, subject = NoticeRow.kind, NoticeRow.subject
    of_call = or_(
        and_(kind == NoticeKind.CALL.value, subject.in_(told)),
        and_(kind == NoticeKind.AGENDA.value, subject.in_(lately)),
    )
    long_ago = or_(NoticeRow.bundled_at < before, NoticeRow.withdrawn_at < before)
    return and_(long_ago, ~of_call)


def _empty_bundle(before: datetime) -> ColumnElement[bool]:
    """A contact so long ago. The newest stays: no number is ever given again."""
    newest = select(func.max(BundleRow.id)).scalar_subquery()
    carried = exists().where(NoticeRow.bundle == BundleRow.id)
    return and_(BundleRow.made_at < before, BundleRow.id < newest, ~carried)


def _after_its_call(before: datetime) -> ColumnElement[bool]:
    return RsvpRow.call.in_(select(CallRow.id).where(CallRow.starts_at < before))


_OVER = select(QuestionRow.id).where(
    QuestionRow.closed_at.is_not(None) | QuestionRow.collated_at.is_not(None)
)
_SENT_OUT = select(EditionRow.id).where(
    EditionRow.finished_at.is_not(None) | EditionRow.dropped_at.is_not(None)
)
_NAMED = or_(
    exists().where(OutboxRow.wording == WordingRow.id),
    exists().where(EditionRow.words_members == WordingRow.id),
    exists().where(EditionRow.words_others == WordingRow.id),
)
#: The key and the receipt of a message stay, so that it is never sent again.
_WORDLESS: Mapping[str, Any] = {
    "body": {},
    "wording": None,
    "to": case((OutboxRow.medium == Medium.MAIL.value, ""), else_=OutboxRow.to),
}
_GONE = and_(~is_owed(OutboxRow), OutboxRow.parked_at.is_(None))

#: In the order in which one table refers to another.
CLASSES: Mapping[str, Sequence[_Step]] = {
    "overheard": [
        _Step(
            ReplyRow, ReplyRow.said_at, _at(ReplyRow.said_at, ReplyRow.thread.is_(None))
        )
    ],
    "sent": [
        _Step(
            OutboxRow,
            OutboxRow.due_at,
            _at(OutboxRow.due_at, _GONE, cast(OutboxRow.body, Text) != "{}"),
            _WORDLESS,
        ),
        _Step(WordingRow, WordingRow.made_at, _at(WordingRow.made_at, ~_NAMED)),
    ],
    "originals": [
        _Step(OriginalRow, OriginalRow.kept_at, _at(OriginalRow.kept_at)),
    ],
    "answers": [_Step(RsvpRow, RsvpRow.at, _after_its_call)],
    "mailed": [
        _Step(
            RecipientRow,
            RecipientRow.due_at,
            _at(RecipientRow.due_at, RecipientRow.edition.in_(_SENT_OUT)),
        )
    ],
    "asked": [
        _Step(
            InvitationRow,
            InvitationRow.owed_at,
            _at(InvitationRow.owed_at, InvitationRow.question.in_(_OVER)),
        ),
        _Step(NoticeRow, NoticeRow.due_at, _said_of_it),
        _Step(BundleRow, BundleRow.made_at, _empty_bundle),
        _Step(
            DmNoteRow, DmNoteRow.said_at, _at(DmNoteRow.said_at, DmNoteRow.text == "")
        ),
        _Step(ItemRow, ItemRow.done_at, _at(ItemRow.done_at)),
        _Step(
            DigestRequestRow,
            DigestRequestRow.asked_at,
            _at(DigestRequestRow.asked_at, DigestRequestRow.done_at.is_not(None)),
        ),
    ],
    "audit": [_Step(AuditRow, AuditRow.at, _at(AuditRow.at))],
}


@dataclass(frozen=True, slots=True)
class Retained:
    """Everything that is kept for a time, by class."""

    _session: StoreSession

    def old(self, name: str, before: datetime) -> Old:
        """How much of class *name* is from before *before*."""
        counted = [self._count(step, before) for step in CLASSES[name]]
        oldest = [at for _, at in counted if at is not None]
        return Old(
            name=name,
            rows=sum(rows for rows, _ in counted),
            oldest=min(oldest, default=None),
        )

    def find(self, name: str, before: datetime, *, most: int) -> Iterator[Found]:
        """Up to *most* rows of each table of class *name* from before *before*."""
        for number, step in enumerate(CLASSES[name]):
            wanted = select(*step.key).where(step.older(before)).limit(most)
            keys = [tuple(key) for key in self._session.execute(wanted)]
            if keys:
                yield Found(name=name, step=number, before=before, keys=keys)

    def forget(self, found: Found) -> int:
        """Forget the rows *found*, if they are still to be forgotten; how many."""
        step = CLASSES[found.name][found.step]
        these = and_(tuple_(*step.key).in_(found.keys), step.older(found.before))
        if step.blank:
            return self._session.change(
                update(step.row).where(these).values(step.blank)
            )
        return self._session.change(delete(step.row).where(these))

    def _count(self, step: _Step, before: datetime) -> tuple[int, datetime | None]:
        counted = select(func.count(), func.min(step.at)).select_from(step.row)
        rows, oldest = self._session.execute(counted.where(step.older(before))).one()
        return rows, oldest
