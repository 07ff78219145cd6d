"""Every legal move of an invitation, a question and a digest; all others refused."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

import pytest

from bot.domain.errors import CommunityError
from bot.domain.lifecycle import (
    DIGEST,
    INVITATION,
    QUESTION,
    DigestAct,
    DigestState,
    IllegalMove,
    InvitationAct,
    InvitationState,
    Machine,
    QuestionAct,
    QuestionState,
    may,
    move,
    state_from,
)
from tests.domain.weeks import london

# A row for each state, a column for each act, in the order of their enums; a dot is
# an illegal move. Written by hand from the defaults, not from the machines.
TABLES = {
    "invitation": """
        owed      open postponed .    answered declined suggested .       closed
        open      .    postponed .    answered declined suggested expired closed
        postponed .    postponed open answered declined suggested .       closed
        answered  .    .         .    answered .        .         .       .
        declined  .    .         .    answered .        suggested .       .
        suggested .    .         .    answered .        .         .       .
        expired   .    .         .    answered declined suggested .       .
        closed    .    .         .    answered .        .         .       .
    """,
    "question": """
        open      answered open collating .        .    .        .    closed .
        answered  answered open collating .        .    .        .    closed .
        collating .        .    .         collated open collated .    .      .
        collated  .        .    collating .        .    .        open closed .
        closed    .        .    collating .        .    .        .    .      open
    """,
    "digest": """
        draft     checking ready draft    .    .     .         withdrawn
        checking  checking ready checking .    .     .         withdrawn
        ready     checking .     ready    held .     .         withdrawn
        held      checking .     ready    .    ready published withdrawn
        published .        .     .        .    .     .         withdrawn
        withdrawn .        .     .        .    .     .         .
    """,
}
MACHINES: dict[str, tuple[Machine[Any, Any], type[StrEnum], type[StrEnum]]] = {
    "invitation": (INVITATION, InvitationState, InvitationAct),
    "question": (QUESTION, QuestionState, QuestionAct),
    "digest": (DIGEST, DigestState, DigestAct),
}
NOT_OURS = ("urgent", "triage", "refer", "escalate", "nudge", "chatter", "off topic")


def moves() -> list[tuple[str, str, str, str]]:
    """Every machine, state and act, with where it leads."""
    found = []
    for name, table in TABLES.items():
        acts = list(MACHINES[name][2])
        for row in table.strip().splitlines():
            state, *afters = row.split()
            pairs = zip(acts, afters, strict=True)
            found += [(name, state, act.value, after) for act, after in pairs]
    return found


LEGAL = [m for m in moves() if m[3] != "."]
ILLEGAL = [m[:3] for m in moves() if m[3] == "."]


@pytest.mark.parametrize(("name", "before", "did", "after"), LEGAL)
def test_every_legal_move_leads_where_it_should(
    name: str, before: str, did: str, after: str
) -> None:
    """What people may do, they can do, and it becomes what they meant."""
    machine, states, acts = MACHINES[name]
    assert move(machine, states(before), acts(did)) is states(after)
    assert may(machine, states(before), acts(did))


@pytest.mark.parametrize(("name", "before", "did"), ILLEGAL)
def test_every_other_move_is_refused_with_advice(
    name: str, before: str, did: str
) -> None:
    """A second press, or a press too late, changes nothing and is explained."""
    machine, states, acts = MACHINES[name]
    assert not may(machine, states(before), acts(did))
    with pytest.raises(IllegalMove) as refused:
        move(machine, states(before), acts(did))
    assert refused.value.advice == machine.advice[states(before)]


@pytest.mark.parametrize("name", MACHINES)
def test_no_state_or_act_is_forgotten(name: str) -> None:
    """The tables name every state once, every act has moves, every state advice."""
    machine, states, acts = MACHINES[name]
    rows = [row.split()[0] for row in TABLES[name].strip().splitlines()]
    assert rows == list(states)
    assert set(machine.moves) == set(acts)
    assert set(machine.advice) == set(states)


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_can_come_about(name: str) -> None:
    """From the start, some row of acts leads to each state: none is for show."""
    machine, states, _ = MACHINES[name]
    reached = {machine.start}
    for _ in states:
        for steps in machine.moves.values():
            reached |= {after for before, after in steps.items() if before in reached}
    assert reached == set(states)


@pytest.mark.parametrize("name", MACHINES)
def test_advice_is_short_and_in_our_words(name: str) -> None:
    """It fits a phone, is a sentence, and avoids the words we avoid."""
    for advice in MACHINES[name][0].advice.values():
        assert len(advice) < 140
        assert advice.endswith(".")
        assert not [word for word in NOT_OURS if word in advice.lower()]


def test_a_refused_move_is_a_refusal_like_any_other() -> None:
    """Doors that tell people of refusals tell them of this one too."""
    assert issubclass(IllegalMove, CommunityError)


def test_an_answer_is_always_welcome() -> None:
    """Late, after *Not one for me*, after the close, twice: an answer counts."""
    for state in InvitationState:
        after = move(INVITATION, state, InvitationAct.ANSWER)
        assert after is InvitationState.ANSWERED


def test_a_digest_is_published_only_after_approval_and_its_hold() -> None:
    """A person approves what goes to everyone, and what changed is approved again."""
    before = [s for s in DigestState if may(DIGEST, s, DigestAct.PUBLISH)]
    approved = [s for s in DigestState if may(DIGEST, s, DigestAct.APPROVE)]
    assert before == [DigestState.HELD]
    assert approved == [DigestState.READY]
    changed = move(DIGEST, DigestState.HELD, DigestAct.CHANGE)
    assert not may(DIGEST, changed, DigestAct.PUBLISH)


def test_an_ask_that_ended_holds_nobody() -> None:
    """Only what is owed, open or put off keeps another ask away."""
    holding = [state for state in InvitationState if state.holds_member]
    assert holding == ["owed", "open", "postponed"]


def test_the_state_is_what_happened_last() -> None:
    """State is in its times: no column can disagree with them."""
    at = london(2026, 6, 9)
    later = at + timedelta(minutes=1)
    opened = {InvitationState.OPEN: at, InvitationState.ANSWERED: None}
    assert state_from(INVITATION, {}) is InvitationState.OWED
    assert state_from(INVITATION, opened) is InvitationState.OPEN
    put_off = {InvitationState.POSTPONED: later, InvitationState.OPEN: at}
    assert state_from(INVITATION, put_off) is InvitationState.POSTPONED
    back = {InvitationState.POSTPONED: at, InvitationState.OPEN: later}
    assert state_from(INVITATION, back) is InvitationState.OPEN


def test_of_two_things_at_one_instant_the_later_listed_counts() -> None:
    """Where a clock is coarse, opened and answered at once is answered."""
    at = london(2026, 6, 9)
    both = {InvitationState.OPEN: at, InvitationState.ANSWERED: at}
    assert state_from(INVITATION, both) is InvitationState.ANSWERED
