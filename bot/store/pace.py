"""Rate limits, kept in the database so that every process keeps them together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from bot.store.schema.delivery import PaceRow
from bot.store.session import StoreSession

BURST = 3  #: how many may follow one another at once after a rest

Paces = Sequence[tuple[str, timedelta]]  #: rate limits: a name, the pause after each


@dataclass(frozen=True, slots=True)
class Pace:
    """Every rate limit in use. All its times are machine time."""

    _session: StoreSession

    def open(self, names: Iterable[str], *, now: datetime) -> "Slots":
        """The limits *names*, ours alone until the transaction ends."""
        wanted = sorted(set(names))
        for name in wanted:
            self._session.insert_new(PaceRow, name=name, next_at=now)
        rows = self._session.scalars(
            select(PaceRow)
            .where(PaceRow.name.in_(wanted))
            .order_by(PaceRow.name)  # the same order everywhere, so nobody deadlocks
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return Slots({row.name: row for row in rows}, now)

    def hold(self, names: Iterable[str], *, until: datetime, now: datetime) -> None:
        """Let nothing under *names* go before *until*; a longer silence stays."""
        for name in sorted(set(names)):
            self._session.insert_new(PaceRow, name=name, next_at=now)
            self._session.change(
                update(PaceRow)
                .where(
                    PaceRow.name == name,
                    or_(PaceRow.held_until.is_(None), PaceRow.held_until < until),
                )
                .values(held_until=until)
            )


@dataclass(frozen=True, slots=True)
class Slots:
    """Places under rate limits, given out one by one.

    An even flow with a little slack (the generic cell rate algorithm): ``next_at``
    runs ahead of the clock by one pause a message, at most by ``BURST`` pauses.
    """

    _rows: Mapping[str, PaceRow]
    _now: datetime
    _behind: Counter[str] = field(default_factory=Counter)

    def reserve(self, paces: Paces) -> datetime | None:
        """Take a place under every one of *paces*, or say when to ask again.

        Those who are turned away together are sent to one moment each, so that they do
        not all come back at the same one.
        """
        if all(self._free(*pace) <= self._now for pace in paces):
            for name, pause in paces:
                row = self._rows[name]
                row.next_at = max(row.next_at, self._now) + pause
            return None
        again = max(
            self._free(*pace) + self._behind[pace[0]] * pace[1] for pace in paces
        )
        self._behind.update(name for name, _ in paces)
        return again

    def _free(self, name: str, pause: timedelta) -> datetime:
        row = self._rows[name]
        slack = row.next_at - (BURST - 1) * pause
        return max(slack, row.held_until or slack)
