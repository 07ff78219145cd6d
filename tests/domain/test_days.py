"""Days are said and read as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.days import day_words, parse_day, weekday_number

TODAY = date(2026, 6, 2)  # a Tuesday
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9 June", date(2026, 6, 9)),
        ("9th of June 2027", date(2027, 6, 9)),
        ("  TUE   9 jun ", date(2026, 6, 9)),
        ("Tuesday, 9 June 2026", date(2026, 6, 9)),
        ("June 9", date(2026, 6, 9)),
        ("June 9, 2026", date(2026, 6, 9)),
        ("2026-06-09", date(2026, 6, 9)),
        ("9/6", date(2026, 6, 9)),
        ("09/06/26", date(2026, 6, 9)),
        ("9.6.2026", date(2026, 6, 9)),
        ("12 Sept", date(2026, 9, 12)),
        ("by Friday", date(2026, 6, 5)),
        ("on Weds", date(2026, 6, 3)),
        ("today", TODAY),
        ("tomorrow", date(2026, 6, 3)),
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(typed: str, meant: date) -> None:
    """Nobody has to learn a format to say when they need an answer."""
    assert parse_day(typed, today=TODAY) == meant


def test_a_weekday_is_the_next_one_and_never_today() -> None:
    """Typed on a Tuesday, "Tue" leaves a week, not no time at all."""
    assert parse_day("Tue", today=TODAY) == date(2026, 6, 9)
    assert parse_day("Mon", today=TODAY) == date(2026, 6, 8)
    assert parse_day("Wed", today=TODAY) == date(2026, 6, 3)


def test_a_day_without_a_year_is_still_to_come() -> None:
    """In December, "9 January" is next year's; today's date is today."""
    assert parse_day("9 January", today=date(2026, 12, 20)) == date(2027, 1, 9)
    assert parse_day("2 June", today=TODAY) == TODAY
    assert parse_day("1 June", today=TODAY) == date(2027, 6, 1)


def test_the_leap_day_waits_for_its_year() -> None:
    """29 February without a year is the next there is, and is refused where not."""
    assert parse_day("29 Feb", today=TODAY) == date(2028, 2, 29)
    assert parse_day("29 Feb", today=date(2096, 3, 1)) == date(2104, 2, 29)
    with pytest.raises(ValueError, match="not in the calendar"):
        parse_day("29 February 2027", today=TODAY)


@pytest.mark.parametrize(
    "typed", ["", "soon", "9", "9 Foo", "Foo 9 June", "99/99", "31 June", "9-6-2026-1"]
)
def test_what_is_not_a_day_is_refused_with_an_example(typed: str) -> None:
    """A refusal shows what would have worked, and does not repeat what was typed."""
    with pytest.raises(ValueError, match="such as") as refused:
        parse_day(typed, today=TODAY)
    assert "Foo" not in str(refused.value)


def test_a_weekday_that_contradicts_its_date_is_asked_about() -> None:
    """Of "Mon 9 June", one half is a slip; we do not guess which."""
    with pytest.raises(ValueError, match="9 June 2026 is a Tuesday, not a Monday"):
        parse_day("Mon 9 June", today=TODAY)


@settings(max_examples=100, deadline=None)
@given(day=DAYS, ahead=st.integers(0, 360))
def test_every_day_we_print_can_be_typed_back(day: date, ahead: int) -> None:
    """A person who copies a date out of our message is understood."""
    assert parse_day(day_words(day), today=day - timedelta(days=ahead)) == day
    assert parse_day(day.isoformat(), today=day) == day


def test_days_are_said_in_british_english_whatever_the_machine_speaks() -> None:
    """As "Tue 9 Jun": no leading nought, no ordinal, no locale."""
    assert day_words(date(2026, 6, 9)) == "Tue 9 Jun"
    assert day_words(date(2026, 12, 25)) == "Fri 25 Dec"


def test_weekdays_are_known_by_any_of_their_names() -> None:
    """Short, long and plural names count; two letters could be either of two."""
    assert [weekday_number(w) for w in ("Mon", "tues", "Thursdays", "weds")] == [
        *(0, 1, 3, 2)
    ]
    assert weekday_number("tu") is None
    assert weekday_number("maybe") is None
