"""How the jobs are doing: for the status page, and for whoever waits for quiet."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(eq=False, slots=True)
class Pulse:
    """Counts each job's rounds, and how many in a row found nothing to do."""

    _rounds: dict[str, int] = field(default_factory=dict)
    _idle: dict[str, int] = field(default_factory=dict)
    _quiet: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def watch(self, name: str, run: Callable[[], int]) -> Callable[[], int]:
        """*run* with its rounds counted; it returns how much there was to do."""
        self._rounds[name] = self._idle[name] = self._quiet[name] = 0

        def counted() -> int:
            with self._lock:
                self._idle[name] = 0  # at work, until it says that there was nothing
            done = run()
            with self._lock:
                self._rounds[name] += 1
                self._idle[name] = 0 if done else self._rounds[name]
                self._quiet[name] = 0 if done else self._quiet[name] + 1
            return done

        return counted

    def rounds(self) -> dict[str, int]:
        """How many rounds each job has ended."""
        with self._lock:
            return dict(self._rounds)

    def quiet(self) -> dict[str, int]:
        """How many rounds each job has ended in a row that found nothing to do.

        A round that is running does not count, so that a job which looks without pause
        can be seen to find nothing.
        """
        with self._lock:
            return dict(self._quiet)

    def idle(self) -> dict[str, bool]:
        """Whether each job's last round found nothing to do."""
        with self._lock:
            return {name: bool(at) for name, at in self._idle.items()}
