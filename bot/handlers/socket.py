"""Socket Mode: several connections, kept alive, without losing what comes by them.

The client library's own connection does not notice every silence, answers on another
connection than it was asked on, and drops what it holds when it is refreshed; so the
connections are kept here, on the ``websockets`` library, and Bolt only answers.
"""

import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock, Thread, Timer
from typing import Any

import structlog
from slack_bolt import App, BoltRequest
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from bot.handlers.socket_link import Link
from bot.ports import Unreachable

OPEN_WITHIN = 10  #: seconds for a connection to be made, and to say hello
CLOSE_WITHIN = 2  #: seconds for the other side to answer a close
LINGER = 60  #: seconds that a connection is read on after Slack asked us to leave it
STAGGER = 0.5  #: seconds between two connections at the start
FIRST_WAIT = 0.5  #: seconds before connecting again; doubles with each failure
LONGEST_WAIT = 30  #: seconds
LARGEST_FRAME = 16 * 1024 * 1024  #: bytes
PEOPLE = 8  #: acts of people handled at once

_log = structlog.get_logger(__name__)


def _nothing(*_: object) -> None:
    """Nobody wants to know."""


@dataclass(eq=False, kw_only=True)
class SocketMode:
    """Keeps *connections* to Slack, each of which brings some of the events.

    A connection that has been silent for *watchdog* (no answer to a ping) is closed
    and made again. Slack refreshes each connection every few hours: the new one is
    made before the old one is let go, and the old one is read to its end.

    *on_gap* is called, from a thread of ours, whenever we hear again after a time in
    which something may have been missed: at the start, after a connection ended
    without notice, and after a time without any. It should only note that catching up
    is due. *reconnected* counts connections made again; *observe* is given the
    seconds from the arrival of each envelope to its acknowledgement.
    """

    app: App
    address: Callable[[], str]
    connections: int = 2
    watchdog: timedelta = timedelta(seconds=60)
    on_gap: Callable[[], None] = _nothing
    reconnected: Callable[[], None] = _nothing
    observe: Callable[[float], None] = _nothing
    _stopping: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _links: set[Link] = field(default_factory=set)
    _keepers: list[Thread] = field(default_factory=list)
    _missed: bool = True  #: something may have passed us by since we last heard
    _people: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(PEOPLE, "slack-people")
    )

    def start(self) -> None:
        """Begin to connect; returns at once. ``ready`` says when it has succeeded."""
        for number in range(self.connections):
            keeper = Thread(
                target=self._keep, args=(number,), name=f"socket-{number}", daemon=True
            )
            keeper.start()
            self._keepers.append(keeper)

    def ready(self) -> bool:
        """Whether at least one connection is open and greeted."""
        return self.alive() > 0

    def alive(self) -> int:
        """How many connections are open and greeted."""
        with self._lock:
            return sum(_is_alive(link) for link in self._links)

    def stop(self) -> None:
        """Take nothing more; what is in hand is finished and acknowledged first."""
        self._stopping.set()
        self._people.shutdown(wait=True)
        with self._lock:
            links = tuple(self._links)
        for link in links:
            link.close()
        for keeper in self._keepers:
            keeper.join(timeout=CLOSE_WITHIN)

    def _keep(self, number: int) -> None:
        """Hold one connection after another until told to stop."""
        self._stopping.wait(number * STAGGER)
        failures, made = 0, False
        while not self._stopping.is_set():
            link = self._connected()
            if link is None:
                self._stopping.wait(min(LONGEST_WAIT, FIRST_WAIT * 2**failures))
                failures += 1
                continue
            if made:
                self.reconnected()
            failures, made = 0, True
            link.over.wait()
            _let_go(link)

    def _connected(self) -> Link | None:
        """A new connection that has been greeted; None if it could not be had."""
        try:
            socket = self._open()
        except (Unreachable, OSError, WebSocketException) as error:
            why = str(error) if isinstance(error, Unreachable) else type(error).__name__
            _log.warning("socket_not_opened", why=why)
            return None
        link = Link(
            socket=socket,
            answer=self._answer,
            people=self._people,
            observe=self.observe,
        )
        with self._lock:
            self._links.add(link)
        Thread(
            target=self._read, args=(link,), name="socket-reader", daemon=True
        ).start()
        if link.greeted.wait(OPEN_WITHIN):
            return link
        _log.warning("socket_not_greeted")
        link.close()
        return None

    def _open(self) -> ClientConnection:
        half = self.watchdog.total_seconds() / 2
        return connect(
            self.address(),
            open_timeout=OPEN_WITHIN,
            close_timeout=CLOSE_WITHIN,
            ping_interval=half,
            ping_timeout=half,
            max_size=LARGEST_FRAME,
            compression=None,
            logger=_quiet(),
        )

    def _read(self, link: Link) -> None:
        """Read *link* to its end, and note whether something may have passed us by.

        A link that Slack asked us to leave is still read while its successor is made;
        then only a time without any link is a gap.
        """
        try:
            link.read(self._greeted)
        finally:
            expected = link.leaving.is_set()
            with self._lock:
                self._links.discard(link)
                deaf = not any(other.greeted.is_set() for other in self._links)
                self._missed = self._missed or deaf or not expected
            _log.info("socket_ended", expected=expected)
            link.over.set()

    def _greeted(self) -> None:
        with self._lock:
            missed, self._missed = self._missed, False
        _log.info("socket_open")
        if missed:
            self.on_gap()

    def _answer(
        self, payload: Mapping[str, Any], headers: Mapping[str, str]
    ) -> dict[str, Any] | None:
        """What Bolt answers; None when it was not dealt with and must come again."""
        request = BoltRequest(
            mode="socket_mode", body=dict(payload), headers=dict(headers)
        )
        response = self.app.dispatch(request)
        if response.status != 200:  # noqa: PLR2004 - as over HTTP: "received"
            return None
        return _payload(response.body)


def _let_go(link: Link) -> None:
    """Slack closes a connection that it asked us to leave; if it forgets, we do."""
    timer = Timer(LINGER, link.close)
    timer.daemon = True
    timer.start()


def _quiet() -> logging.Logger:
    """The library's own lines quote frames; ours say what happened without them."""
    logger = logging.getLogger("bot.handlers.websockets")
    logger.setLevel(logging.CRITICAL)
    return logger


def _payload(body: str | None) -> dict[str, Any]:
    if not body:
        return {}
    try:
        told = json.loads(body)
    except ValueError:
        return {"text": body}
    return told if isinstance(told, dict) else {"text": body}


def _is_alive(link: Link) -> bool:
    return link.greeted.is_set() and not link.over.is_set()
