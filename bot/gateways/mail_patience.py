"""How long trouble that may pass is waited out, before a person is told.

A wait that a server asks for does not count as a try (see the delivery), so that a
server which asks for ever would keep a letter for ever, and nobody would know. Here
waits are asked for during some hours, as mail servers do among themselves. After that
each failure counts, and the letter is set aside for a coordinator.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

WAITED_OUT = timedelta(hours=4)  #: from the first failure on, failures do not count
GREYLISTED = timedelta(minutes=5)  #: what servers that ask newcomers to wait expect
FIRST_REST = timedelta(seconds=5)  #: in which a server that failed is left alone
LONGEST_REST = timedelta(minutes=2)
REMEMBERED = 100_000  #: letters asked to wait: more than an update has


@dataclass(slots=True)
class Patience:
    """What has failed, and since when. Times are machine time.

    May be used by several threads. A restart forgets, and waits anew.
    """

    _letters: dict[str, datetime] = field(default_factory=dict)
    _server_since: datetime | None = None
    _server_tries: int = 0
    _rest_until: datetime | None = None
    _trouble: str = ""
    _lock: Lock = field(default_factory=Lock)

    def letter(self, key: str, now: datetime) -> timedelta | None:
        """The wait for a letter that was asked to wait; None where this one counts."""
        with self._lock:
            since = self._letters.setdefault(key, now)
            if len(self._letters) > REMEMBERED:
                del self._letters[next(iter(self._letters))]
        return GREYLISTED if now - since < WAITED_OUT else None

    def server(self, reason: str, now: datetime) -> timedelta | None:
        """Leave the server alone; the wait for its letters, None where this counts."""
        with self._lock:
            doubled = FIRST_REST * (1 << min(self._server_tries, 10))
            rest = min(LONGEST_REST, doubled)
            self._server_tries += 1
            self._server_since = self._server_since or now
            self._rest_until, self._trouble = now + rest, reason
            return rest if now - self._server_since < WAITED_OUT else None

    def resting(self, now: datetime) -> tuple[str, timedelta | None] | None:
        """Why the server is left alone and for how long; None where it is not.

        The wait is None once the trouble has lasted so long that failures count.
        """
        with self._lock:
            if self._rest_until is None or now >= self._rest_until:
                return None
            passing = now - (self._server_since or now) < WAITED_OUT
            return self._trouble, self._rest_until - now if passing else None

    def answered(self, key: str | None = None) -> None:
        """The server works; the letter *key* need not wait any more."""
        with self._lock:
            self._server_since, self._server_tries, self._rest_until = None, 0, None
            if key is not None:
                self._letters.pop(key, None)
