"""The outbox as delivery sees it: take, start, record; each step under a fence."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.ports import Act, Medium, Message, Receipt
from bot.store.errors import Stale
from bot.store.outbox import drop_followers, is_owed, message_of
from bot.store.pace import Pace, Paces, Slots
from bot.store.schema.delivery import OutboxRow
from bot.store.session import StoreSession
from bot.store.wordings import Wordings

ROUNDS = 5  #: times one take looks past messages that must wait for their pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message in hand: ours until the lease ends, under the number *fence*."""

    id: int
    message: Message
    target: Receipt | None
    attempt: int  #: the number of the next try: 1 for the first
    fence: int
    since: datetime | None  #: machine: it may have gone at any moment since then
    looked: int  #: look-ups that have found no copy of it
    repeats: int  #: times it was sent again after such look-ups

    @property
    def in_doubt(self) -> bool:
        """It may stand outside already, and sending it twice would show."""
        return self.message.act is Act.POST and self.since is not None


@dataclass(frozen=True, slots=True)
class Sending:
    """Messages that are due, taken and recorded. Times are machine time unless said."""

    _session: StoreSession

    def take(
        self,
        *,
        now: datetime,
        machine_now: datetime,
        lease: timedelta,
        limit: int,
        media: Collection[Medium],
        paces: Callable[[Outgoing], Paces],
    ) -> tuple[Outgoing, ...]:
        """Up to *limit* messages due at *now* (community time), most urgent first.

        A message whose target has not gone, or whose slot holds an older one on its
        way, is left. Places under *paces* are reserved here; a message without one is
        moved to when there may be one, and this does not count as a try.
        """
        taken: list[Outgoing] = []
        for _ in range(ROUNDS):
            due = self._due(now, machine_now, limit - len(taken), media)
            taken += self._reserve(due, machine_now, lease, paces)
            if len(taken) >= limit or not due:
                break
        return tuple(taken)

    def has_due(
        self, *, now: datetime, machine_now: datetime, media: Collection[Medium]
    ) -> bool:
        """Whether a take might find something."""
        found = select(OutboxRow.id).where(_is_due(now, machine_now, media)).limit(1)
        return self._session.scalar(found) is not None

    def start(self, out: Outgoing, *, at: datetime) -> bool:
        """Note that *out* is about to leave; False where it must not any more.

        From here on a crash leaves it in doubt. False: it was withdrawn, superseded,
        or taken by another worker since.
        """
        row = OutboxRow
        was_sent = row.sending_at.is_not(None) & (row.act == Act.POST.value)
        return bool(
            self._change(
                out,
                uncertain_since=func.coalesce(row.uncertain_since, row.sending_at),
                repeats=case((was_sent, row.repeats + 1), else_=row.repeats),
                looked=0,
                attempts=row.attempts + 1,
                sending_at=at,
            )
        )

    def sent(
        self, out: Outgoing, receipt: Receipt, *, at: datetime, machine_at: datetime
    ) -> None:
        """Record that *out* went, at *at* in community time.

        Raises:
            Stale: another worker has recorded it, or has it by now.
        """
        self._must_change(
            out,
            sent_at=at,
            sent_machine_at=machine_at,
            channel=receipt.channel,
            ts=receipt.ts,
            sending_at=None,
            last_error=None,
        )

    def look_again(self, out: Outgoing, *, until: datetime) -> None:
        """It was looked for and not found: look again, or send it, at *until*.

        Raises:
            Stale: another worker has it by now.
        """
        self._must_change(out, looked=OutboxRow.looked + 1, try_at=until)

    def doubt(self, out: Outgoing, *, until: datetime, error: str) -> None:
        """It may have gone: look for it at *until*, before anything else.

        Raises:
            Stale: another worker has it by now.
        """
        self._must_change(out, try_at=until, last_error=error)

    def postpone(
        self, out: Outgoing, *, until: datetime, error: str, counts: bool = True
    ) -> None:
        """It did not go: send it no earlier than *until*.

        *counts* is False where the other side only asked for patience.

        Raises:
            Stale: another worker has it by now.
        """
        attempts = OutboxRow.attempts if counts else OutboxRow.attempts - 1
        self._must_change(
            out, try_at=until, sending_at=None, attempts=attempts, last_error=error
        )

    def park(self, out: Outgoing, *, at: datetime, error: str, in_doubt: bool) -> None:
        """Set the message aside for a coordinator, with its followers withdrawn.

        *in_doubt*: it may stand outside all the same, which a replay must know.

        Raises:
            Stale: another worker has it by now.
        """
        sending_at = OutboxRow.sending_at if in_doubt else None
        self._must_change(out, parked_at=at, sending_at=sending_at, last_error=error)
        drop_followers(self._session, out.message.key, at=at)

    def give_back(self, out: Outgoing) -> None:
        """Let others take it at once: nothing was tried."""
        self._change(out, try_at=None)

    def _due(
        self,
        now: datetime,
        machine_now: datetime,
        limit: int,
        media: Collection[Medium],
    ) -> Sequence[tuple[OutboxRow, str | None, str | None]]:
        target = _TARGET
        rows = self._session.execute(
            select(OutboxRow, target.channel, target.ts)
            .outerjoin(target, target.key == OutboxRow.target)
            .where(
                _is_due(now, machine_now, media),
            )
            .order_by(OutboxRow.priority, OutboxRow.due_at, OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=OutboxRow)
            .execution_options(populate_existing=True)
        )
        return [(row, channel, ts) for row, channel, ts in rows]

    def _reserve(
        self,
        due: Sequence[tuple[OutboxRow, str | None, str | None]],
        machine_now: datetime,
        lease: timedelta,
        paces: Callable[[Outgoing], Paces],
    ) -> Iterator[Outgoing]:
        found = [
            (row, _outgoing(row, self._words(row), channel, ts))
            for row, channel, ts in due
        ]
        wanted = {out.id: tuple(paces(out)) for _, out in found}
        names = [name for pace in wanted.values() for name, _ in pace]
        slots = (
            Pace(self._session).open(names, now=machine_now)
            if names
            else Slots({}, machine_now)
        )
        for row, out in found:
            wait_until = slots.reserve(wanted[out.id])
            row.try_at = wait_until or machine_now + lease
            if wait_until is None:
                row.fence += 1
                yield out
        self._session.flush()

    def _words(self, row: OutboxRow) -> Message:
        """The message of *row*, with the words that it shares with others."""
        message = message_of(row)
        if row.wording is None:
            return message
        shared = Wordings(self._session).get(row.wording)
        return replace(message, body={**shared, **message.body})

    def _change(self, out: Outgoing, **values: object) -> int:
        return self._session.change(
            update(OutboxRow)
            .where(
                OutboxRow.id == out.id,
                OutboxRow.fence == out.fence,
                is_owed(OutboxRow),
            )
            .values(**values)
        )

    def _must_change(self, out: Outgoing, **values: object) -> None:
        if not self._change(out, **values):
            raise Stale


# Statements are put together once: doing so costs more than running them.
_TARGET, _GONE, _OLDER = (aliased(OutboxRow) for _ in range(3))
_TARGET_HAS_GONE = (
    select(_GONE.id)
    .where(_GONE.key == OutboxRow.target, _GONE.ts.is_not(None))
    .exists()
)
_SLOT_IS_BUSY = (
    select(_OLDER.id)
    .where(_OLDER.slot == OutboxRow.slot, _OLDER.id < OutboxRow.id, is_owed(_OLDER))
    .exists()
)
_IN_TURN = and_(
    is_owed(OutboxRow),
    or_(OutboxRow.target.is_(None), _TARGET_HAS_GONE),
    or_(OutboxRow.slot.is_(None), ~_SLOT_IS_BUSY),
)


def _is_due(
    now: datetime, machine_now: datetime, media: Collection[Medium]
) -> ColumnElement[bool]:
    return and_(
        OutboxRow.medium.in_([medium.value for medium in media]),
        OutboxRow.due_at <= now,
        or_(OutboxRow.try_at.is_(None), OutboxRow.try_at <= machine_now),
        _IN_TURN,
    )


def _outgoing(
    row: OutboxRow, message: Message, channel: str | None, ts: str | None
) -> Outgoing:
    since = (row.uncertain_since or row.sending_at) if row.sending_at else None
    return Outgoing(
        id=row.id,
        message=message,
        target=Receipt(channel=channel, ts=ts) if channel and ts else None,
        attempt=row.attempts + 1,
        fence=row.fence + 1,
        since=since,
        looked=row.looked,
        repeats=row.repeats,
    )
