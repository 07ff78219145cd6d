"""Editions: months, the day of drafting, and what may become of one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.editions import (
    EDITION,
    Edition,
    EditionAct,
    EditionId,
    EditionState,
    Month,
    drafted_at,
    letter_key,
    month_to_draft,
    recipient_of,
)
from bot.domain.errors import CommunityError
from bot.domain.lifecycle import IllegalMove, may, move
from bot.domain.times import Almanac

LONDON = Almanac.for_country(ZoneInfo("Europe/London"))
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
MONTHS = st.builds(Month, st.integers(2010, 2090), st.integers(1, 12))
DRAFT = Edition(id=EditionId(1), month=Month(2026, 5), version=1, drafted_at=NOW)


def test_a_month_is_read_and_written_alike():
    """What the operator types is what the store keeps."""
    assert str(Month.parse(" 2026-10 ")) == "2026-10"
    assert Month.parse("2026-10").words == "October 2026"


@pytest.mark.parametrize("typed", ["2026-13", "2026-00", "2026", "Oct 2026", "1999-01"])
def test_what_is_no_month_is_refused_with_an_example(typed):
    """The operator is told how to write it."""
    with pytest.raises(CommunityError) as refused:
        Month.parse(typed)
    assert "2026-10" in refused.value.advice


def test_months_end_by_the_wall_clock():
    """In summer London's month begins an hour before midnight in UTC."""
    may = Month(2026, 5)
    assert may.begins(LONDON) == datetime(2026, 4, 30, 23, 0, tzinfo=UTC)
    assert may.ends(LONDON) == datetime(2026, 5, 31, 23, 0, tzinfo=UTC)
    assert Month.of(datetime(2026, 5, 31, 23, 30, tzinfo=UTC), LONDON) == Month(2026, 6)


@pytest.mark.parametrize(
    ("month", "day", "drafted"),
    [
        (Month(2026, 5), 1, date(2026, 6, 1)),
        (Month(2026, 7), 1, date(2026, 8, 3)),  # 1 August is a Saturday
        (Month(2025, 12), 1, date(2026, 1, 2)),  # New Year's Day
        (Month(2026, 3), 3, date(2026, 4, 7)),  # Good Friday to Easter Monday
    ],
)
def test_a_draft_is_made_on_its_day_or_the_next_working_day(month, day, drafted):
    """At nine by the wall clock, never on a day off."""
    at = LONDON.local(drafted_at(month, LONDON, day))
    assert (at.date(), f"{at:%H:%M}") == (drafted, "09:00")


@settings(max_examples=60, deadline=None)
@given(MONTHS, st.integers(1, 28), st.integers(0, 24 * 27))
def test_the_month_to_draft_is_the_latest_that_is_due(month, day, hours):
    """None that is due is passed over, and none is drafted before its day."""
    now = drafted_at(month, LONDON, day) + timedelta(hours=hours)
    found = month_to_draft(now, LONDON, day)
    assert drafted_at(found, LONDON, day) <= now
    assert drafted_at(found.after(), LONDON, day) > now


@settings(max_examples=60, deadline=None)
@given(MONTHS, st.integers(-40, 40))
def test_months_are_counted_over_years(month, count):
    """So many on, and so many back."""
    assert month.after(count).after(-count) == month
    assert (month.after(count) > month) == (count > 0)


@pytest.mark.parametrize(("state", "act"), list(product(EditionState, EditionAct)))
def test_every_move_is_legal_or_explained(state, act):
    """What may not be done says what can."""
    if may(EDITION, state, act):
        assert move(EDITION, state, act) in EditionState
        return
    with pytest.raises(IllegalMove) as refused:
        move(EDITION, state, act)
    assert refused.value.advice == EDITION.advice[state]


def test_an_edition_is_where_its_times_say():
    """Each time that is set leads one state on."""
    held = replace(DRAFT, approved_at=NOW)
    begun = replace(held, begun_at=NOW + timedelta(days=1))
    assert DRAFT.state is EditionState.DRAFT
    assert held.state is EditionState.HELD
    assert begun.state is EditionState.SENDING
    sent = replace(begun, finished_at=NOW + timedelta(days=2))
    assert sent.state is EditionState.SENT
    dropped = replace(held, dropped_at=NOW + timedelta(hours=1))
    assert dropped.state is EditionState.DROPPED


def test_a_letters_key_says_whose_it_is():
    """So that the outbox alone knows what went to whom."""
    assert recipient_of(letter_key(7, 12)) == (7, 12)
