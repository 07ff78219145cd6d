"""A post room to tell stories about: the store, a clock we move, and a way out."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Channels, Community
from bot.domain.deadlines import Deadlines
from bot.domain.times import Almanac
from bot.metrics import Metrics
from bot.ports import Act, Gateways, Medium, Message, NotSent, Receipt
from bot.usecases.context import Context
from bot.usecases.copies import recheck_due
from bot.usecases.delivery import Reactions, deliver_due

MORNING = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
COMMUNITY = Community(
    name="Colleagues",
    about="people who ask one another",
    channels=Channels(questions="questions", digests="digests"),
    topics=(),
    regions=(),
    roles={},
    deadlines=Deadlines(almanac=Almanac(zone=ZoneInfo("Europe/London"))),
)


class Killed(BaseException):
    """The process is gone."""


@dataclass
class HandMovedClock:
    """Both clocks; they move when we move them."""

    machine_now: datetime = MORNING

    def now(self):
        return self.machine_now

    def machine(self):
        return self.machine_now

    def community_time_of(self, machine):
        return machine


@dataclass
class Outside:
    """A Slack and a mail server: what people see, and how the next sends go wrong."""

    clock: HandMovedClock
    pause: timedelta = timedelta(0)
    standing: dict = field(default_factory=dict)  # ts -> message
    late: list = field(default_factory=list)  # when and what: not visible yet
    faults: list = field(default_factory=list)
    fatal: set = field(default_factory=set)  # keys that kill whoever sends them
    attempts: list = field(default_factory=list)
    looks: list = field(default_factory=list)
    number: int = 0
    open: int = 0  # transactions open in the process that calls us

    def send(self, message, target):
        assert not self.open, "a gateway was called inside a transaction"
        self.attempts.append((message.key, target))
        if message.key in self.fatal:
            raise Killed
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            return fault(self, message)
        return self.accept(message)

    def accept(self, message):
        self.number += 1
        receipt = Receipt(channel=message.to, ts=f"{self.number}.0")
        if message.act is Act.POST:
            self.standing[receipt.ts] = message
        return receipt

    def find(self, message, target, *, since):  # noqa: ARG002 - the port's signature
        assert not self.open, "a gateway was called inside a transaction"
        self.looks.append(message.key)
        fault = self.faults.pop(0) if self.faults else None
        if fault in {killed_before, killed_after}:
            raise Killed
        if fault is broke:
            raise ZeroDivisionError
        if fault:
            raise NotSent("connection refused")  # a look-up posts nothing
        assert since <= self.clock.machine()
        return tuple(
            Receipt(channel=copy.to, ts=ts)
            for ts, copy in sorted(self.standing.items(), key=lambda one: float(one[0]))
            if copy.key == message.key
        )

    def remove(self, receipt):
        del self.standing[receipt.ts]

    def paces(self, message):
        return (("post:" + message.to, self.pause),)

    def seen(self):
        """How many copies of each message stand."""
        return Counter(message.key for message in self.standing.values())

    def arrive(self, *, sent_by=None):
        """What was slow has come by now; only what was sent by *sent_by*, if given."""
        come = [one for one in self.late if sent_by is None or one[0] <= sent_by]
        self.late = [one for one in self.late if one not in come]
        for _, message in come:
            self.accept(message)


def killed_before(_outside, _message):
    """The process dies before the message left."""
    raise Killed


def killed_after(outside, message):
    """The process dies after the message arrived."""
    outside.accept(message)
    raise Killed


def timed_out_before(_outside, _message):
    """No answer, and nothing arrived."""
    raise NotSent("timeout", uncertain=True)


def timed_out_after(outside, message):
    """No answer, although it arrived."""
    outside.accept(message)
    raise NotSent("timeout", uncertain=True)


def arrives_late(outside, message):
    """No answer; it will stand outside some time later."""
    outside.late.append((outside.clock.machine(), message))
    raise NotSent("timeout", uncertain=True)


def broke(outside, message):
    """The gateway itself fails, after the message arrived."""
    outside.accept(message)
    raise ZeroDivisionError


def down(_outside, _message):
    """Nothing can be reached."""
    raise NotSent("connection refused")


def refused(_outside, _message):
    """It can never go."""
    raise NotSent("channel_not_found", permanent=True)


def limited(seconds):
    """Slack asks for patience."""

    def fault(_outside, _message):
        raise NotSent("ratelimited", retry_after=timedelta(seconds=seconds))

    return fault


class Watched:
    """A store's way in that notices open transactions, and dies with its process."""

    def __init__(self, store, outside):
        self._store = store
        self._outside = outside
        self.dead = False
        self.counts = True  # not where several threads share one outside

    @contextmanager
    def __call__(self):
        if self.dead:
            raise Killed
        self._outside.open += self.counts
        try:
            with self._store() as tx:
                yield tx
        finally:
            self._outside.open -= self.counts

    @contextmanager
    def read(self):
        with self._store.read() as tx:
            yield tx


class Process:
    """One bot process: it can die, and another can be started on the same store."""

    def __init__(self, store, clock, outside, *, mail=True):
        self.begin = Watched(store, outside)
        self.ctx = Context(begin=self.begin, clock=clock, community=COMMUNITY)
        self.outside = outside
        media = {Medium.SLACK: outside}
        self.gateways = Gateways(media | ({Medium.MAIL: outside} if mail else {}))
        self.metrics = Metrics()
        self.reactions = Reactions()

    def delivers(self, *, limit=20, stopping=lambda: False):
        try:
            return deliver_due(
                self.ctx,
                self.gateways,
                limit=limit,
                reactions=self.reactions,
                metrics=self.metrics,
                stopping=stopping,
            )
        except Killed:
            self.begin.dead = True
            return 0

    def rechecks(self):
        try:
            return recheck_due(self.ctx, self.gateways, metrics=self.metrics)
        except Killed:
            self.begin.dead = True
            return 0

    def counted(self, name):
        return self.metrics.registry.get_sample_value(f"convenor_{name}_total")


class PostRoom:
    """Everything together."""

    def __init__(self, store):
        self.store = store
        self.clock = HandMovedClock()
        self.outside = Outside(self.clock)
        self.bot = self.another()

    def another(self, store=None):
        """Start one more process."""
        return Process(store or self.store, self.clock, self.outside)

    def restart(self):
        """The process that died is started again."""
        self.bot = self.another()

    def owe(self, key="invite:1:U1", *, due_in=timedelta(0), **more):
        message = Message(key=key, **({"to": "D1", "body": {"text": key}} | more))
        with self.store() as tx:
            return tx.outbox.owe(message, due_at=self.clock.now() + due_in)

    def withdraw(self, key):
        with self.store() as tx:
            return tx.outbox.withdraw(key, at=self.clock.now())

    def receipt(self, key="invite:1:U1"):
        with self.store.read() as tx:
            return tx.outbox.receipt(key)

    def parked(self):
        with self.store.read() as tx:
            return {
                waiting.key: waiting.error
                for waiting in tx.backlog.messages(parked=True, limit=100)
            }

    def owed(self):
        with self.store.read() as tx:
            return [owed.message.key for owed in tx.outbox.owed()]

    def time_passes(self, **span):
        self.clock.machine_now += timedelta(**span)

    def settles(self):
        """Let the present process work until nothing is owed, nor to be rechecked."""
        for _ in range(60):
            self.outside.arrive()
            self.bot.delivers()
            self.bot.rechecks()
            self.time_passes(seconds=30)
            if not self.owed():
                break
        for _ in range(3):
            self.bot.rechecks()
            self.time_passes(minutes=3)

    def runs(self, *, minutes=10, step=1.0):
        """Let the present process work for a while, second by second."""
        for _ in range(int(minutes * 60 / step)):
            self.bot.delivers()
            self.bot.rechecks()
            self.time_passes(seconds=step)
