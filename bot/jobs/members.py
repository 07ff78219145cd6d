"""Members, as time passes: brought up to date, and newcomers met."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.ports import Person, Unreachable, Workspace
from bot.usecases import members
from bot.usecases.context import Context

EVERY = timedelta(hours=6)  #: machine time between two readings of the workspace
AGAIN = timedelta(minutes=5)  #: machine time, after one that failed

_log = structlog.get_logger(__name__)


@dataclass(eq=False, kw_only=True)
class KnowMembers:
    """The job that knows who is in the community. ``run`` is called every second."""

    ctx: Context
    workspace: Workspace
    _next: datetime | None = None

    def run(self) -> int:
        """Meet those who joined, and read the workspace where it is due; how many."""
        try:
            return self._sync() + self._meet()
        except Unreachable as error:
            self._next = self.ctx.clock.machine() + AGAIN
            _log.warning("members_not_read", why=str(error))
            return 0

    def _sync(self) -> int:
        now = self.ctx.clock.machine()
        if self._next is not None and now < self._next:
            return 0
        here = frozenset(self.workspace.members(self.ctx.places.questions))
        new = members.sync(self.ctx, self.workspace.people(), here)
        self._next = now + EVERY
        _log.info("members_read", new=new, in_channel=len(here))
        return new

    def _meet(self) -> int:
        waiting = members.unmet(self.ctx)
        for user in waiting:
            person = self.workspace.person(user)
            # Slack knows nobody of that id any more: there is nobody to meet.
            members.meet(self.ctx, person or Person(id=user, name="", gone=True))
        return len(waiting)
