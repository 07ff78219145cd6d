"""Questions, kept, and what members wrote to the bot about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.domain.members import MemberId
from bot.domain.questions import Question, QuestionId
from bot.domain.routing import Audience
from bot.store.schema.questions import DmNoteRow, QuestionRow, ThreadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DmNote:
    """What a member wrote to the bot about a question, before they have chosen."""

    id: int
    member: MemberId
    question: QuestionId
    text: str
    said_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Questions:
    """Every question ever asked."""

    _session: Session

    def add(self, question: Question, *, source: str) -> QuestionId:
        """Keep *question* (its id is given here); *source* names the act, once."""
        row = QuestionRow(
            source=source,
            thread=question.thread,
            asker=question.asker,
            text=question.text,
            context=question.context,
            topics=list(question.topics),
            audience=question.audience.value,
            collate=question.collate,
            ours=question.ours,
            asked_at=question.asked_at,
            needed_by=question.needed_by,
        )
        self._session.add(row)
        self._session.flush()
        return QuestionId(row.id)

    def get(self, question: int) -> Question | None:
        """The question of that id."""
        return self._one(QuestionRow.id == question)

    def held(self, question: int) -> Question | None:
        """The question of that id, which nobody else may change until we are done."""
        self._session.execute(
            select(QuestionRow)
            .where(QuestionRow.id == question)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return self.get(question)

    def from_source(self, source: str) -> Question | None:
        """The question that *source* has already asked, if it has."""
        return self._one(QuestionRow.source == source)

    def of_thread(self, thread: int) -> Question | None:
        """The question whose thread it is."""
        return self._one(QuestionRow.thread == thread)

    def open(self) -> tuple[Question, ...]:
        """Every question that still wants replies, oldest first."""
        return self._some(
            _with_thread()
            .where(QuestionRow.closed_at.is_(None), QuestionRow.collated_at.is_(None))
            .order_by(QuestionRow.id)
        )

    def latest(self, *, most: int) -> tuple[Question, ...]:
        """The last *most* questions, open or not, newest first."""
        return self._some(
            _with_thread()
            .where(QuestionRow.text != "")
            .order_by(QuestionRow.id.desc())
            .limit(most)
        )

    def asked_by(self, member: MemberId, *, most: int) -> tuple[Question, ...]:
        """The last *most* questions of *member*, newest first."""
        return self._some(
            _with_thread()
            .where(QuestionRow.asker == member)
            .order_by(QuestionRow.id.desc())
            .limit(most)
        )

    def since(self, question: int, *, most: int) -> tuple[Question, ...]:
        """Questions with an id above *question*, in order: for indexes that follow."""
        return self._some(
            _with_thread()
            .where(QuestionRow.id > question)
            .order_by(QuestionRow.id)
            .limit(most)
        )

    def mark(self, question: QuestionId, **times: datetime) -> None:
        """Set the named times of *question*: ``closed_at``, ``offered_at``, …."""
        row = self._session.get_one(QuestionRow, question)
        for name, at in times.items():
            setattr(row, _known_time(name), at)

    def rewind_waves(self, question: QuestionId) -> None:
        """Have peers chosen for *question* once more."""
        row = self._session.get_one(QuestionRow, question)
        row.first_wave_at = row.second_wave_at = None

    def retopic(self, question: QuestionId, topics: Sequence[str]) -> None:
        """Correct the topics of *question*."""
        self._session.get_one(QuestionRow, question).topics = list(topics)

    def extend(self, question: QuestionId, *, needed_by: datetime) -> None:
        """Give *question* more time."""
        row = self._session.get_one(QuestionRow, question)
        row.needed_by, row.due_told_at = needed_by, None

    def blank(self, question: QuestionId) -> None:
        """Its author has deleted the message it stood in: its words are not kept."""
        row = self._session.get_one(QuestionRow, question)
        row.text = row.context = ""

    def drop_notes(self) -> int:
        """Forget what was written to the bot about questions that are over."""
        over = select(QuestionRow.id).where(
            QuestionRow.closed_at.is_not(None) | QuestionRow.collated_at.is_not(None)
        )
        rows = self._session.scalars(
            select(DmNoteRow).where(DmNoteRow.question.in_(over), DmNoteRow.text != "")
        ).all()
        for row in rows:
            row.text = ""
        return len(rows)

    def note(  # a note has as many parts as it has
        self,
        *,
        member: MemberId,
        channel: str,
        ts: str,
        question: QuestionId,
        text: str,
        said_at: datetime,
    ) -> int | None:
        """Keep what *member* wrote until they choose; None if it was kept before."""
        known = select(DmNoteRow.id).filter_by(channel=channel, ts=ts)
        if self._session.scalar(known) is not None:
            return None
        row = DmNoteRow(
            member=member,
            channel=channel,
            ts=ts,
            question=question,
            text=text,
            said_at=said_at,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def read_note(self, note: int) -> DmNote | None:
        """The note of that id."""
        row = self._session.get(DmNoteRow, note)
        return _note(row) if row else None

    def note_at(self, channel: str, ts: str) -> DmNote | None:
        """The note written there."""
        row = self._session.scalar(select(DmNoteRow).filter_by(channel=channel, ts=ts))
        return _note(row) if row else None

    def rewrite_note(self, note: int, text: str) -> None:
        """The member has edited what they wrote, before choosing."""
        self._session.get_one(DmNoteRow, note).text = text

    def settle_note(self, note: int, *, at: datetime) -> None:
        """The member has chosen, or changed their mind: the note's text goes."""
        row = self._session.get_one(DmNoteRow, note)
        row.settled_at, row.text = at, ""

    def _one(self, condition: object) -> Question | None:
        found = self._some(_with_thread().where(condition))  # type: ignore[arg-type]  # a column expression
        return found[0] if found else None

    def _some(self, query: Select[QuestionRow, ThreadRow]) -> tuple[Question, ...]:
        return tuple(
            _question(row, thread) for row, thread in self._session.execute(query)
        )


def _with_thread() -> Select[QuestionRow, ThreadRow]:
    return select(QuestionRow, ThreadRow).join(
        ThreadRow, ThreadRow.id == QuestionRow.thread
    )


def _known_time(name: str) -> str:
    if name not in {
        "first_wave_at",
        "second_wave_at",
        "offered_at",
        "due_told_at",
        "widened_at",
        "closed_at",
        "collated_at",
    }:
        raise ValueError(f"a question has no time called {name}")
    return name


def _note(row: DmNoteRow) -> DmNote:
    return DmNote(
        id=row.id,
        member=MemberId(row.member),
        question=QuestionId(row.question),
        text=row.text,
        said_at=row.said_at,
        settled_at=row.settled_at,
    )


def _question(row: QuestionRow, thread: ThreadRow) -> Question:
    return Question(
        id=QuestionId(row.id),
        asker=MemberId(row.asker),
        text=row.text,
        context=row.context,
        topics=tuple(row.topics),
        audience=Audience(row.audience),
        collate=row.collate,
        asked_at=row.asked_at,
        needed_by=row.needed_by,
        thread=row.thread,
        channel=thread.channel,
        ts=thread.ts,
        ours=row.ours,
        first_wave_at=row.first_wave_at,
        second_wave_at=row.second_wave_at,
        offered_at=row.offered_at,
        widened_at=row.widened_at,
        due_told_at=row.due_told_at,
        closed_at=row.closed_at,
        collated_at=row.collated_at,
    )
