"""One Socket Mode connection: envelopes in, acknowledgements out."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any

import structlog
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

_log = structlog.get_logger(__name__)

#: What Slack is told about one envelope's payload; None is told nothing, so that it
#: sends the envelope again. The headers say how often it was sent before.
Answer = Callable[[Mapping[str, Any], Mapping[str, str]], dict[str, Any] | None]


@dataclass(eq=False, kw_only=True)
class Link:
    """Reads one WebSocket until it ends; acknowledges on the same one.

    Events are handled one after another, so that they are kept in the order in which
    Slack sent them; what people press is handled beside them by *people*.
    """

    socket: ClientConnection
    answer: Answer
    people: Executor
    observe: Callable[[float], None]  #: seconds from arrival to acknowledgement
    greeted: Event = field(default_factory=Event)
    leaving: Event = field(default_factory=Event)  #: Slack asked us to come back anew
    over: Event = field(default_factory=Event)  #: asked to leave, or it has ended
    _events: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, "slack-events")
    )

    def read(self, on_hello: Callable[[], None]) -> None:
        """Take frames until the connection ends, from whichever side; then close it."""
        with self.socket:
            try:
                for frame in self.socket:
                    self._take(frame, on_hello)
            except ConnectionClosed:
                pass  # the keeper sees by `leaving` whether this was expected
            except RuntimeError:
                _log.info("socket_left")  # stopping: nobody takes anything on any more
            finally:
                self._events.shutdown(wait=True)

    def close(self) -> None:
        """Finish what is in hand, acknowledge it, and close."""
        self._events.shutdown(wait=True)
        self.socket.close()

    def _take(self, frame: str | bytes, on_hello: Callable[[], None]) -> None:
        envelope = _parsed(frame)
        kind = envelope.get("type")
        if kind == "hello":
            self.greeted.set()
            on_hello()
        elif kind == "disconnect":
            self.leaving.set()
            self.over.set()
        elif envelope.get("envelope_id"):
            self._hand_on(envelope, monotonic())

    def _hand_on(self, envelope: Mapping[str, Any], arrived: float) -> None:
        events = envelope.get("type") == "events_api"
        hands = self._events if events else self.people
        hands.submit(self._deal_with, envelope, arrived).add_done_callback(_note)

    def _deal_with(self, envelope: Mapping[str, Any], arrived: float) -> None:
        told = self.answer(envelope.get("payload") or {}, _retry_headers(envelope))
        if told is None:
            return  # not acknowledged: Slack sends it again
        ack: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
        if told:
            ack["payload"] = told
        try:
            self.socket.send(json.dumps(ack))
        except ConnectionClosed:
            _log.info("not_acknowledged", why="the connection has closed")
        else:
            self.observe(monotonic() - arrived)


def _note(future: Future[None]) -> None:
    """Whatever went wrong, the envelope was not acknowledged and will come again."""
    error = future.exception() if not future.cancelled() else None
    if error is not None:
        _log.error("envelope_failed", why=type(error).__name__)


def _parsed(frame: str | bytes) -> dict[str, Any]:
    try:
        envelope = json.loads(frame)
    except ValueError:
        _log.warning("frame_not_read")
        return {}
    return envelope if isinstance(envelope, dict) else {}


def _retry_headers(envelope: Mapping[str, Any]) -> dict[str, str]:
    """The same words as over HTTP, so that the rest need not know the difference."""
    headers = {}
    if envelope.get("retry_attempt") is not None:
        headers["x-slack-retry-num"] = str(envelope["retry_attempt"])
    if envelope.get("retry_reason"):
        headers["x-slack-retry-reason"] = str(envelope["retry_reason"])
    return headers
