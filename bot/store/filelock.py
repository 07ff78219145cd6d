"""One writing process at a time, by a lock on a file beside the database."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.store.errors import StoreUnavailable

PATIENCE = timedelta(seconds=30)
LOOK = timedelta(milliseconds=2)  #: between two looks at a lock that is held


def lock_beside(database: Path) -> Path:
    """The file to lock for *database*.

    Never the database itself: closing any handle on that would free SQLite's own locks.
    """
    return database.with_name(database.name + ".lock")


class FileLock:
    """Held by one thread of one process. The system frees it when the process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = threading.Lock()
        try:
            self._file = path.open("ab")
        except OSError as error:
            raise StoreUnavailable(
                f"{path} cannot be written ({error.strerror}). Give the bot's user "
                "write access to that folder, or change DATABASE_URL."
            ) from None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for our turn, at most ``PATIENCE``.

        Raises:
            StoreUnavailable: another process has been writing all that time.
        """
        ends = time.monotonic() + PATIENCE.total_seconds()
        if not self._thread.acquire(timeout=PATIENCE.total_seconds()):
            raise self._busy()
        try:
            self._wait(ends)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        finally:
            self._thread.release()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _wait(self, ends: float) -> None:
        while not self._try():
            if time.monotonic() > ends:
                raise self._busy()
            time.sleep(LOOK.total_seconds())

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _busy(self) -> StoreUnavailable:
        return StoreUnavailable(
            f"Another process has held {self._path} for "
            f"{PATIENCE.total_seconds():.0f} seconds. Wait for it, or stop it."
        )
