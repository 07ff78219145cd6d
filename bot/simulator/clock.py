"""The simulated workspace's clock, which can be moved but never runs backwards."""

import time
from dataclasses import dataclass

MICROSECONDS = 1_000_000


@dataclass
class Clock:
    """Gives the time in Unix seconds, and message timestamps that never repeat."""

    #: Seconds added to the machine's clock.
    offset: float = 0.0
    _last: int = 0

    def now(self) -> float:
        """Give the workspace's time in seconds since 1970, UTC."""
        return time.time() + self.offset

    def ts(self) -> str:
        """Give a message timestamp: unique, rising, and a string as Slack's is."""
        self._last = max(self._last + 1, int(self.now() * MICROSECONDS))
        seconds, rest = divmod(self._last, MICROSECONDS)
        return f"{seconds}.{rest:06d}"

    def move_to(self, moment: float) -> None:
        """Set the clock to *moment* (Unix seconds); it runs on from there."""
        self.offset = moment - time.time()


def micros(ts: str) -> int:
    """Turn a timestamp string into whole microseconds, exactly.

    Raises:
        ValueError: *ts* is not a timestamp.
    """
    seconds, _, rest = ts.partition(".")
    return int(seconds) * MICROSECONDS + int((rest or "0").ljust(6, "0")[:6])
