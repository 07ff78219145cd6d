"""Dates of the quarterly calls: always one, always worked on, at the same wall time."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.community import Cadence
from bot.domain.recurrence import (
    Quarter,
    Rule,
    looking_ahead,
    parse_weekdays,
    plan,
    planned,
)
from bot.domain.times import Almanac, words
from tests.domain.weeks import ENGLAND, LONDON, london

USUAL = Rule.of(Cadence())
WORKED = st.lists(st.integers(0, 4), min_size=1, max_size=5, unique=True).map(tuple)
RULES = st.builds(
    Rule,
    month=st.integers(1, 3),
    week=st.integers(1, 4),
    days=WORKED,
    starts=st.times(time(7), time(19)).map(lambda at: at.replace(microsecond=0)),
)
QUARTERS = st.builds(Quarter, st.integers(2020, 2090), st.integers(1, 4))


@settings(max_examples=100, deadline=None)
@given(rule=RULES, quarter=QUARTERS)
def test_a_call_is_in_its_month_on_a_working_day_of_the_rule(
    rule: Rule, quarter: Quarter
) -> None:
    """Nobody is called together on a day off, or in a month they do not expect."""
    found = planned(rule, ENGLAND, quarter)
    assert found.starts_at is not None
    wall = ENGLAND.local(found.starts_at)
    assert (wall.year, wall.month) == (quarter.year, quarter.month(rule.month))
    assert wall.weekday() in rule.days
    assert ENGLAND.is_working_day(wall.date())
    assert wall.time() == rule.starts
    assert all(not ENGLAND.is_working_day(avoided.day) for avoided in found.avoided)


@settings(max_examples=50, deadline=None)
@given(rule=RULES, first=st.dates(date(2020, 1, 1), date(2080, 1, 1)))
def test_ten_years_have_forty_calls_one_a_quarter(rule: Rule, first: date) -> None:
    """No quarter is skipped and none has two; asking twice gives the same."""
    start = Quarter.of(first).first
    ten_years = start.replace(year=start.year + 10) - timedelta(days=1)
    found = plan(rule, ENGLAND, start, ten_years)
    quarters = [one.quarter for one in found]
    assert len(quarters) == 40
    assert all(one.following == other for one, other in pairwise(quarters))
    assert found == plan(rule, ENGLAND, start, ten_years)


@settings(max_examples=50, deadline=None)
@given(rule=RULES, quarter=QUARTERS)
def test_the_weekdays_take_turns(rule: Rule, quarter: Quarter) -> None:
    """A surgery that is always on Tuesdays does not always miss the call."""
    turns: Counter[int] = Counter()
    for _ in rule.days:
        turns[rule.weekday(quarter)] += 1
        quarter = quarter.following
    assert turns == dict.fromkeys(rule.days, 1)


def test_the_next_calls_of_the_network() -> None:
    """The considered rule gives the second such weekday of the third month."""
    found = plan(USUAL, ENGLAND, date(2026, 4, 1), date(2027, 6, 30))
    said = [(str(p.quarter), words(p.starts_at, LONDON)) for p in found if p.starts_at]
    assert said == [
        ("2026-Q2", "Mon 8 Jun, 12:30"),
        ("2026-Q3", "Tue 8 Sep, 12:30"),
        ("2026-Q4", "Wed 9 Dec, 12:30"),
        ("2027-Q1", "Thu 11 Mar, 12:30"),
        ("2027-Q2", "Fri 11 Jun, 12:30"),
    ]


def test_bank_holidays_are_avoided_by_name() -> None:
    """Whoever reads the plan sees what was in the way, and what it is called."""
    rule = replace(USUAL, week=4)
    found = planned(rule, ENGLAND, Quarter(2028, 4))
    assert found.starts_at == london(2028, 12, 27, 12, 30)
    assert [(one.day.day, one.why) for one in found.avoided] == [
        (25, "Christmas Day"),
        (26, "Boxing Day"),
    ]


def test_where_nothing_later_will_do_an_earlier_day_is_taken() -> None:
    """The call stays in its month though the month's end is all holidays."""
    rule = replace(USUAL, week=4, days=(0,))
    late = replace(ENGLAND, holidays=frozenset({date(2026, 6, 22), date(2026, 6, 29)}))
    found = planned(rule, late, Quarter(2026, 2))
    assert found.starts_at == london(2026, 6, 15, 12, 30)
    assert [one.day.day for one in found.avoided] == [22, 29]


def test_a_quarter_without_a_date_is_stated_not_skipped() -> None:
    """A month that is one long holiday stands in the plan, with everything avoided."""
    june = frozenset(date(2026, 6, day) for day in range(1, 31))
    closed = replace(ENGLAND, holidays=june, names={})
    [found] = plan(
        replace(USUAL, days=(1, 2)), closed, date(2026, 5, 1), date(2026, 6, 30)
    )
    assert found.starts_at is None
    assert len(found.avoided) == 9
    assert {one.why for one in found.avoided} == {"a bank holiday"}


def test_a_rule_for_days_nobody_works_is_impossible() -> None:
    """Weekends are known by the country, not by habit."""
    gulf = Almanac(zone=LONDON, weekend=frozenset({4, 5}))
    weekend = replace(USUAL, days=(5, 6))
    assert not weekend.possible(ENGLAND)
    assert weekend.possible(gulf)
    assert planned(weekend, ENGLAND, Quarter(2026, 2)).starts_at is None


@pytest.mark.parametrize(("month", "offsets"), [(3, (0, 1)), (10, (1, 0))])
def test_calls_round_the_change_of_clocks_keep_their_wall_time(
    month: int, offsets: tuple[int, int]
) -> None:
    """12:30 is 12:30 in the week before the clocks change, and in the week after."""
    quarter, third = Quarter.of(date(2027, month, 1)), 3 if month == 3 else 1
    before = planned(
        Rule(month=third, week=4, days=(3,), starts=time(12, 30)), ENGLAND, quarter
    )
    assert before.starts_at is not None
    after = ENGLAND.add_working_days(before.starts_at, 4 if month == 3 else 2)
    walls = [ENGLAND.local(at) for at in (before.starts_at, after)]
    assert {wall.time() for wall in walls} == {time(12, 30)}
    hours = [(wall.utcoffset() or timedelta()) / timedelta(hours=1) for wall in walls]
    assert tuple(hours) == offsets


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Tue, Thu", (1, 3)),
        ("thursday, TUE", (3, 1)),
        ("Mon–Wed, Fri, Mon", (0, 1, 2, 4)),
        ("Fri-Mon", (4, 5, 6, 0)),
    ],
)
def test_weekdays_are_read_as_people_write_them(
    text: str, days: tuple[int, ...]
) -> None:
    """Ranges, lists and long names will do; the order given is the order of turns."""
    assert parse_weekdays(text) == days


@pytest.mark.parametrize("text", ["", "Mon-", "Someday", "Mon-Tue-Wed", "1-5"])
def test_what_is_no_weekday_is_refused_with_advice(text: str) -> None:
    """A slip says what to write instead."""
    with pytest.raises(ValueError, match="such as"):
        parse_weekdays(text)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2y", date(2028, 5, 31)),
        ("6m", date(2026, 11, 30)),
        (" 18 months", date(2027, 11, 30)),
        ("1Y", date(2027, 5, 31)),
    ],
)
def test_how_far_to_look_is_read(text: str, until: date) -> None:
    """Years and months, to the same day or the month's last."""
    assert looking_ahead(text, date(2026, 5, 31)) == until


@pytest.mark.parametrize("text", ["", "2", "y", "-1y", "0m", "11y", "two years", "2w"])
def test_how_far_to_look_says_what_it_takes(text: str) -> None:
    """A slip, nothing, and more than ten years are refused in words."""
    with pytest.raises(ValueError, match="6m"):
        looking_ahead(text, date(2026, 5, 31))
