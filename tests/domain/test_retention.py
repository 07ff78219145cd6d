"""When a night's work is done: once in each night, also when the clocks change."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.retention import night_of
from bot.domain.times import Almanac

LONDON = Almanac.for_country(ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        ("2026-03-29T00:59:00+00:00", None),  # 00:59, before the hour that is not
        ("2026-03-29T02:30:00+00:00", "2026-03-29"),  # 03:30, after it
        ("2026-10-25T01:30:00+00:00", None),  # 01:30, for the second time
        ("2026-10-25T03:30:00+00:00", "2026-10-25"),
    ],
)
def test_a_night_is_done_once_when_the_clocks_change(moment, night):
    """03:30 is there once in every night of the year."""
    assert night_of(datetime.fromisoformat(moment), LONDON) == night
