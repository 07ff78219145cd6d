"""The simulator as a running server: in a thread for tests, or as a process."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import (
    WebSocketsSansIOProtocol,
)

from bot.simulator.doors import application
from bot.simulator.errors import Json
from bot.simulator.seed import sow
from bot.simulator.smtp_door import SmtpDoor
from bot.simulator.sockets import TRANSPORT
from bot.simulator.workspace import Workspace
from bot.simulator.world import World

#: Seconds the server is given to start, and to stop.
PATIENCE = 10.0
#: Seconds between uvicorn's own ticks, and for requests in hand when stopping.
TICK, LAST_WORDS = 0.1, 0.2


def _with_transport(app: ASGIApp, transport: asyncio.BaseTransport) -> ASGIApp:
    """Let the application reach the connection itself, so that it can break it."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, TRANSPORT: transport}, receive, send)

    return wrapped


class _Http(H11Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent
        super().connection_made(transport)
        self.app = _with_transport(self.app, transport)


class _WebSockets(WebSocketsSansIOProtocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.app = _with_transport(self.app, transport)


class _Server(uvicorn.Server):
    """A server that says when it is ready, and stops at once when told to."""

    def __init__(
        self,
        config: uvicorn.Config,
        world: World,
        mail: SmtpDoor | None,
        ready: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._world = world
        self._mail = mail
        self._ready = ready
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = asyncio.Event()

    def stop(self) -> None:
        """Stop, from any thread."""
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._told.set)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on a signal, and let whoever runs us finish in peace."""
        del sig, frame
        self.stop()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self._mail is not None:
            await self._mail.open()
        self._ready()

    async def main_loop(self) -> None:
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), TICK)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listening in sockets or []:
            listening.close()
        if self._mail is not None:
            self._mail.close()
        self._world.delivery.stop()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if self.server_state.tasks:
            await asyncio.wait(list(self.server_state.tasks), timeout=LAST_WORDS)


class SimulatorServer:
    """A simulated Slack on loopback.

    As a context manager it runs in a thread; `run` blocks instead. `url` is where it
    answers (`url + "/api/"` is the Web API's base). Port 0 picks a free one. *seed* is
    described in `bot.simulator.seed`. With *mail* there is a post office too: an SMTP
    server at 127.0.0.1, port `mail_port`, which offers STARTTLS if *mail_tls* names a
    certificate and its key.
    """

    def __init__(
        self,
        port: int = 0,
        seed: Json | None = None,
        *,
        mail: bool = False,
        mail_port: int = 0,
        mail_tls: tuple[str, str] | None = None,
    ) -> None:
        self.world: World = sow(seed or {})
        office = self.world.post_office
        self._mail = SmtpDoor(office, mail_port, mail_tls) if mail else None
        self._socket = socket.create_server(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.world.url = self.url
        self._started = threading.Event()
        self._server = self._made(self._started.set)
        self._thread = threading.Thread(target=self.run, daemon=True)

    def _config(self) -> uvicorn.Config:
        return uvicorn.Config(
            application(self.world),
            http=_Http,
            ws=_WebSockets,
            loop="asyncio",
            lifespan="off",
            ws_ping_interval=None,
            log_level="warning",
            access_log=False,
        )

    def _made(self, ready: Callable[[], None]) -> _Server:
        return _Server(self._config(), self.world, self._mail, ready)

    @property
    def mail_port(self) -> int:
        """The port where letters are taken; 0 without a post office."""
        return self._mail.port if self._mail else 0

    @property
    def workspace(self) -> Workspace:
        """The workspace's state, to read; change it through the control API."""
        return self.world.workspace

    @property
    def api_url(self) -> str:
        """The Web API's base address, as clients take it."""
        return f"{self.url}/api/"

    def run(self, ready: Callable[[], None] | None = None) -> None:
        """Serve until told to stop."""
        if ready is not None:
            self._server = self._made(ready)
        self._server.run(sockets=[self._socket])

    def start(self) -> Self:
        """Serve in a thread; returns when ready.

        Raises:
            TimeoutError: it did not start.
        """
        self._thread.start()
        if not self._started.wait(PATIENCE):
            raise TimeoutError("The simulator did not start.")
        return self

    def stop(self) -> None:
        """Break every connection and stop."""
        self._server.stop()
        self._thread.join(PATIENCE)
        self._socket.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
