"""The two clocks: the only module that reads the time.

*Community time* decides when things are due for people; in play it can be moved and
scaled. *Machine time* measures leases, back-off and pacing, and cannot.
"""

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock


class BrokenClock(Exception):
    """The file that moves the played clock cannot be read; it says why."""


class SystemClock:
    """Both clocks are the machine's own."""

    def now(self) -> datetime:
        """Community time, aware, UTC."""
        return datetime.now(UTC)

    def machine(self) -> datetime:
        """Machine time, aware, UTC."""
        return datetime.now(UTC)

    def community_time_of(self, machine: datetime) -> datetime:
        """The same moment: community time is machine time."""
        return machine


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From *machine* on, community time begins at *community* and runs at *rate*."""

    community: datetime
    machine: datetime
    rate: float

    def community_time_of(self, machine: datetime) -> datetime:
        return self.community + (machine - self.machine) * self.rate


class PlayedClock:
    """Community time as a director plays it, by way of a small file.

    The file is JSON: ``{"community": …, "machine": …, "rate": 14400.0}``, two ISO 8601
    moments with their offset. From that moment of machine time on, community time
    begins at that moment of its own and runs at *rate*; 0 stands still. The director
    replaces the file atomically, and may do so at any time.

    Earlier stretches are remembered while this clock lives, so that what was said
    before the clock was moved keeps its time.
    """

    def __init__(self, file: Path) -> None:
        """Read *file*.

        Raises:
            BrokenClock: there is no such file, or it is malformed.
        """
        self._file = file
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._stretches: tuple[_Stretch, ...] = ()
        self._read()

    def now(self) -> datetime:
        """Community time, aware, UTC.

        Raises:
            BrokenClock: the file was replaced by a malformed one, or taken away.
        """
        return self._read()[-1].community_time_of(self.machine())

    def machine(self) -> datetime:
        """Machine time, aware, UTC. The director cannot move it."""
        return datetime.now(UTC)

    def community_time_of(self, machine: datetime) -> datetime:
        """The community time at a moment of machine time, past or present.

        Raises:
            BrokenClock: as for ``now``.
        """
        stretches = self._read()
        begun = bisect_right(stretches, machine, key=lambda stretch: stretch.machine)
        return stretches[max(begun - 1, 0)].community_time_of(machine)

    def _read(self) -> tuple[_Stretch, ...]:
        """Every stretch known, oldest first; the file is read when it has changed."""
        with self._lock:
            seen = self._state()
            if seen != self._seen:
                latest = _stretch(self._file)
                earlier = [s for s in self._stretches if s.machine < latest.machine]
                self._stretches = (*earlier, latest)
                self._seen = seen
            return self._stretches

    def _state(self) -> tuple[int, int, int]:
        try:
            state = self._file.stat()
        except OSError as error:
            raise BrokenClock(f"The clock's file {self._file} is not there.") from error
        return state.st_mtime_ns, state.st_ino, state.st_size


def _stretch(file: Path) -> _Stretch:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        rate = float(said["rate"])
        stretch = _Stretch(_moment(said["community"]), _moment(said["machine"]), rate)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenClock(
            f"The clock's file {file} must hold community and machine (ISO 8601 with "
            f"an offset) and rate (a number): {type(error).__name__} {error}"
        ) from error
    if not 0 <= rate < float("inf"):
        raise BrokenClock(f"The clock's file {file}: time does not run at rate {rate}.")
    return stretch


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return moment.astimezone(UTC)
