"""Serves the HTTP door in a thread beside the rest of the bot."""

import socket
import threading
import time
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp

START_WITHIN = 5.0  #: seconds, machine time
STOP_WITHIN = 3  #: seconds in which answers under way may be finished


class CannotListen(Exception):
    """The pages cannot be served where they should be; its text says what to do."""


class WebServer:
    """One HTTP server, started and stopped once.

    Listens on this machine's own (loopback) addresses alone unless told *anywhere*,
    which is for pages that have a lock of their own or a guard before them. *setting*
    is how the settings of its host and port begin, for advice.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        host: str,
        port: int,
        anywhere: bool = False,
        setting: str = "HEALTH",
    ) -> None:
        if not anywhere and not _is_loopback(host):
            raise CannotListen(
                f"{host} can be reached from other machines. Use 127.0.0.1, or set "
                "HEALTH_ANYWHERE=true where something else guards the port."
            )
        self._host = host
        self._wanted = port
        self._setting = setting
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                lifespan="off",
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,  # what a request says of its way is not believed
                timeout_graceful_shutdown=STOP_WITHIN,
            )
        )
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on: the one that was free, where 0 was asked for."""
        return self._wanted

    def start(self) -> None:
        """Listen, and answer from a thread of its own; returns once it answers.

        Raises:
            CannotListen: the port is taken or not allowed, or there is no such host.
        """
        self._socket = self._listening()
        self._wanted = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="web", daemon=True
        )
        self._thread.start()
        self._await_first_answer()

    def stop(self) -> None:
        """Finish answers under way, close, and wait for that. May be repeated."""
        self._server.should_exit = True
        if self._thread:
            self._thread.join(STOP_WITHIN + 1)
        if self._socket:
            self._socket.close()

    def _listening(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            return socket.create_server((self._host, self._wanted), family=family)
        except OSError as error:
            raise CannotListen(
                f"Port {self._wanted} on {self._host} cannot be used "
                f"({error.strerror}). Set {self._setting}_PORT to another."
            ) from error

    def _await_first_answer(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while not self._server.started:
            if time.monotonic() > deadline:
                self.stop()
                raise CannotListen("The HTTP server did not start; the log says why.")
            time.sleep(0.005)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
