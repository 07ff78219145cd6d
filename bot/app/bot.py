"""The running bot: its parts, and how they start and stop."""

import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from threading import Event
from typing import Any

import structlog

from bot.app.hearing import Hearing, by_requests, by_sockets
from bot.app.parts import context, mail, open_store, orient, slack
from bot.app.reactions import all_events, reactions
from bot.app.servers import servers
from bot.domain.community import Community
from bot.jobs.calls import LookAfterCalls
from bot.jobs.catchup import CatchUp
from bot.jobs.digests import look_after_digests
from bot.jobs.editions import look_after_editions
from bot.jobs.housekeeping import look_after_house
from bot.jobs.inbox import handle_inbox
from bot.jobs.members import KnowMembers
from bot.jobs.outbox import deliver_outbox, remove_copies
from bot.jobs.pulse import Pulse
from bot.jobs.questions import look_after_questions
from bot.jobs.schedule import Job, Scheduler
from bot.metrics import Metrics
from bot.ports import Gateways, Medium, Unreachable
from bot.settings import Settings
from bot.store import Store
from bot.usecases import backlog
from bot.usecases.context import Context
from bot.usecases.lapses import begin_anew
from bot.web.health import Vitals

HOURLY = timedelta(hours=1)

_log = structlog.get_logger(__name__)


def run(settings: Settings, community: Community, *, http: bool = False) -> None:
    """Run the bot until it is told to stop (SIGTERM, SIGINT).

    With *http* Slack's events come by signed requests, and no socket is opened. When
    it stops, what is in hand is finished or given back.

    Raises:
        StoreUnavailable, ShutOut, CannotListen: it cannot start; the advice says why.
    """
    stopping = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    store = open_store(settings)
    try:
        Bot(settings, community, store, stopping, http=http).run()
    finally:
        store.close()
    _log.info("stopped")


@dataclass(eq=False)
class Bot:
    """The running bot: the parts that live as long as the process."""

    settings: Settings
    community: Community
    store: Store
    stopping: Event
    http: bool = False  #: Slack comes by requests, not by sockets
    metrics: Metrics = field(default_factory=Metrics)
    pulse: Pulse = field(default_factory=Pulse)

    def __post_init__(self) -> None:
        self.ctx = context(self.settings, self.community, self.store)
        self.parts = slack(self.settings)
        self.post = Gateways({Medium.SLACK: self.parts.gateway})
        self.mail = mail(self.settings)
        self.reactions = reactions()
        self.catch_up = CatchUp(
            ctx=self.ctx,
            workspace=self.parts.workspace,
            channels=partial(_watched, self.ctx),
            metrics=self.metrics,
        )
        hear = by_requests if self.http else by_sockets
        self.hearing: Hearing = hear(
            self.settings,
            self.ctx,
            self.parts,
            metrics=self.metrics,
            on_gap=self.catch_up.after_gap,
        )

    def run(self) -> None:
        """Start every part, wait to be told to stop, and stop in good order."""
        self.metrics.watch_queues(partial(backlog.lengths, self.ctx))
        with ExitStack() as opened:
            for server in servers(
                self.settings, self.ctx, self._vitals(), self.hearing
            ):
                server.start()
                opened.callback(server.stop)
            self._orient()
            if not self.stopping.is_set():
                self._work()

    def _work(self) -> None:
        begin_anew(self.ctx)
        scheduler = Scheduler(self._jobs(), self.metrics)
        self.hearing.start()
        scheduler.start()
        _log.info("started", bot_user=self.ctx.places.bot_user)
        try:
            self.stopping.wait()
        finally:
            _log.info("stopping")
            self.hearing.stop()  # nothing more comes in
            scheduler.stop()  # what is in hand is finished or given back
            if self.mail:
                self.mail.close()

    def _orient(self) -> None:
        """Wait for Slack: a bot that starts before the network does need not die."""
        wait = 1.0  #: seconds
        while not self.stopping.is_set():
            try:
                orient(self.ctx, self.parts)
            except Unreachable as error:
                _log.warning("slack_not_reached", why=str(error), again_in=wait)
                self.stopping.wait(wait)
                wait = min(60.0, wait * 2)
            else:
                return

    def _jobs(self) -> Sequence[Job]:
        ctx, tick = self.ctx, self.settings.tick
        stop, metrics, ways = self.stopping.is_set, self.metrics, self.post
        known = KnowMembers(ctx=ctx, workspace=self.parts.workspace)
        events: Callable[[], int] = partial(
            handle_inbox, ctx, all_events(self.reactions), metrics, stop
        )
        runs: Mapping[str, tuple[timedelta, Callable[[], int]]] = {
            "inbox": (tick, events),
            "outbox": (
                tick,
                partial(deliver_outbox, ctx, ways, self.reactions, metrics, stop),
            ),
            "members": (tick, known.run),
            "questions": (tick, partial(look_after_questions, ctx)),
            "editions": (tick, partial(look_after_editions, ctx)),
            "digests": (
                tick,
                partial(look_after_digests, ctx, self.parts.workspace),
            ),
            "calls": (tick, LookAfterCalls(ctx=ctx, stopping=stop).run),
            "catch_up": (tick, self.catch_up.run),
            "copies": (tick, partial(remove_copies, ctx, ways, metrics)),
            "housekeeping": (
                HOURLY,
                partial(look_after_house, ctx, self.settings.inbox_keep_days),
            ),
        }
        return [
            Job(name=name, every=every, run=self.pulse.watch(name, run))
            for name, (every, run) in {**runs, **self._letters()}.items()
        ]

    def _letters(self) -> Mapping[str, tuple[timedelta, Callable[[], int]]]:
        """Letters have a job of their own: a slow mail server holds nobody else up."""
        if self.mail is None:
            return {}
        by_mail = Gateways({Medium.MAIL: self.mail})
        stop, metrics = self.stopping.is_set, self.metrics
        send = partial(deliver_outbox, self.ctx, by_mail, self.reactions, metrics, stop)
        return {"letters": (self.settings.tick, send)}

    def _vitals(self) -> Vitals:
        return Vitals(
            checks={"database": self._database_answers, "slack": self.hearing.ready},
            status=self._status,
            metrics=self.metrics.page,
            owed=partial(backlog.account, self.ctx),
        )

    def _database_answers(self) -> bool:
        with self.store.read() as tx:
            tx.cursors.get("")
        return True

    def _status(self) -> Mapping[str, Any]:
        return {
            "community_time": self.ctx.now().isoformat(),
            "connected": self.hearing.alive(),
            "queues": backlog.lengths(self.ctx),
            "due": backlog.due(self.ctx),
            "rounds": self.pulse.rounds(),
            "idle": self.pulse.idle(),
            "quiet": self.pulse.quiet(),
        }


def _watched(ctx: Context) -> tuple[str, ...]:
    with ctx.begin.read() as tx:
        private = tx.outbox.direct_channels()
    return (ctx.places.questions, ctx.places.digests, *private)
