"""The Slack door, tested on Bolt itself and over real sockets."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic, sleep

import pytest

from bot.gateways.clock import SystemClock
from bot.handlers.intake import letterbox
from bot.handlers.registry import Door
from bot.handlers.slack_app import slack_app
from bot.handlers.socket import SocketMode
from bot.simulator.player import Player
from bot.store import connect
from bot.usecases import intake
from bot.usecases.context import Context
from tests.slack_play import COMMUNITY, Play, playing

SIGNING_SECRET = "simulator-signing-secret"  # noqa: S105 - opens nothing but a play


@pytest.fixture
def store(sqlite_url):
    """An open store in a file of its own."""
    store = connect(sqlite_url)
    yield store
    store.close()


@pytest.fixture
def ctx(store):
    """What use cases are given."""
    return Context(begin=store, clock=SystemClock(), community=COMMUNITY)


@pytest.fixture(scope="module")
def _server():
    with playing() as server:
        yield server


@pytest.fixture
def slack(_server):
    """The Slack in play; it works again after each test."""
    player = Player(_server.url)
    yield Play(_server, player)
    player.do("clear")


@dataclass
class Bot:
    """The door of a bot, on a store, towards a Slack."""

    ctx: Context
    slack: Play
    full: bool = False  #: the disk is full: nothing can be kept
    pause: float = 0  #: seconds that keeping takes
    counted: Counter = field(default_factory=Counter)
    gaps: list = field(default_factory=list)
    reconnects: list = field(default_factory=list)
    waits: list = field(default_factory=list)
    sockets: SocketMode | None = None

    def __post_init__(self):
        self.door = Door(self.slack.forms)

    def receive(self, **event):
        if self.full:
            raise OSError("No space left on device")
        sleep(self.pause)
        return intake.receive(self.ctx, **event)

    def app(self, signing_secret=None):
        """Bolt, as the bot runs it."""
        return slack_app(
            client=self.slack.sending,
            letterbox=letterbox(self.receive, self._count),
            door=self.door,
            signing_secret=signing_secret,
        )

    def connect(self, *, connections=2, watchdog=60.0):
        """Open the sockets and wait until they are all greeted."""
        self.sockets = SocketMode(
            app=self.app(),
            address=self.slack.address,
            connections=connections,
            watchdog=timedelta(seconds=watchdog),
            on_gap=lambda: self.gaps.append(None),
            reconnected=lambda: self.reconnects.append(None),
            observe=self.waits.append,
        )
        self.sockets.start()
        until(lambda: self.sockets.alive() == connections)

    def taken(self):
        """What is in the inbox, oldest first; it is left there.

        Not to be asked again and again: what is taken often is then taken alone.
        """
        now = self.ctx.clock.machine()
        with self.ctx.begin() as tx:
            return tx.inbox.take(now=now, lease=timedelta(0), limit=1000)

    def kept(self):
        return [one.body for one in self.taken()]

    def kept_ids(self):
        return [one.event_id for one in self.taken()]

    def heard(self):
        """The texts of the messages in the inbox."""
        return [one.get("text") for one in self.kept() if one["type"] == "message"]

    def _count(self, kind, kept):
        self.counted[kind, kept] += 1


def until(holds, seconds=8.0):
    """Wait until *holds*; fail if it never does."""
    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, "it never came to hold"
        sleep(0.01)


@pytest.fixture
def bot(ctx, slack):
    """The door of a bot; its sockets are closed afterwards."""
    bot = Bot(ctx, slack)
    yield bot
    if bot.sockets:
        bot.sockets.stop()
        until(lambda: not slack.player.do("sockets")["sockets"])
