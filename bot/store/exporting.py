"""Everything that is kept of one member, read for themselves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, or_, select

from bot.store.personal import Person, said_by, sent_to
from bot.store.schema.calls import CallRow, RsvpRow
from bot.store.schema.delivery import AuditRow, OutboxRow
from bot.store.schema.digests import DigestLineRow, DigestRequestRow, LedgerRow
from bot.store.schema.mailings import EditionRow, RecipientRow, SuppressionRow
from bot.store.schema.members import BundleRow, ItemRow, MemberRow, NoticeRow
from bot.store.schema.questions import (
    DmNoteRow,
    InvitationRow,
    OriginalRow,
    QuestionRow,
    ReplyRow,
)
from bot.store.session import StoreSession

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Class:
    """One class of records: its columns, whose they are, and what else it takes."""

    columns: Sequence[Any]
    theirs: Callable[[Person], ColumnElement[bool]]
    join: tuple[Any, ColumnElement[bool]] | None = None


def _addressed(person: Person) -> ColumnElement[bool]:
    mine = RecipientRow.member == person.member
    return or_(mine, RecipientRow.address == (person.email or ""))


def _named_in(column: Any, person: Person) -> ColumnElement[bool]:
    """Whether a piece of JSON holds their id."""
    return cast(column, Text).contains(f'"{person.member}"', autoescape=True)


def _acts(person: Person) -> ColumnElement[bool]:
    names = [person.member, *([person.slack] if person.slack else [])]
    return or_(
        AuditRow.actor.in_(names),
        AuditRow.subject.in_([f"member:{one}" for one in names]),
        _named_in(AuditRow.detail, person),
    )


_REPLY = (ReplyRow, ReplyRow.id == DigestLineRow.reply)
_PLACED = (ReplyRow, ReplyRow.id == LedgerRow.reply)

_m, _q, _r, _i = MemberRow, QuestionRow, ReplyRow, InvitationRow

#: By the name that the class has in the export.
CLASSES: Mapping[str, _Class] = {
    "profile": _Class(
        (
            *(_m.id, _m.name, _m.email, _m.slack, _m.region, _m.role, _m.interests),
            *(_m.good_times, _m.reach, _m.away_until, _m.paused_at, _m.resumed_at),
            *(_m.joined_at, _m.welcomed_at, _m.left_at),
        ),
        lambda person: MemberRow.id == person.member,
    ),
    "questions": _Class(
        (
            *(_q.id, _q.asked_at, _q.text, _q.context, _q.topics, _q.audience),
            *(_q.needed_by, _q.closed_at, _q.collated_at),
        ),
        lambda person: QuestionRow.asker == person.member,
    ),
    "replies": _Class(
        (
            *(_r.id, _r.said_at, _r.text, _r.files, _r.named, _r.via),
            *(_r.channel, _r.ts, _r.withdrawn_at, _r.hidden_at),
        ),
        said_by,
    ),
    "lines": _Class(
        (
            *(DigestLineRow.id, DigestLineRow.digest, DigestLineRow.text),
            *(DigestLineRow.named, DigestLineRow.agreed_at, DigestLineRow.removed_at),
        ),
        said_by,
        _REPLY,
    ),
    "ledger": _Class(
        (LedgerRow.digest, LedgerRow.reply, LedgerRow.place, LedgerRow.reason),
        said_by,
        _PLACED,
    ),
    "invitations": _Class(
        (
            *(_i.id, _i.question, _i.reason, _i.owed_at, _i.invited_at),
            *(_i.reminded_at, _i.closing_at, _i.answered_at, _i.declined_at),
            *(_i.suggested_at, _i.postponed_until, _i.expired_at, _i.closed_at),
        ),
        lambda person: InvitationRow.member == person.member,
    ),
    "notices": _Class(
        (
            *(NoticeRow.id, NoticeRow.kind, NoticeRow.subject, NoticeRow.due_at),
            *(NoticeRow.bundled_at, NoticeRow.withdrawn_at),
        ),
        lambda person: NoticeRow.member == person.member,
    ),
    "contacts": _Class(
        (BundleRow.id, BundleRow.made_at, BundleRow.lapsed_at),
        lambda person: BundleRow.member == person.member,
    ),
    "notes": _Class(
        (DmNoteRow.id, DmNoteRow.said_at, DmNoteRow.text, DmNoteRow.settled_at),
        lambda person: DmNoteRow.member == person.member,
    ),
    "calls": _Class(
        (
            *(RsvpRow.call, CallRow.title, CallRow.starts_at),
            *(RsvpRow.answer, RsvpRow.source, RsvpRow.at),
        ),
        lambda person: RsvpRow.member == person.member,
        (CallRow, CallRow.id == RsvpRow.call),
    ),
    "updates": _Class(
        (
            *(RecipientRow.id, EditionRow.month, RecipientRow.address),
            *(RecipientRow.owed_at, RecipientRow.left_out_at),
        ),
        _addressed,
        (EditionRow, EditionRow.id == RecipientRow.edition),
    ),
    "unsubscribed": _Class(
        (SuppressionRow.address, SuppressionRow.at, SuppressionRow.why),
        lambda person: SuppressionRow.address == (person.email or ""),
    ),
    "messages": _Class(
        (
            *(OutboxRow.id, OutboxRow.medium, OutboxRow.act, OutboxRow.to),
            *(OutboxRow.due_at, OutboxRow.sent_at, OutboxRow.body),
        ),
        sent_to,
    ),
    "collating": _Class(
        (DigestRequestRow.id, DigestRequestRow.asked_at, DigestRequestRow.title),
        lambda person: DigestRequestRow.member == person.member,
    ),
    "needs": _Class(
        (ItemRow.id, ItemRow.need, ItemRow.opened_at, ItemRow.done_at, ItemRow.details),
        lambda person: _named_in(ItemRow.details, person),
    ),
    "audit": _Class(
        (
            *(AuditRow.id, AuditRow.at, AuditRow.actor, AuditRow.act),
            *(AuditRow.subject, AuditRow.detail),
        ),
        _acts,
    ),
}


@dataclass(frozen=True, slots=True)
class Exports:
    """What is kept of one member, as records that say what they are."""

    _session: StoreSession

    def of(self, person: Person) -> Mapping[str, Sequence[Record]]:
        """Every record of theirs, by class, in order. Times are UTC."""
        return {name: self._records(one, person) for name, one in CLASSES.items()}

    def originals(self, person: Person) -> Iterator[tuple[int, str, bytes]]:
        """The e-mails and words that their replies came in: reply, kind, content."""
        rows = self._session.execute(
            select(OriginalRow.reply, OriginalRow.kind, OriginalRow.content)
            .join(ReplyRow, ReplyRow.id == OriginalRow.reply)
            .where(said_by(person))
            .order_by(OriginalRow.reply)
        )
        yield from ((reply, kind, content) for reply, kind, content in rows)

    def _records(self, one: _Class, person: Person) -> list[Record]:
        wanted = select(*one.columns).where(one.theirs(person))
        if one.join is not None:
            wanted = wanted.join(*one.join)
        rows = self._session.execute(wanted.order_by(one.columns[0]))
        return [dict(row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's name for it
