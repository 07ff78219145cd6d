"""Moments, zones and members' weeks for property tests."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.times import Almanac, GoodTimes, Window

LONDON = ZoneInfo("Europe/London")
ENGLAND = Almanac.for_country(LONDON)


def moments(first: int = 2020, last: int = 2035) -> st.SearchStrategy[datetime]:
    """Aware moments in UTC, in any of these years."""
    return st.datetimes(
        datetime(first, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
        datetime(last, 12, 31),  # noqa: DTZ001  hypothesis adds the zone
        timezones=st.just(UTC),
    )


@st.composite
def windows(draw: st.DrawFn, first_minute: int = 0) -> Window:
    """Any window of a week, to the minute."""
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    start = draw(st.integers(first_minute, 1438))
    end = draw(st.integers(start + 1, 1439))
    return Window(days, time(*divmod(start, 60)), time(*divmod(end, 60)))


@st.composite
def good_times(draw: st.DrawFn, first_minute: int = 0) -> GoodTimes:
    """Any good times, of one to three windows."""
    several = st.lists(windows(first_minute), min_size=1, max_size=3, unique=True)
    return GoodTimes(tuple(draw(several)))


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """The moment at which London's clocks show this (the first, in autumn)."""
    wall = datetime(year, month, day, hour, minute, tzinfo=LONDON)
    return wall.astimezone(UTC)
