"""What can become of a call, and what a coordinator may type about one."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.call_drafts import CallDraft, DayOff, plan_of
from bot.domain.calls import CALL, Call, CallAct, CallId, CallState, agenda_at, name_of
from bot.domain.errors import CommunityError
from bot.domain.lifecycle import IllegalMove, may, move
from tests.domain.weeks import ENGLAND, london

NOW = london(2026, 4, 1, 9)
JUNE = london(2026, 6, 10, 12, 30)
DRAFT = CallDraft(
    day="2026-06-10",
    starts="12:30",
    minutes="60",
    title="Quarterly call",
    dial_in="0330 555 0123",
    agenda="",
)
A_CALL = Call(
    id=CallId(1),
    quarter="2026-Q2",
    uid="one@convenor",
    title="Quarterly call",
    starts_at=JUNE,
    minutes=60,
    proposed_at=NOW,
)

# A row for each state, a column for each act, in the order of their enums; a dot is an
# illegal move. Written by hand from the defaults, not from the machine.
TABLE = """
    proposed  confirmed .         proposed  .         .    .         dropped
    confirmed .         confirmed confirmed confirmed held cancelled .
    held      .         .         .         .         .    .         .
    cancelled .         .         .         .         .    .         .
    dropped   .         .         .         .         .    .         .
"""
MOVES = [
    (CallState(row.split()[0]), act, cell)
    for row in TABLE.strip().splitlines()
    for act, cell in zip(CallAct, row.split()[1:], strict=True)
]


@pytest.mark.parametrize(("state", "act", "after"), MOVES)
def test_a_call_goes_only_where_it_may(
    state: CallState, act: CallAct, after: str
) -> None:
    """Every legal move is made, every other is refused with advice on that state."""
    assert may(CALL, state, act) == (after != ".")
    if after != ".":
        assert move(CALL, state, act) == after
        return
    with pytest.raises(IllegalMove) as refused:
        move(CALL, state, act)
    assert refused.value.advice == CALL.advice[state]


@pytest.mark.parametrize(
    ("times", "after", "state"),
    [
        ({}, JUNE, CallState.PROPOSED),
        ({"confirmed_at": NOW}, JUNE, CallState.CONFIRMED),
        ({"confirmed_at": NOW}, JUNE + timedelta(minutes=60), CallState.HELD),
        ({"confirmed_at": NOW, "cancelled_at": NOW}, JUNE, CallState.CANCELLED),
        ({"dropped_at": NOW}, JUNE, CallState.DROPPED),
    ],
)
def test_a_calls_state_is_in_its_times(
    times: dict[str, datetime], after: datetime, state: CallState
) -> None:
    """Nothing has to be kept in step: what happened, and the clock, say where it is."""
    assert replace(A_CALL, **times).state(after) is state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("starts", "reminded"),
    [
        (london(2026, 6, 10, 12, 30), london(2026, 6, 3, 12, 30)),
        (london(2027, 3, 31, 12, 30), london(2027, 3, 24, 12, 30)),
        (london(2026, 10, 29, 12, 30), london(2026, 10, 22, 12, 30)),
    ],
)
def test_the_reminder_is_a_week_before_by_the_wall(
    starts: datetime, reminded: datetime
) -> None:
    """Over a change of clocks, a week is 167 or 169 hours, and 12:30 stays 12:30."""
    call = replace(A_CALL, starts_at=starts, confirmed_at=NOW)
    assert agenda_at(call, ENGLAND, 7) == reminded


def test_a_call_confirmed_late_is_not_reminded_of_at_once() -> None:
    """Its invitation has just come: the reminder waits for a working day."""
    late = replace(A_CALL, confirmed_at=london(2026, 6, 5, 15))
    assert agenda_at(late, ENGLAND, 7) == london(2026, 6, 8, 15)


def test_what_is_typed_is_what_the_wall_clock_says() -> None:
    """12:30 in June is 11:30 UTC; a title is one line."""
    plan = plan_of(
        replace(DRAFT, title=" Quarterly\n call ", starts="9.05"),
        now=NOW,
        almanac=ENGLAND,
    )
    assert plan.starts_at == london(2026, 6, 10, 9, 5)
    assert plan.title == "Quarterly call"
    assert name_of(plan.starts_at, ENGLAND) == "the June call"


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"day": "2026-04-01", "starts": "08:59"}, "day", "in the past"),
        ({"day": "2025-06-10"}, "day", "in the past"),
        ({"day": "2027-06-10"}, "day", "more than a year away"),
        ({"day": ""}, "day", "choose a day"),
        ({"day": "10 June"}, "day", "choose a day"),
        ({"day": "2026-05-25"}, "day", "Spring Bank Holiday"),
        ({"day": "2026-06-13"}, "day", "at the weekend"),
        ({"starts": "24:00"}, "starts", "24-hour clock"),
        ({"starts": "lunch"}, "starts", "24-hour clock"),
        ({"minutes": "4"}, "minutes", "from 5 to 480"),
        ({"minutes": "²"}, "minutes", "from 5 to 480"),
        ({"minutes": ""}, "minutes", "from 5 to 480"),
        ({"title": " \n "}, "title", "a title"),
    ],
)
def test_a_slip_names_its_field(change: dict[str, str], field: str, told: str) -> None:
    """What cannot be is refused under the field it concerns, in words that mend it."""
    with pytest.raises(CommunityError) as refused:
        plan_of(replace(DRAFT, **change), now=NOW, almanac=ENGLAND)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert told in refused.value.advice


def test_a_day_off_may_be_meant() -> None:
    """A coordinator who ticks that the day is meant is taken at their word."""
    saturday = replace(DRAFT, day="2026-06-13")
    with pytest.raises(DayOff):
        plan_of(saturday, now=NOW, almanac=ENGLAND)
    meant = plan_of(replace(saturday, day_off=True), now=NOW, almanac=ENGLAND)
    assert meant.starts_at == london(2026, 6, 13, 12, 30)
