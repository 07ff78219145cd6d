"""Quarterly calls, kept: dates, what calendars were told, and who comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from bot.domain.calls import Answer, Call, CallId, CallVersion, Counts, Rsvp
from bot.domain.members import MemberId
from bot.store.call_rows import call_of, rsvp_of, version_of
from bot.store.call_telling import CallTelling
from bot.store.schema.calls import CallRow, CallVersionRow, RsvpRow
from bot.store.schema.members import MemberRow
from bot.store.session import StoreSession

_ALIVE = (CallRow.cancelled_at.is_(None), CallRow.dropped_at.is_(None))


@dataclass(frozen=True, slots=True)
class Calls:
    """Every call: proposed, confirmed, moved, held or cancelled."""

    _session: StoreSession

    @property
    def telling(self) -> CallTelling:
        """Who is still to be told of what."""
        return CallTelling(self._session)

    def propose(self, call: Call) -> CallId | None:
        """Keep a date for a quarter (its id is given here); None if it has one."""
        new = self._session.insert_new(
            CallRow,
            quarter=call.quarter,
            uid=call.uid,
            title=call.title,
            starts_at=call.starts_at,
            minutes=call.minutes,
            dial_in=call.dial_in,
            agenda=call.agenda,
            organiser=call.organiser,
            sequence=call.sequence,
            version=call.version,
            proposed_at=call.proposed_at,
        )
        if not new:
            return None
        found = select(CallRow.id).where(CallRow.uid == call.uid)
        return CallId(self._session.scalars(found).one())

    def get(self, call: int) -> Call | None:
        """The call of that id."""
        return self._one(CallRow.id == call)

    def held(self, call: int) -> Call | None:
        """The call of that id, which nobody else may change until we are done."""
        wanted = select(CallRow.id).where(CallRow.id == call).with_for_update()
        self._session.execute(wanted)
        return self.get(call)

    def by_uid(self, uid: str) -> Call | None:
        """The call whose calendar entry that is."""
        return self._one(CallRow.uid == uid)

    def known(self, quarters: Iterable[str]) -> frozenset[str]:
        """Those of *quarters* for which there was a proposal, whatever became of it."""
        found = select(CallRow.quarter).where(CallRow.quarter.in_(list(quarters)))
        return frozenset(self._session.scalars(found))

    def proposed(self) -> tuple[Call, ...]:
        """Those that wait for a coordinator to confirm them, soonest first."""
        return self._some(*_ALIVE, CallRow.confirmed_at.is_(None))

    def coming(self, now: datetime) -> tuple[Call, ...]:
        """Those that are confirmed and have not begun, soonest first."""
        return self._some(
            *_ALIVE, CallRow.confirmed_at.is_not(None), CallRow.starts_at > now
        )

    def announced(self, *, since: datetime) -> tuple[Call, ...]:
        """Those members were told of, cancelled ones too, that begin after *since*."""
        return self._some(CallRow.confirmed_at.is_not(None), CallRow.starts_at > since)

    def all(self) -> tuple[Call, ...]:
        """Every call there ever was, soonest first."""
        return self._some()

    def change(self, call: CallId, **values: object) -> Call:
        """Change *call*, which is held, and raise its version; as it is then."""
        self._session.change(
            update(CallRow)
            .where(CallRow.id == call)
            .values(version=CallRow.version + 1, **values)
        )
        self._session.expire_all()
        return call_of(self._session.get_one(CallRow, call))

    def freeze(self, call: Call, *, at: datetime) -> CallVersion:
        """Keep what calendars are told of *call* from now on, once for a sequence."""
        row = CallVersionRow(
            call=call.id,
            sequence=call.sequence,
            cancelled=call.cancelled_at is not None,
            title=call.title,
            starts_at=call.starts_at,
            minutes=call.minutes,
            dial_in=call.dial_in,
            organiser=call.organiser,
            made_at=at,
        )
        self._session.add(row)
        self._session.flush()
        return version_of(row)

    def version(self, version: int) -> CallVersion | None:
        """What calendars were told, by its id."""
        row = self._session.get(CallVersionRow, version)
        return version_of(row) if row else None

    def versions(self, call: int) -> tuple[CallVersion, ...]:
        """Everything calendars were told about *call*, the latest last."""
        rows = self._session.scalars(
            select(CallVersionRow)
            .where(CallVersionRow.call == call)
            .order_by(CallVersionRow.sequence)
        )
        return tuple(map(version_of, rows))

    def latest(self, *, since: datetime) -> tuple[CallVersion, ...]:
        """The latest word on every call that begins, as told, after *since*."""
        newest = (
            select(func.max(CallVersionRow.sequence))
            .where(CallVersionRow.call == CallRow.id)
            .correlate(CallRow)
            .scalar_subquery()
        )
        rows = self._session.scalars(
            select(CallVersionRow)
            .join(CallRow, CallRow.id == CallVersionRow.call)
            .where(CallVersionRow.sequence == newest, CallRow.starts_at > since)
            .order_by(CallVersionRow.starts_at, CallVersionRow.id)
        )
        return tuple(map(version_of, rows))

    def answer(self, rsvp: Rsvp) -> None:
        """Keep what a member said about coming: their latest word counts."""
        self._session.merge(
            RsvpRow(
                call=rsvp.call,
                member=rsvp.member,
                answer=rsvp.answer.value,
                source=rsvp.source,
                at=rsvp.at,
            )
        )
        self._session.flush()

    def answer_of(self, call: int, member: MemberId) -> Rsvp | None:
        """What *member* said last."""
        row = self._session.get(RsvpRow, (call, member))
        return rsvp_of(row) if row else None

    def answers(self, call: int) -> tuple[Rsvp, ...]:
        """What everyone said last, in the order in which they said it."""
        rows = self._session.scalars(
            select(RsvpRow)
            .where(RsvpRow.call == call)
            .order_by(RsvpRow.at, RsvpRow.member)
        )
        return tuple(map(rsvp_of, rows))

    def counts(self, call: int) -> Counts:
        """How many of those who have not left said what."""
        rows = self._session.execute(
            select(RsvpRow.answer, func.count())
            .join(MemberRow, MemberRow.id == RsvpRow.member)
            .where(RsvpRow.call == call, MemberRow.left_at.is_(None))
            .group_by(RsvpRow.answer)
        )
        said = {answer: number for answer, number in rows}  # noqa: C416 - typed rows
        return Counts(
            coming=said.get(Answer.COMING, 0),
            maybe=said.get(Answer.MAYBE, 0),
            not_coming=said.get(Answer.NOT, 0),
        )

    def ask_anew(self, call: CallId) -> None:
        """The time has moved: nobody has said yet whether they come then.

        That they would have come is kept, so that they can be told at once.
        """
        mine = RsvpRow.call == call
        self._session.change(
            delete(RsvpRow).where(mine, RsvpRow.answer == Answer.NOT.value)
        )
        self._session.change(
            update(RsvpRow).where(mine).values(answer=Answer.ASKED.value)
        )
        self._session.expire_all()

    def _one(self, condition: ColumnElement[bool]) -> Call | None:
        return next(iter(self._some(condition)), None)

    def _some(self, *conditions: ColumnElement[bool]) -> tuple[Call, ...]:
        rows = self._session.scalars(
            select(CallRow)
            .where(*conditions)
            .order_by(CallRow.starts_at, CallRow.id)
            .execution_options(populate_existing=True)
        )
        return tuple(map(call_of, rows))
