"""Working days, bank holidays, clock changes and the times members gave."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.times import Almanac, GoodTimes, words
from tests.domain.weeks import ENGLAND, LONDON, good_times, london, moments

YEARS = range(2020, 2036)
NEW_YORK = Almanac.for_country(ZoneInfo("America/New_York"), "US", None)
DAYS = st.floats(-30, 30)
ALMANACS = st.sampled_from([ENGLAND, NEW_YORK])


def change_days(month: int) -> list[date]:
    """The last Sundays of a month, on which Europe's clocks change."""
    ends = [date(year, month, 31) for year in YEARS]
    return [end - timedelta(days=(end.weekday() + 1) % 7) for end in ends]


@pytest.mark.parametrize(
    ("year", "free"),
    [
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_bank_holidays_and_their_substitutes_are_days_off(year: int, free: str) -> None:
    """England's bank holidays, moved and single ones too, are no working days."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    off = [d for d in days if d.weekday() < 5 and not ENGLAND.is_working_day(d)]
    assert " ".join(f"{day:%m-%d}" for day in off) == free


def test_a_country_that_is_not_known_is_refused_with_advice() -> None:
    """A slip in the settings stops the start in words that mend it."""
    with pytest.raises(ValueError, match="two letters"):
        Almanac.for_country(LONDON, "XX")
    with pytest.raises(ValueError, match="or no part"):
        Almanac.for_country(LONDON, "GB", "QQ")


def test_a_moment_without_a_zone_is_refused() -> None:
    """A naive moment would silently mean the machine's zone."""
    with pytest.raises(ValueError, match="aware"):
        ENGLAND.local(datetime(2026, 6, 9, 12))  # noqa: DTZ001  the slip itself


@settings(max_examples=100, deadline=None)
@given(almanac=ALMANACS, moment=moments(), days=DAYS)
def test_sums_of_working_days_never_land_on_a_day_off(
    almanac: Almanac, moment: datetime, days: float
) -> None:
    """Nothing falls due on a weekend or a bank holiday."""
    due = almanac.add_working_days(moment, days)
    assert due.tzinfo is UTC
    assert almanac.is_working_day(almanac.local(due).date())


@settings(max_examples=100, deadline=None)
@given(almanac=ALMANACS, pair=st.tuples(moments(), moments()), days=DAYS, more=DAYS)
def test_sums_of_working_days_keep_order(
    almanac: Almanac, pair: tuple[datetime, datetime], days: float, more: float
) -> None:
    """What began later, or was given longer, never falls due sooner."""
    early, late = sorted(pair)
    add = almanac.add_working_days
    assert add(early, days) <= add(late, days)
    assert add(early, min(days, more)) <= add(early, max(days, more))


@settings(max_examples=100, deadline=None)
@given(moment=moments(), hours=st.integers(0, 240), days=st.floats(0, 12))
def test_order_is_kept_over_a_weekend_too(
    moment: datetime, hours: int, days: float
) -> None:
    """Close neighbours, where weekends and holidays lie between, keep their order."""
    add, later = ENGLAND.add_working_days, moment + timedelta(hours=hours)
    assert add(moment, days) <= add(later, days)


@settings(max_examples=100, deadline=None)
@given(moment=moments(), days=st.integers(0, 30))
def test_whole_working_days_keep_the_wall_time_and_count_true(
    moment: datetime, days: int
) -> None:
    """Seven working days after 10:15 is 10:15, with seven working days in between."""
    start = ENGLAND.local(moment)
    assume(ENGLAND.is_working_day(start.date()))
    end = ENGLAND.local(ENGLAND.add_working_days(moment, days))
    span = range(1, (end.date() - start.date()).days + 1)
    passed = [start.date() + timedelta(days=n) for n in span]
    assert sum(map(ENGLAND.is_working_day, passed)) == days
    assert end.time() == start.time()


@settings(max_examples=100, deadline=None)
@given(moment=moments(), days=DAYS)
def test_between_undoes_add(moment: datetime, days: float) -> None:
    """Half-time is half of the time given."""
    due = ENGLAND.add_working_days(moment, days)
    assert ENGLAND.working_days_between(moment, due) == pytest.approx(days, abs=1e-9)
    assert ENGLAND.working_days_between(due, moment) == pytest.approx(-days, abs=1e-9)


def test_christmas_week_is_stepped_over() -> None:
    """From Wednesday before Christmas, two working days reach Tuesday after it."""
    asked = london(2026, 12, 23, 15)
    assert words(ENGLAND.add_working_days(asked, 2), LONDON) == "Tue 29 Dec, 15:00"
    assert words(ENGLAND.add_working_days(asked, 7), LONDON) == "Wed 6 Jan, 15:00"
    assert ENGLAND.working_days_between(asked, london(2026, 12, 29, 15)) == 2


def test_halves_weekends_and_the_way_back() -> None:
    """Half a day is twelve hours; a weekend is Monday's first instant; minus works."""
    add = ENGLAND.add_working_days
    assert add(london(2026, 6, 8, 9), 0.5) == london(2026, 6, 8, 21)
    assert add(london(2026, 6, 12, 15), 0.5) == london(2026, 6, 15, 3)
    assert add(london(2026, 6, 13, 11), 0) == london(2026, 6, 15)
    assert add(london(2026, 6, 13, 11), 1) == london(2026, 6, 16)
    assert add(london(2026, 6, 15, 10), -1) == london(2026, 6, 12, 10)
    assert ENGLAND.working_days_between(*[london(2026, 6, 13)] * 2) == 0


def test_the_leap_day_is_a_day_like_another() -> None:
    """29 February 2028 is a Tuesday, and counts."""
    monday = london(2028, 2, 28, 10)
    assert ENGLAND.add_working_days(monday, 1) == london(2028, 2, 29, 10)
    assert ENGLAND.add_working_days(monday, 2) == london(2028, 3, 1, 10)


@pytest.mark.parametrize("sunday", [*change_days(3), *change_days(10)])
def test_the_wall_time_stays_when_the_clocks_change(sunday: date) -> None:
    """A working day over a clock change is 23 or 25 hours longer, not an hour out."""
    no_easter = Almanac(zone=LONDON)
    friday = no_easter.at_local(sunday - timedelta(days=2), time(12, 30))
    due = no_easter.add_working_days(friday, 2)
    hour = timedelta(hours=-1 if sunday.month == 3 else 1)
    assert due - friday == timedelta(days=4) + hour
    assert no_easter.local(due).time() == time(12, 30)


@pytest.mark.parametrize("sunday", change_days(3))
def test_a_time_that_spring_skips_is_moved_on(sunday: date) -> None:
    """01:30 does not exist that day: 02:30 is meant."""
    moment = ENGLAND.at_local(sunday, time(1, 30))
    assert ENGLAND.local(moment).time() == time(2, 30)
    assert ENGLAND.at_local(sunday, time(2)) < moment


@pytest.mark.parametrize("sunday", change_days(10))
def test_of_a_time_that_autumn_repeats_the_first_is_meant(sunday: date) -> None:
    """01:30 comes twice that day; a thing due then is due once, at the first."""
    moment = ENGLAND.at_local(sunday, time(1, 30, fold=1))
    assert moment == datetime(sunday.year, 10, sunday.day, 0, 30, tzinfo=UTC)


def test_the_next_working_morning() -> None:
    """What was held leaves at the next 07:30 on which people work, never at once."""
    morning = ENGLAND.next_working_morning
    assert morning(london(2026, 6, 9, 7)) == london(2026, 6, 9, 7, 30)
    assert morning(london(2026, 6, 9, 7, 30)) == london(2026, 6, 10, 7, 30)
    assert morning(london(2026, 6, 12, 18)) == london(2026, 6, 15, 7, 30)
    assert morning(london(2026, 12, 24, 18)) == london(2026, 12, 29, 7, 30)
    assert morning(london(2026, 6, 9), time(9)) == london(2026, 6, 9, 9)


@settings(max_examples=100, deadline=None)
@given(
    almanac=ALMANACS, times=good_times(), moment=moments(), away=st.none() | moments()
)
def test_a_member_is_only_reached_in_their_times(
    almanac: Almanac, times: GoodTimes, moment: datetime, away: datetime | None
) -> None:
    """Inside a window they gave, on no bank holiday, not while away, not before."""
    good = times.next_moment(moment, almanac, away_until=away)
    wall = almanac.local(good)
    assert good >= moment
    assert away is None or good >= away
    assert not almanac.is_holiday(wall.date())
    assert any(
        wall.weekday() in w.days and w.start <= wall.time() < w.end
        for w in times.windows
    )
    assert times.contains(good, almanac)
    assert times.next_moment(good, almanac, away_until=away) == good


@settings(max_examples=100, deadline=None)
@given(times=good_times(first_minute=180), moment=moments(), part=st.floats(0, 1))
def test_no_good_moment_is_passed_over(
    times: GoodTimes, moment: datetime, part: float
) -> None:
    """Nothing between asking and the answer would have done."""
    good = times.next_moment(moment, ENGLAND)
    between = moment + (good - moment) * part
    assert between >= good or not times.contains(between, ENGLAND)


def test_the_default_is_between_surgeries() -> None:
    """Mon-Fri 12:30 to 14:00, the end not included, bank holidays left alone."""
    soon = GoodTimes.DEFAULT.next_moment
    assert GoodTimes.parse("Mon-Fri 12:30-14:00") == GoodTimes.DEFAULT
    assert soon(london(2026, 6, 9, 9), ENGLAND) == london(2026, 6, 9, 12, 30)
    assert soon(london(2026, 6, 9, 13, 59), ENGLAND) == london(2026, 6, 9, 13, 59)
    assert soon(london(2026, 6, 9, 14), ENGLAND) == london(2026, 6, 10, 12, 30)
    assert soon(london(2026, 12, 24, 15), ENGLAND) == london(2026, 12, 29, 12, 30)


def test_a_member_who_said_saturday_gets_saturday() -> None:
    """Weekends count if the member says so, but not one that is a bank holiday."""
    saturdays = GoodTimes.parse("Sat 9-10")
    soon = saturdays.next_moment
    assert soon(london(2026, 6, 9, 9), ENGLAND) == london(2026, 6, 13, 9)
    assert soon(london(2021, 12, 20), ENGLAND) == london(2022, 1, 8, 9)


def test_coming_back_from_away_inside_a_window_is_good_at_once() -> None:
    """Away until Tuesday 13:00 means Tuesday 13:00, and not a day later."""
    back = london(2026, 6, 9, 13)
    asked = london(2026, 6, 1)
    assert GoodTimes.DEFAULT.next_moment(asked, ENGLAND, away_until=back) == back


def test_small_hours_on_the_days_the_clocks_change() -> None:
    """A window in the skipped hour waits a week; one in the repeated hour is good."""
    night = GoodTimes.parse("Sun 01:15-01:45")
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    skipped = night.next_moment(ENGLAND.at_local(spring, time()), ENGLAND)
    assert ENGLAND.local(skipped).date() == date(2026, 4, 5)
    after_the_first = ENGLAND.at_local(autumn, time(1, 50))
    again = night.next_moment(after_the_first, ENGLAND)
    assert again == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)


def test_moments_are_said_by_the_wall_clock() -> None:
    """As "Tue 9 Jun, 12:30": what a clock on the wall showed, summer and winter."""
    assert words(datetime(2026, 6, 9, 11, 30, tzinfo=UTC), LONDON) == "Tue 9 Jun, 12:30"
    assert words(datetime(2026, 12, 1, 9, 5, tzinfo=UTC), LONDON) == "Tue 1 Dec, 09:05"


def test_an_almanac_can_rest_on_other_days() -> None:
    """Where the weekend is not Saturday and Sunday, the country's own is kept."""
    egypt = Almanac.for_country(ZoneInfo("Africa/Cairo"), "EG", None)
    assert not egypt.is_working_day(date(2026, 6, 12))
    assert egypt.is_working_day(date(2026, 6, 14))
