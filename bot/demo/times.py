"""Community time as a director played it, for whoever looks back."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From *machine* (Unix seconds) on, community time goes on from *community*."""

    machine: float
    community: datetime
    rate: float = 1.0  #: 0 where it stands still


@dataclass(frozen=True, slots=True)
class PlayedTime:
    """Which moment of machine time was which of the community's. Oldest first."""

    stretches: tuple[Stretch, ...]

    def at(self, machine: float) -> datetime:
        """The community's time, aware and local, at a moment in Unix seconds."""
        stretch = self.stretches[self.stretch(machine)]
        gone = timedelta(seconds=machine - stretch.machine)
        return stretch.community + gone * stretch.rate

    def stretch(self, machine: float) -> int:
        """The number of the stretch in which a moment lies: each begins with a jump."""
        begun = bisect_right(self.stretches, machine, key=lambda one: one.machine)
        return max(begun - 1, 0)


def local(words: str) -> datetime:
    """The moment that *words* such as ``2026-05-18 09:00`` mean in the community."""
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def spoken_time(moment: datetime) -> str:
    """A moment as it is printed: ``Tue 19 May, 12:30``."""
    at = moment.astimezone(LONDON)
    return f"{at:%a} {at.day} {at:%b}, {at:%H:%M}"


def unix(moment: datetime) -> float:
    """A moment in Unix seconds."""
    return (moment - _EPOCH).total_seconds()
