"""Times as a community lives them: working days, bank holidays, times to be reached.

Every moment goes in and comes out aware and in UTC; a zone says whose wall clock is
meant. Nothing here reads a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from holidays import country_holidays

from bot.domain.days import day_words, parse_day
from bot.domain.windows import WEEKDAYS, Window, parse_windows

__all__ = [
    "MORNING",
    "Almanac",
    "GoodTimes",
    "Window",
    "day_words",
    "parse_day",
    "words",
]

MORNING = time(7, 30)  #: when what was held overnight may leave
_DAY = timedelta(days=1)
#: Years whose bank holidays are worked out; archives reach back, settings forward.
_YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Almanac:
    """The days on which a community works, by its own wall clock.

    Between working days time stands still: Saturday and a bank holiday count as the
    first instant of the next working day. Hence sums of working days never land on
    a day off, and a later moment never gives an earlier result. (Where clocks change
    on a *working* day, wall time itself steps back, and that hour is excepted.)
    """

    zone: ZoneInfo
    holidays: frozenset[date] = field(default=frozenset(), repr=False)
    weekend: frozenset[int] = frozenset({5, 6})  #: 0 is Monday
    names: Mapping[date, str] = field(  #: of holidays, where they are known
        default_factory=dict, repr=False, compare=False, hash=False
    )

    @classmethod
    def for_country(
        cls, zone: ZoneInfo, country: str = "GB", subdiv: str | None = "ENG"
    ) -> Self:
        """Know a country's bank holidays, substitute days among them, 1990 to 2099.

        Raises:
            ValueError: a country or part of it that the calendar does not know.
        """
        names, weekend = _days_off(country, subdiv)
        return cls(zone=zone, holidays=frozenset(names), weekend=weekend, names=names)

    def is_holiday(self, day: date) -> bool:
        """Whether nobody is to be disturbed that day, whatever times they gave."""
        return day in self.holidays

    def holiday_name(self, day: date) -> str:
        """What a bank holiday is called, as far as that is known."""
        return self.names.get(day) or "a bank holiday"

    def is_working_day(self, day: date) -> bool:
        """Whether the community works that day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def local(self, moment: datetime) -> datetime:
        """Return the same moment by the community's wall clock.

        Raises:
            ValueError: a moment that does not say its zone, which is a slip of ours.
        """
        if moment.tzinfo is None:
            raise ValueError("A moment must be aware: give it tzinfo=UTC.")
        return moment.astimezone(self.zone)

    def at_local(self, day: date, at: time) -> datetime:
        """Return the moment, in UTC, when the wall clock shows this day and time.

        A time that spring skips is moved on by the hour skipped; of a time that
        autumn repeats, the first is meant.
        """
        return datetime.combine(day, at.replace(fold=0), self.zone).astimezone(UTC)

    def add_working_days(self, moment: datetime, days: float) -> datetime:
        """Return the same wall time so many working days on, or back if negative.

        Half a working day is twelve hours of its wall clock. Never lands on a day
        off; keeps order, as the class says.
        """
        day, clock = self._place(moment)
        total = clock + timedelta(days=days)
        day = self._step(day, total // _DAY)
        return self.at_local(day, _clock(total % _DAY))

    def working_days_between(self, start: datetime, end: datetime) -> float:
        """Return the working days from start to end; negative if end is earlier.

        The inverse of :meth:`add_working_days`, with a day off counting nothing.
        """
        if end < start:
            return -self.working_days_between(end, start)
        (first, since), (last, until) = self._place(start), self._place(end)
        span = (first + timedelta(n) for n in range((last - first).days))
        return sum(map(self.is_working_day, span)) + (until - since) / _DAY

    def next_working_morning(self, moment: datetime, at: time = MORNING) -> datetime:
        """Return the first such time of a working day that is after the moment."""
        day = self._working_from(self.local(moment).date())
        morning = self.at_local(day, at)
        return morning if morning > moment else self.at_local(self._step(day, 1), at)

    def _place(self, moment: datetime) -> tuple[date, timedelta]:
        """Return the working day a moment counts to, and the wall time on it."""
        wall = self.local(moment)
        if not self.is_working_day(wall.date()):
            return self._working_from(wall.date()), timedelta()
        return wall.date(), wall.replace(tzinfo=None) - datetime.combine(wall, time())

    def _working_from(self, day: date) -> date:
        """Return this day if it is a working one, else the next that is."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def _step(self, day: date, count: int) -> date:
        """Go so many working days on, or back."""
        onward = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += onward
            while not self.is_working_day(day):
                day += onward
        return day


@dataclass(frozen=True, slots=True)
class GoodTimes:
    """The times of the week at which a member likes to be reached."""

    windows: tuple[Window, ...]

    DEFAULT: ClassVar["GoodTimes"]  #: Mon-Fri 12:30-14:00, between surgeries

    def __post_init__(self) -> None:
        if not self.windows:
            raise ValueError("Good times need at least one window.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "Mon-Fri 12:30-14:00; Tue 18:00-19:00", however it is dashed or cased.

        What :func:`bot.domain.windows.parse_windows` accepts; ``str`` of the result is
        the tidy spelling to show back and to keep.

        Raises:
            ValueError: whose words tell the person what to type instead.
        """
        return cls(parse_windows(text))

    def __str__(self) -> str:
        return "; ".join(map(str, self.windows))

    def contains(self, moment: datetime, almanac: Almanac) -> bool:
        """Whether this moment is inside a window, and not on a bank holiday."""
        wall = almanac.local(moment)
        if almanac.is_holiday(wall.date()):
            return False
        return any(
            wall.weekday() in window.days and window.start <= wall.time() < window.end
            for window in self.windows
        )

    def next_moment(
        self, moment: datetime, almanac: Almanac, *, away_until: datetime | None = None
    ) -> datetime:
        """Return the earliest moment from this one on at which to reach the member.

        It is inside a window, not on a bank holiday, and not before ``away_until``.
        Saturdays and Sundays are good if the member said so. (A window that begins
        in the hour that spring skips opens an hour later that day.)
        """
        earliest = moment if away_until is None else max(moment, away_until)
        if self.contains(earliest, almanac):
            return earliest.astimezone(UTC)
        day = almanac.local(earliest).date()
        while True:
            for start in self._starts(day, almanac):
                if start >= earliest and self.contains(start, almanac):
                    return start
            day += _DAY

    def _starts(self, day: date, almanac: Almanac) -> list[datetime]:
        """Return when windows open that day; both times, where autumn repeats one."""
        walls = [
            datetime.combine(day, window.start, almanac.zone).replace(fold=fold)
            for window in self.windows
            if day.weekday() in window.days
            for fold in (0, 1)
        ]
        return sorted(wall.astimezone(UTC) for wall in walls)


#: What is assumed of a member who has not said: between the surgeries.
GoodTimes.DEFAULT = GoodTimes((Window(WEEKDAYS, time(12, 30), time(14)),))


def _clock(since_midnight: timedelta) -> time:
    """Return the wall time so long after midnight."""
    return (datetime.combine(date.min, time()) + since_midnight).time()


def words(moment: datetime, zone: ZoneInfo) -> str:
    """Say a moment by the wall clock as "Tue 9 Jun, 12:30"."""
    wall = Almanac(zone=zone).local(moment)
    return f"{day_words(wall.date())}, {wall:%H:%M}"


@lru_cache(maxsize=16)
def _days_off(
    country: str, subdiv: str | None
) -> tuple[Mapping[date, str], frozenset[int]]:
    """Work out a country's bank holidays and weekend, once: it takes a while."""
    try:
        known = country_holidays(country, subdiv=subdiv, years=_YEARS)
    except NotImplementedError as error:
        place = country if subdiv is None else f"{country}, {subdiv}"
        raise ValueError(
            f"No bank holidays are known for {place}. Give a country as two letters, "
            "such as GB, and a part of it such as ENG, or no part."
        ) from error
    return dict(known.items()), frozenset(known.weekend)
