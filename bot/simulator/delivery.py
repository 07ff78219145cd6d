"""Deliveries to the app: to one connection each, and again until acknowledged.

Events are sent up to four times: at once, then after each of `retry_delays`. What a
person waits on (commands, buttons, forms) is sent once, as on Slack, unless its
connection drops before answering.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.simulator.errors import Json
from bot.simulator.identifiers import new_id
from bot.simulator.transcript import Transcript

#: Seconds within which a delivery must be acknowledged.
ACK_WITHIN = 3.0
#: Seconds before each of Slack's three redeliveries.
RETRY_DELAYS = (0.0, 60.0, 300.0)
EVENTS = "events_api"


@dataclass(eq=False)
class Envelope:
    """One delivery and how it fares."""

    type: str
    payload: Json
    id: str = field(default_factory=lambda: new_id("E") + "-" + new_id(""))
    attempt: int = 0
    reason: str = ""
    connection: str | None = None
    #: What the app answered, once it has; None in it means it never did.
    answer: "asyncio.Future[Json | None] | None" = None
    timer: asyncio.TimerHandle | None = None

    @property
    def label(self) -> Json:
        """What the transcript calls it."""
        event = self.payload.get("event") or {}
        return {
            "type": self.type,
            "event_id": self.payload.get("event_id"),
            "event": event.get("type") or self.payload.get("type"),
            "subtype": event.get("subtype"),
            "envelope_id": self.id,
            "attempt": self.attempt,
        }

    def frame(self) -> str:
        """Write the envelope as it goes down a socket."""
        body: Json = {
            "envelope_id": self.id,
            "payload": self.payload,
            "type": self.type,
            "accepts_response_payload": self.type != EVENTS,
        }
        if self.type == EVENTS:
            body |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return json.dumps(body, ensure_ascii=False)


class Way(Protocol):
    """One open connection to the app."""

    @property
    def id(self) -> str:
        """Its name in the transcript."""
        ...

    def deliver(self, envelope: Envelope) -> None:
        """Send without waiting; the answer comes by `Delivery.acked`."""
        ...


@dataclass(eq=False)
class Delivery:
    """Everything sent to the app and not yet acknowledged."""

    transcript: Transcript
    ack_within: float = ACK_WITHIN
    retry_delays: tuple[float, ...] = RETRY_DELAYS
    ways: list[Way] = field(default_factory=list)
    waiting: dict[str, Envelope] = field(default_factory=dict)
    #: Whether the app takes its deliveries over HTTP.
    closed_to_sockets: bool = False
    _turn: int = 0

    @property
    def quiet(self) -> bool:
        """Whether nothing is unacknowledged or queued."""
        return not self.waiting

    def dispatch(self, kind: str, payload: Json) -> Envelope:
        """Send *payload*; its envelope tells how it went."""
        envelope = Envelope(kind, payload)
        if kind != EVENTS:
            envelope.answer = asyncio.get_running_loop().create_future()
        self._attempt(envelope)
        return envelope

    def _attempt(self, envelope: Envelope) -> None:
        self.waiting[envelope.id] = envelope
        if not self.ways:
            self._failed(envelope, "no_connection")
            return
        way = self.ways[self._turn % len(self.ways)]
        self._turn += 1
        envelope.connection = way.id
        self.transcript.note("sent", **envelope.label, connection=way.id)
        self._after(self.ack_within, envelope, self._timed_out)
        way.deliver(envelope)

    def _after(
        self, delay: float, envelope: Envelope, act: Callable[[Envelope], None]
    ) -> None:
        if envelope.timer:
            envelope.timer.cancel()
        loop = asyncio.get_running_loop()
        envelope.timer = loop.call_later(delay, act, envelope)

    def _timed_out(self, envelope: Envelope) -> None:
        self._failed(envelope, "timeout")

    def acked(self, envelope_id: str, answer: Json | None, connection: str) -> None:
        """Take an acknowledgement; one that comes too late changes nothing."""
        envelope = self.waiting.get(envelope_id)
        if envelope is None or envelope.connection is None:
            about = {"envelope_id": envelope_id, "connection": connection}
            self.transcript.note("late_ack", **about)
            return
        self._settle(envelope, answer or {})
        self.transcript.note("acked", **envelope.label, connection=connection)

    def refused(self, envelope_id: str, reason: str, *, again: bool = True) -> None:
        """Take it that the app would not have a delivery, or never again."""
        envelope = self.waiting.get(envelope_id)
        if envelope is None:
            return
        if not again:
            envelope.attempt = len(self.retry_delays)
        self._failed(envelope, reason)

    def _settle(self, envelope: Envelope, answer: Json | None) -> None:
        self.waiting.pop(envelope.id, None)
        if envelope.timer:
            envelope.timer.cancel()
        if envelope.answer and not envelope.answer.done():
            envelope.answer.set_result(answer)

    def _failed(self, envelope: Envelope, reason: str) -> None:
        once = envelope.type != EVENTS and reason != "connection_closed"
        if once or envelope.attempt >= len(self.retry_delays):
            self._settle(envelope, None)
            self.transcript.note("missed", **envelope.label, reason=reason)
            return
        self.waiting.pop(envelope.id, None)
        delay = self.retry_delays[envelope.attempt]
        envelope.id = new_id("E") + "-" + new_id("")
        envelope.attempt += 1
        envelope.reason, envelope.connection = reason, None
        self.waiting[envelope.id] = envelope
        about = {"reason": reason, "in_seconds": delay}
        self.transcript.note("redelivery", **envelope.label, **about)
        self._after(delay, envelope, self._attempt)

    def opened(self, way: Way) -> None:
        """Count a new connection in."""
        if not self.closed_to_sockets:
            self.ways.append(way)
        self.transcript.note("socket", verb="opened", connection=way.id)

    def retire(self, way: Way) -> None:
        """Send nothing more this way; what went before can still be acknowledged."""
        if way in self.ways:
            self.ways.remove(way)

    def closed(self, way: Way) -> None:
        """Count a connection out; what it had not acknowledged is sent again.

        At once if it broke; if it was retired, only when its time is up, since the
        app may still acknowledge by the connection that took its place.
        """
        broke = way in self.ways
        self.retire(way)
        self.transcript.note("socket", verb="closed", connection=way.id)
        for envelope in list(self.waiting.values()):
            if broke and envelope.connection == way.id:
                self._failed(envelope, "connection_closed")

    def stop(self) -> None:
        """Forget every timer: the workspace is closing."""
        for envelope in list(self.waiting.values()):
            self._settle(envelope, None)
