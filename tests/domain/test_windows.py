"""The times of the week a member gives are read as they write them."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.times import GoodTimes
from bot.domain.windows import Window, parse_windows
from tests.domain.weeks import good_times

EN_DASH = "\N{EN DASH}"  # ours, in what is printed


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        (
            "Mon-Fri 12:30-14:00; Tue 18:00-19:00",
            "Mon-Fri 12:30-14:00; Tue 18:00-19:00",
        ),
        ("MON - FRI, 12.30 - 14.00", "Mon-Fri 12:30-14:00"),
        ("weekdays 12:30 to 2pm", "Mon-Fri 12:30-14:00"),
        ("12:30-14:00", "Mon-Fri 12:30-14:00"),
        ("1-2", "Mon-Fri 13:00-14:00"),
        ("12-2", "Mon-Fri 12:00-14:00"),
        ("Mon 1-2pm", "Mon 13:00-14:00"),
        ("Mon 11-1pm", "Mon 11:00-13:00"),
        ("Mon 5am-6am", "Mon 05:00-06:00"),
        ("mondays and thursdays 8 until 8.30am", "Mon, Thu 08:00-08:30"),
        ("daily 0730-0800", "Mon-Sun 07:30-08:00"),
        ("weekends noon-3pm", "Sat, Sun 12:00-15:00"),
        ("Fri-Mon 09:00-10:00", "Mon, Fri-Sun 09:00-10:00"),
        ("Tue 12-1, 6-7pm", "Tue 12:00-13:00; Tue 18:00-19:00"),
        ("Mon 9-10\nWed 9-10", "Mon 09:00-10:00; Wed 09:00-10:00"),
        ("Sat 9-10; Sat 9-10", "Sat 09:00-10:00"),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, tidy: str) -> None:
    """Any dash, any case, a.m. or the 24-hour clock: one tidy spelling comes back."""
    assert str(GoodTimes.parse(typed)) == tidy.replace("-", EN_DASH)


@pytest.mark.parametrize("code", [*range(0x2010, 0x2016), 0x2212])
def test_any_dash_will_do(code: int) -> None:
    """Phones and word processors put in dashes of their own."""
    typed = "Mon-Fri 12:30 - 14:00".replace("-", chr(code))
    assert GoodTimes.parse(typed) == GoodTimes.DEFAULT


@pytest.mark.parametrize(
    "typed",
    [
        *("", "Mon", "Mon-Fri", "12:30", "Mon 14:00-12:00", "Mon 12:00-12:00"),
        *("Mon 25:00-26:00", "Mon 12:75-13:00", "Mon 22:00-24:00", "lunch 12-1"),
        *("Mon-lunch 12-1", "Mon 9-10; Tue", "Mon 12:30-", "Mon 9-10 £", "6-8"),
    ],
)
def test_times_that_cannot_be_read_are_refused_with_an_example(typed: str) -> None:
    """We never guess at times: a wrong guess disturbs a surgery."""
    with pytest.raises(ValueError, match="such as"):
        parse_windows(typed)


@settings(max_examples=100, deadline=None)
@given(times=good_times())
def test_what_is_printed_can_be_typed_back(times: GoodTimes) -> None:
    """The tidy spelling is what is kept, so it must mean the same when read."""
    assert GoodTimes.parse(str(times)) == times


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="montueFRI0123456789:.--;, apm", max_size=40))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    """Whatever is typed, the member gets windows or advice, never a failure."""
    try:
        windows = parse_windows(text)
    except ValueError as refused:
        assert "such as" in str(refused)  # noqa: PT017  either outcome is right
    else:
        assert windows


def test_a_window_is_within_one_day_and_has_days() -> None:
    """A window that could never open cannot be made at all."""
    with pytest.raises(ValueError, match="end after"):
        Window(frozenset({0}), time(14), time(12))
    with pytest.raises(ValueError, match="Which days"):
        Window(frozenset(), time(12), time(14))
    with pytest.raises(ValueError, match="Which days"):
        Window(frozenset({7}), time(12), time(14))
    with pytest.raises(ValueError, match="at least one"):
        GoodTimes(())
