"""What is kept of one member, found by whatever leads to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, func, or_, select

from bot.domain.digests import DigestId
from bot.domain.members import Member, MemberId
from bot.domain.questions import QuestionId
from bot.domain.threads import ReplyId
from bot.domain.traces import Traces
from bot.ports import Medium
from bot.store.members import Members, fingerprint
from bot.store.outbox import is_owed
from bot.store.schema.delivery import OutboxRow
from bot.store.schema.digests import DigestLineRow, DigestRow, LedgerRow
from bot.store.schema.mailings import WordingRow
from bot.store.schema.members import MemberRow
from bot.store.schema.questions import DmNoteRow, QuestionRow, ReplyRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom it is about, by everything that finds their rows."""

    member: MemberId
    slack: str | None
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A message as it was put together, and how far it has got."""

    id: int
    key: str
    act: str
    target: str | None
    to: str
    member: str | None
    body: Mapping[str, Any]
    owed: bool


@dataclass(frozen=True, slots=True)
class Personal:
    """Everything of one person."""

    _session: StoreSession

    def sought(self, who: str) -> tuple[Member, ...]:
        """Whom *who* may mean: one by address or id, or those of that name."""
        members = Members(self._session)
        exact = (
            members.get(MemberId(who)) or members.by_slack(who) or members.by_email(who)
        )
        return (exact,) if exact else members.named(who)

    def is_erased(self, who: str) -> bool:
        """Whether that id, ours or Slack's, is of somebody who has been erased."""
        row = MemberRow
        known = select(row.id).where(
            row.erased_at.is_not(None),
            (row.id == who) | (row.slack == fingerprint(who)),
        )
        return self._session.scalar(known) is not None

    def letters(self, person: Person) -> int:
        """How many letters have gone to them."""
        gone = select(func.count()).where(
            sent_to(person),
            OutboxRow.medium == Medium.MAIL.value,
            OutboxRow.sent_at.is_not(None),
        )
        return self._session.scalar(gone) or 0

    def texts(self, person: Person) -> tuple[str, ...]:
        """Everything of theirs that may have been quoted somewhere."""
        lines = select(DigestLineRow.text).join(
            ReplyRow, ReplyRow.id == DigestLineRow.reply
        )
        asked = select(QuestionRow.text, QuestionRow.context)
        found = [
            *self._session.scalars(select(ReplyRow.text).where(said_by(person))),
            *self._session.scalars(lines.where(said_by(person))),
            *self._session.scalars(
                select(DmNoteRow.text).where(DmNoteRow.member == person.member)
            ),
        ]
        mine = asked.where(QuestionRow.asker == person.member)
        for text, context in self._session.execute(mine):
            found += [text, context]
        return tuple(sorted({text for text in found if text}))

    def replies(self, person: Person) -> tuple[ReplyId, ...]:
        """What they have said, wherever."""
        rows = select(ReplyRow.id).where(said_by(person)).order_by(ReplyRow.id)
        return tuple(map(ReplyId, self._session.scalars(rows)))

    def questions(self, person: Person) -> tuple[QuestionId, ...]:
        """What they have asked."""
        rows = select(QuestionRow.id).where(QuestionRow.asker == person.member)
        return tuple(
            map(QuestionId, self._session.scalars(rows.order_by(QuestionRow.id)))
        )

    def answered(self, person: Person) -> tuple[QuestionId, ...]:
        """The questions that they have replied to."""
        threads = select(ReplyRow.thread).where(said_by(person))
        rows = select(QuestionRow.id).where(QuestionRow.thread.in_(threads))
        return tuple(
            map(QuestionId, self._session.scalars(rows.order_by(QuestionRow.id)))
        )

    def digests(self, person: Person) -> tuple[DigestId, ...]:
        """The digests that account for their words, ask theirs, or bear their name."""
        spoke = (
            select(LedgerRow.digest)
            .join(ReplyRow, ReplyRow.id == LedgerRow.reply)
            .where(said_by(person))
        )
        asked = select(QuestionRow.thread).where(QuestionRow.asker == person.member)
        rows = select(DigestRow.id).where(
            DigestRow.id.in_(spoke)
            | DigestRow.thread.in_(asked)
            | (DigestRow.approved_by == person.member)
            | (DigestRow.drafted_by == person.member)
        )
        return tuple(map(DigestId, self._session.scalars(rows.order_by(DigestRow.id))))

    def channels(self, person: Person) -> tuple[str, ...]:
        """Their DMs with the bot."""
        if not person.slack:
            return ()
        sent = select(OutboxRow.channel).where(OutboxRow.to == person.slack)
        wrote = select(DmNoteRow.channel).where(DmNoteRow.member == person.member)
        found = {*self._session.scalars(sent), *self._session.scalars(wrote)}
        return tuple(sorted(one for one in found if one and one.startswith("D")))

    def messages(self, *, after: int = 0) -> Iterator[Put]:
        """Every message that still has words, with an id above *after*, in order."""
        row = OutboxRow
        wanted = (
            select(row, case((is_owed(row), 1), else_=0))
            .where(row.id > after, cast(row.body, Text) != "{}")
            .order_by(row.id)
            .execution_options(yield_per=500)
        )
        for one, owed in self._session.execute(wanted):
            yield Put(
                id=one.id,
                key=one.key,
                act=one.act,
                target=one.target,
                to=one.to,
                member=one.member,
                body=one.body,
                owed=bool(owed),
            )

    def bearing(
        self, traces: Traces, person: Person, *, after: int = 0
    ) -> tuple[list[Put], int]:
        """Messages to others that bear *traces*, and the newest that was looked at."""
        found, last = [], after
        theirs = {person.member, person.slack, person.email} - {None}
        for one in self.messages(after=after):
            last = one.id
            to_others = one.member not in theirs and one.to not in theirs
            if to_others and traces.found_in(one.body):
                found.append(one)
        return found, last

    def wordings(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The words that messages share, editions among them."""
        rows = self._session.execute(select(WordingRow.id, WordingRow.body))
        yield from ((one, body) for one, body in rows)

    def parked(self, person: Person) -> tuple[str, ...]:
        """The keys of messages to them that a coordinator was to look at."""
        rows = select(OutboxRow.key).where(
            sent_to(person), OutboxRow.parked_at.is_not(None)
        )
        return tuple(self._session.scalars(rows))


def said_by(person: Person) -> ColumnElement[bool]:
    """The replies that are theirs, also from before we knew them."""
    said = ReplyRow.author == person.member
    if not person.slack:
        return said
    unclaimed = ReplyRow.author.is_(None) & (ReplyRow.author_slack == person.slack)
    return or_(said, unclaimed)


def sent_to(person: Person) -> ColumnElement[bool]:
    """The messages that are for them, by whichever address."""
    found = OutboxRow.member == person.member
    for address in (person.slack, person.email):
        if address:
            found = or_(found, OutboxRow.to == address)
    return found
