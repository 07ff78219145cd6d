"""A Chromium to take photographs with, driven by its DevTools protocol."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHOSEN = "CHROMIUM"  #: environment variable that names another
START_WITHIN = 20.0  #: seconds
ANSWER_WITHIN = 20.0  #: seconds
STOP_WITHIN = 5.0  #: seconds
PAUSE = 0.05  #: seconds between two looks
#: Where the browser writes how it can be reached: a port, and a path.
PORT_FILE = "DevToolsActivePort"
OPTIONS = (
    "--headless=new",
    "--remote-debugging-port=0",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--mute-audio",
)


class NoBrowser(Exception):
    """There is no browser, or it does not do as it is told; the text says which."""


def find() -> str:
    """Where this machine's Chromium is.

    Raises:
        NoBrowser: none is installed.
    """
    asked = os.environ.get(CHOSEN)
    found = asked or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise NoBrowser(f"No Chromium was found. Install one, or set {CHOSEN} to it.")
    return found


@dataclass(eq=False, slots=True)
class Tab:
    """One page of a running browser."""

    connection: ClientConnection
    session: str = ""
    _asked: int = 0

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Ask the browser for something, and give its answer.

        Raises:
            NoBrowser: it refuses, or does not answer.
        """
        self._asked += 1
        asked = {"id": self._asked, "method": method, "params": given}
        if self.session:
            asked["sessionId"] = self.session
        try:
            self.connection.send(json.dumps(asked))
            return self._answer(method)
        except (OSError, WebSocketException) as error:
            raise NoBrowser(f"The browser did not answer {method}: {error}") from error

    def _answer(self, method: str) -> dict[str, Any]:
        until = time.monotonic() + ANSWER_WITHIN
        while True:
            heard = self.connection.recv(max(until - time.monotonic(), 0.0))
            said: dict[str, Any] = json.loads(heard)
            if said.get("id") != self._asked:
                continue  # an event, which nobody asked for
            if "error" in said:
                raise NoBrowser(f"{method}: {said['error'].get('message')}")
            result: dict[str, Any] = said["result"]
            return result


@contextmanager
def tab() -> Iterator[Tab]:
    """Start a browser of our own with one empty page; end it afterwards.

    Nobody's own browser is read or changed: the profile is a temporary folder.

    Raises:
        NoBrowser: none is installed, or it does not start.
    """
    program = find()
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        process = _start(program, profile)
        try:
            with _connected(process, Path(profile)) as connection:
                yield _opened(connection)
        finally:
            _stop(process)


def _start(program: str, profile: str) -> "subprocess.Popen[bytes]":
    # As root Chromium runs only without its sandbox: in containers, for our own pages.
    bare = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [program, *OPTIONS, *bare, f"--user-data-dir={profile}", "about:blank"]
    try:
        return subprocess.Popen(  # noqa: S603 - the browser found, our own arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise NoBrowser(f"{program} does not start: {error.strerror}.") from error


@contextmanager
def _connected(
    process: "subprocess.Popen[bytes]", profile: Path
) -> Iterator[ClientConnection]:
    address = _address(process, profile / PORT_FILE)
    try:
        connection = connect(address, max_size=None, proxy=None)
    except (OSError, WebSocketException) as error:
        raise NoBrowser(f"The browser cannot be reached: {error}") from error
    with connection:
        yield connection


def _address(process: "subprocess.Popen[bytes]", file: Path) -> str:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        lines = file.read_text(encoding="utf-8").split() if file.exists() else []
        if len(lines) > 1:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        if process.poll() is not None:
            raise NoBrowser(f"The browser ended at once ({process.returncode}).")
        time.sleep(PAUSE)
    raise NoBrowser(f"The browser did not start in {START_WITHIN:g} seconds.")


def _opened(connection: ClientConnection) -> Tab:
    made = Tab(connection)
    target = made.call("Target.createTarget", url="about:blank")["targetId"]
    attached = made.call("Target.attachToTarget", targetId=target, flatten=True)
    made.session = attached["sessionId"]
    return made


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
