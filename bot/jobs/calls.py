"""Calls, as time passes: proposed, told to everyone, reminded of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calls import VersionId
from bot.usecases.call_cadence import propose_due, remind, tell, to_tell
from bot.usecases.context import Context

#: Community time between two searches for newcomers whom nobody has told of a call.
#: What calendars are told anew is told at the next tick.
EVERY = timedelta(hours=1)
BATCHES = 20  #: before the job yields, so that one run stays short


@dataclass(eq=False, kw_only=True)
class LookAfterCalls:
    """The job that looks after calls. ``run`` is called every second or two."""

    ctx: Context
    stopping: Callable[[], bool] = lambda: False
    _proposed: date | None = None  #: the day for which proposals have been looked at
    _told: frozenset[VersionId] = frozenset()  #: everyone has been told of these
    _again: datetime | None = None

    def run(self) -> int:
        """Everything about calls that is due now; how much was done."""
        done, versions = self._propose(), to_tell(self.ctx)
        if not versions:
            return done  # no call is to come
        return done + self._tell(versions) + remind(self.ctx)

    def _propose(self) -> int:
        """Once a day, and at every start."""
        today = self.ctx.community.almanac.local(self.ctx.now()).date()
        if self._proposed == today:
            return 0
        done = propose_due(self.ctx)
        self._proposed = today
        return done

    def _tell(self, versions: Sequence[VersionId]) -> int:
        now = self.ctx.now()
        if self._again is None or now >= self._again:
            self._told, self._again = frozenset(), now + EVERY
        untold = [version for version in versions if version not in self._told]
        return sum(map(self._tell_everyone, untold))

    def _tell_everyone(self, version: VersionId) -> int:
        """Tell those who are left, batch by batch, until nobody is or it is enough."""
        done = 0
        for _ in range(BATCHES):
            told = tell(self.ctx, version)
            done += told
            if not told:
                self._told |= {version}
            if not told or self.stopping():
                break
        return done
