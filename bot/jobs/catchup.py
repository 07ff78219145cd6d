"""When catching up is due: after a gap, and now and then in any case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Lock

import structlog

from bot.metrics import Metrics
from bot.ports import Workspace
from bot.usecases.catchup import catch_up
from bot.usecases.context import Context

EVERY = timedelta(hours=1)  #: machine time, in any case
#: Machine time, after something could not be read; doubles, up to ``EVERY``.
AGAIN = timedelta(minutes=1)

_log = structlog.get_logger(__name__)


@dataclass(eq=False, kw_only=True)
class CatchUp:
    """The job that catches up. ``run`` is called every second or so, by one process.

    Nothing happens before the first ``after_gap``, which the sockets call once they
    hear; without sockets, whoever starts the bot calls it.

    *channels* gives the ids of what is watched at that moment: the questions and
    digests channels, and every DM we have been in. DMs are read after a gap only, so
    that many members do not use up what Slack lets us read.
    """

    ctx: Context
    workspace: Workspace
    channels: Callable[[], Iterable[str]]
    metrics: Metrics | None = None
    _asked: Event = field(default_factory=Event)
    _running: Lock = field(default_factory=Lock)
    _next: datetime | None = None
    _failures: int = 0
    _gap: bool = False  #: what was missed has not all been read yet

    def after_gap(self) -> None:
        """Something may have been missed: catch up soon. Returns at once."""
        self._asked.set()

    def run(self) -> int:
        """Catch up if it is due; how many messages were found.

        A second call while one is running does nothing. What could not be read is
        tried again, after a minute at first.
        """
        if not self._running.acquire(blocking=False):
            return 0
        try:
            return self._catch_up() if self._due() else 0
        finally:
            self._running.release()

    def _due(self) -> bool:
        if self._asked.is_set():
            return True
        return self._next is not None and self.ctx.clock.machine() >= self._next

    def _catch_up(self) -> int:
        self._gap = self._gap or self._asked.is_set()
        self._asked.clear()  # a gap from now on asks for another
        self._try_again_later()  # should this one fail
        result = catch_up(self.ctx, self.workspace, self._to_read())
        if not result.unread:
            self._next = self.ctx.clock.machine() + EVERY
            self._failures, self._gap = 0, False
        if self.metrics:
            self.metrics.catch_up_messages.inc(result.found)
        _log.info("caught_up", found=result.found, unread=len(result.unread))
        return result.found

    def _try_again_later(self) -> None:
        wait = min(EVERY, AGAIN * 2 ** min(self._failures, 10))
        self._next = self.ctx.clock.machine() + wait
        self._failures += 1

    def _to_read(self) -> Iterable[str]:
        watched = self.channels()
        if self._gap:
            return watched
        return [channel for channel in watched if not channel.startswith("D")]
