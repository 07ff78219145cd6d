"""Socket Mode: the app's WebSocket connections.

A connection can be dropped (as a broken network does), disconnected (as Slack does
every few hours) or made half open: it then looks alive to the app, and nothing
comes out of it.
"""

import asyncio
import json
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.simulator.delivery import Delivery, Envelope
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.identifiers import new_secret

#: Slack lets an app hold this many connections.
MOST_CONNECTIONS = 10
#: Seconds a connection lives on after the app was asked to refresh it.
GRACE = 1.0
#: Seconds a connection is said to live, in `hello`.
APPROXIMATE_LIFE = 18_060
#: The slot in an ASGI scope where our server puts the transport.
TRANSPORT = "simulator.transport"


@dataclass(eq=False)
class Connection:
    """One WebSocket; frames leave it in order, by a writer of its own."""

    id: str
    websocket: WebSocket
    transport: asyncio.Transport | None
    delivery: Delivery
    half_open: bool = False
    frames: "asyncio.Queue[str | None]" = field(default_factory=asyncio.Queue)

    def deliver(self, envelope: Envelope) -> None:
        """Send an envelope, or lose it if the connection is half open."""
        self.send(envelope.frame())

    def send(self, frame: str | None) -> None:
        """Queue a frame; None closes the connection after the frames before it."""
        if not self.half_open:
            self.frames.put_nowait(frame)

    async def write(self) -> None:
        """Send queued frames until told to close."""
        while (frame := await self.frames.get()) is not None:
            await self.websocket.send_text(frame)
        await self.websocket.close()

    async def read(self) -> None:
        """Take acknowledgements until the app goes."""
        while True:
            self._heard(await self.websocket.receive_text())

    def _heard(self, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return
        if isinstance(frame, dict) and frame.get("envelope_id"):
            answer = frame.get("payload")
            self.delivery.acked(str(frame["envelope_id"]), answer, self.id)

    def drop(self) -> None:
        """Break the connection without a word."""
        if self.transport is not None:
            self.transport.abort()

    def fall_silent(self) -> None:
        """Stay open and answer nothing, not even pings."""
        self.half_open = True
        if self.transport is not None:
            self.transport.pause_reading()


@dataclass(eq=False)
class Sockets:
    """Tickets for connections, and the connections made with them."""

    delivery: Delivery
    app_id: str
    tickets: set[str] = field(default_factory=set)
    open: dict[str, Connection] = field(default_factory=dict)
    _made: int = 0

    def issue(self, base_url: str) -> str:
        """Give an address good for one connection.

        Raises:
            SlackRefuses: `too_many_websockets`.
        """
        if len(self.open) >= MOST_CONNECTIONS:
            raise SlackRefuses("too_many_websockets")
        ticket = new_secret()
        self.tickets.add(ticket)
        host = base_url.partition("://")[2].rstrip("/")
        return f"ws://{host}/link/?ticket={ticket}&app_id={self.app_id}"

    async def serve(self, websocket: WebSocket) -> None:
        """Hold one connection from `hello` to its end."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self.tickets:
            await websocket.close(code=4001)
            return
        self.tickets.discard(ticket)
        await websocket.accept()
        self._made += 1
        transport = websocket.scope.get(TRANSPORT)
        name = f"socket-{self._made}"
        connection = Connection(name, websocket, transport, self.delivery)
        self.open[name] = connection
        connection.send(json.dumps(self._hello(name)))
        self.delivery.opened(connection)
        await self._hold(connection)

    def _hello(self, name: str) -> Json:
        about = {"host": name, "approximate_connection_time": APPROXIMATE_LIFE}
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": about | {"started": None, "build_number": 1},
            "connection_info": {"app_id": self.app_id},
        }

    async def _hold(self, connection: Connection) -> None:
        writer = asyncio.create_task(connection.write())
        try:
            await connection.read()
        except (WebSocketDisconnect, RuntimeError):
            connection.half_open = False
        finally:
            self.open.pop(connection.id, None)
            self.delivery.closed(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    def disconnect(self, name: str, reason: str = "refresh_requested") -> None:
        """Ask the app to reconnect.

        After a refresh nothing more is sent here, what was sent can be acknowledged,
        and the socket is closed soon if the app does not. A warning is only a warning.
        """
        connection = self._named(name)
        about = {"host": name}
        frame = {"type": "disconnect", "reason": reason, "debug_info": about}
        connection.send(json.dumps(frame))
        if reason != "warning":
            self.delivery.retire(connection)
            asyncio.get_running_loop().call_later(GRACE, connection.send, None)

    def drop(self, name: str) -> None:
        """Break a connection."""
        self._named(name).drop()

    def drop_all(self) -> None:
        """Break every connection and spoil every ticket."""
        self.tickets.clear()
        for connection in list(self.open.values()):
            connection.drop()

    def fall_silent(self, name: str) -> None:
        """Make a connection half open."""
        self._named(name).fall_silent()

    def _named(self, name: str) -> Connection:
        if name not in self.open:
            raise SlackRefuses("no_such_socket")
        return self.open[name]

    def as_json(self) -> list[Json]:
        """List the open connections."""
        return [
            {
                "id": one.id,
                "half_open": one.half_open,
                "alive": one.websocket.client_state is WebSocketState.CONNECTED,
            }
            for one in self.open.values()
        ]
