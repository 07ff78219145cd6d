"""What comes round: from a rule and an almanac to the dates of the quarterly calls.

A rule names a month of the quarter and a week of that month; its weekdays take turns,
quarter by quarter, so that no day of anybody's week bears every call. A day off is
avoided for the next day that will do in the same month, else for the one before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from bot.domain.community import Cadence
from bot.domain.days import DAYS, MONTHS, day_words, weekday_number
from bot.domain.times import Almanac

QUARTERS = 4
_MONTHS_IN_QUARTER = 3
_YEAR = 12  #: months
_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)
_LONGEST = 10 * _YEAR  #: months that can be looked ahead
_SPAN = re.compile(r"\s*(\d{1,3})\s*(y|m|years?|months?)\s*", re.IGNORECASE)
_DAYS_ADVICE = 'should be weekdays, such as "Mon-Fri" or "Tue, Wed, Thu"'
_SPAN_ADVICE = 'Say how far to look: "6m" for six months, "2y" for two years.'


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; they follow one another for ever."""

    year: int
    number: int  #: 1 to 4

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter in which *day* is."""
        return cls(day.year, (day.month - 1) // _MONTHS_IN_QUARTER + 1)

    @property
    def following(self) -> "Quarter":
        """The quarter after this one."""
        if self.number < QUARTERS:
            return Quarter(self.year, self.number + 1)
        return Quarter(self.year + 1, 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month(1), 1)

    @property
    def count(self) -> int:
        """How many quarters have gone by, so that those who take turns can be told."""
        return self.year * QUARTERS + self.number - 1

    def month(self, number: int) -> int:
        """The month of the year that is its *number*-th, 1 to 3."""
        return (self.number - 1) * _MONTHS_IN_QUARTER + number

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When calls are: which weekday of which month, and at what time on the wall."""

    month: int  #: of each quarter, 1 to 3
    week: int  #: which of that weekday's days in the month, 1 to 4
    days: tuple[int, ...]  #: the weekdays that take turns; 0 is Monday
    starts: time

    @classmethod
    def of(cls, cadence: Cadence) -> Self:
        """The rule that a community's cadence describes.

        Raises:
            ValueError: its weekdays cannot be read.
        """
        return cls(
            month=cadence.call_month,
            week=cadence.call_week,
            days=parse_weekdays(cadence.call_days),
            starts=cadence.call_starts,
        )

    def weekday(self, quarter: Quarter) -> int:
        """Whose turn it is."""
        return self.days[quarter.count % len(self.days)]

    def possible(self, almanac: Almanac) -> bool:
        """Whether it can give a date at all: one of its weekdays is worked on."""
        return any(day not in almanac.weekend for day in self.days)


@dataclass(frozen=True, slots=True)
class Avoided:
    """A day that the rule came to, and why no call is on it."""

    day: date
    why: str  #: "Spring Bank Holiday", "Sat is not a working day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One quarter's call as the rule has it."""

    quarter: Quarter
    starts_at: datetime | None  #: aware, UTC; None: no day of the month will do
    avoided: tuple[Avoided, ...]


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Read "Mon-Fri", "Tue, Thu" or "Mon-Wed, Fri" in the order given; 0 is Monday.

    Raises:
        ValueError: whose words say what to write instead.
    """
    found: dict[int, None] = {}
    for part in text.replace("\N{EN DASH}", "-").split(","):
        ends = [weekday_number(word.strip()) for word in part.split("-")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > len("ab"):
            raise ValueError(_DAYS_ADVICE)
        span = range((last - first) % len(DAYS) + 1)
        found |= dict.fromkeys((first + step) % len(DAYS) for step in span)
    return tuple(found)


def plan(rule: Rule, almanac: Almanac, start: date, until: date) -> tuple[Planned, ...]:
    """Every call from *start* to *until*, both included, soonest first.

    A quarter without a possible date is there too, with every day that was avoided.
    """
    return tuple(_within(rule, almanac, start, until))


def planned(rule: Rule, almanac: Almanac, quarter: Quarter) -> Planned:
    """The call of *quarter*: the rule's day, or the nearest that will do."""
    wanted = _wanted(rule, quarter)
    avoided: list[Avoided] = []
    for day in _candidates(rule, wanted):
        why = _why_not(almanac, day)
        if why is None:
            moment = almanac.at_local(day, rule.starts)
            return Planned(quarter=quarter, starts_at=moment, avoided=tuple(avoided))
        avoided.append(Avoided(day, why))
    return Planned(quarter=quarter, starts_at=None, avoided=tuple(avoided))


def looking_ahead(text: str, today: date) -> date:
    """The day until which "2y", "6m" or "18 months" from *today* looks.

    Raises:
        ValueError: whose words say what to write instead.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(_SPAN_ADVICE)
    months = int(found[1]) * (_YEAR if found[2][0].lower() == "y" else 1)
    if not 1 <= months <= _LONGEST:
        raise ValueError(f"{_SPAN_ADVICE} Ten years are the most.")
    years, month = divmod(today.month - 1 + months, _YEAR)
    return _last_day(today.year + years, month + 1, today.day)


def month_name(day: date) -> str:
    """The month of *day* in words: what a call is called by."""
    return MONTHS[day.month - 1]


def _within(
    rule: Rule, almanac: Almanac, start: date, until: date
) -> Iterator[Planned]:
    quarter = Quarter.of(start)
    while date(quarter.year, quarter.month(rule.month), 1) <= until:
        found = planned(rule, almanac, quarter)
        day = almanac.local(found.starts_at).date() if found.starts_at else None
        if start <= (day or start) <= until:
            yield found
        quarter = quarter.following


def _wanted(rule: Rule, quarter: Quarter) -> date:
    """The day of the rule, worked on or not: the fourth at the latest, so it exists."""
    first = date(quarter.year, quarter.month(rule.month), 1)
    ahead = (rule.weekday(quarter) - first.weekday()) % len(DAYS)
    return first + timedelta(days=ahead) + (rule.week - 1) * _WEEK


def _candidates(rule: Rule, wanted: date) -> Iterator[date]:
    """Days of the month that the rule's weekdays allow, in the order to try them."""
    for step in (_DAY, -_DAY):
        day = wanted if step > timedelta(0) else wanted - _DAY
        while day.month == wanted.month:
            if day.weekday() in rule.days:
                yield day
            day += step


def _why_not(almanac: Almanac, day: date) -> str | None:
    if almanac.is_holiday(day):
        return almanac.holiday_name(day)
    if not almanac.is_working_day(day):
        return f"{day_words(day)[:3]} is not a working day"
    return None


def _last_day(year: int, month: int, day: int) -> date:
    """That day, or the month's last where it has no such day."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
