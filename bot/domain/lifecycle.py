"""Lifecycles: what can become of an invitation, a question and a digest.

A state is never kept by itself: it follows from the times at which things happened
(:func:`state_from`). Before something is done, :func:`move` says whether it may be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.errors import CommunityError


class InvitationState(StrEnum):
    """Where one peer stands with one question they were asked."""

    OWED = "owed"  #: promised, and waiting for a good time
    OPEN = "open"  #: sent, and waiting for the member
    POSTPONED = "postponed"  #: put off by the member: *Later*, *Away until*
    ANSWERED = "answered"
    DECLINED = "declined"  #: *Not one for me*
    SUGGESTED = "suggested"  #: *Suggest a colleague*
    EXPIRED = "expired"  #: freed by time; an answer is still welcome
    CLOSED = "closed"  #: the question closed before an answer came

    @property
    def holds_member(self) -> bool:
        """Whether it counts as an open ask, so that no other goes to the member."""
        return self in _HOLDING


_HOLDING = frozenset(
    {InvitationState.OWED, InvitationState.OPEN, InvitationState.POSTPONED}
)


class InvitationAct(StrEnum):
    """What can happen to an invitation."""

    SEND = "send"
    POSTPONE = "postpone"
    RETURN = "return"  #: the time it was put off to has come
    ANSWER = "answer"  #: by any way: button, thread, letter, a coordinator's paste
    DECLINE = "decline"
    SUGGEST = "suggest"
    EXPIRE = "expire"
    CLOSE = "close"


class QuestionState(StrEnum):
    """Where a question is in its life."""

    OPEN = "open"
    ANSWERED = "answered"  #: enough replies; still open for more
    COLLATING = "collating"  #: a digest is in hand
    COLLATED = "collated"  #: its digest is published
    CLOSED = "closed"


class QuestionAct(StrEnum):
    """What can happen to a question."""

    SATISFY = "satisfy"  #: a reply came, and now there are enough
    UNSATISFY = "unsatisfy"  #: a reply was taken back, and now there are too few
    COLLATE = "collate"  #: a coordinator began a digest, or its revision
    PUBLISH = "publish"
    ABANDON = "abandon"  #: the draft was put aside, and nothing is published
    KEEP = "keep"  #: the revision was put aside, and the published digest stays
    TAKE_BACK = "take back"  #: the published digest was withdrawn
    CLOSE = "close"
    REOPEN = "reopen"


class DigestState(StrEnum):
    """Where a digest is on its way to the community."""

    DRAFT = "draft"
    CHECKING = "checking"  #: contributors have been sent their lines
    READY = "ready"  #: checked; waiting for a coordinator
    HELD = "held"  #: approved; can still be taken back
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  #: taken back or abandoned


class DigestAct(StrEnum):
    """What can happen to a digest."""

    CHECK = "check"  #: contributors are sent their lines, or sent them again
    PASS = "pass"  # noqa: S105  the end of a check, not a password
    CHANGE = "change"  #: an edit, a deletion, another heading: what was approved is not
    APPROVE = "approve"
    TAKE_BACK = "take back"  #: within the hold
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class IllegalMove(CommunityError):
    """Something was asked of an invitation, question or digest that is past it."""


S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine(Generic[S, A]):
    """Every legal move of one kind of thing, and what to say of an illegal one."""

    start: S
    moves: Mapping[A, Mapping[S, S]]  #: by act: from which state to which
    advice: Mapping[S, str]  #: why little more can be done in it, and what can


def move(machine: Machine[S, A], state: S, act: A) -> S:
    """Return the state that the act leads to.

    Raises:
        IllegalMove: the act has no place in this state; its advice says why in words
            for the person, and what they can do.
    """
    after = machine.moves[act].get(state)
    if after is None:
        raise IllegalMove(machine.advice[state])
    return after


def may(machine: Machine[S, A], state: S, act: A) -> bool:
    """Whether the act has a place in this state, so that its button may be shown."""
    return state in machine.moves[act]


def state_from(machine: Machine[S, A], times: Mapping[S, datetime | None]) -> S:
    """Return the state that was entered last, by the times at which each was.

    With no times at all it is the machine's start. Of states entered in the same
    instant, the one listed last wins.
    """
    latest, state = None, machine.start
    for entered, at in times.items():
        if at is not None and (latest is None or at >= latest):
            latest, state = at, entered
    return state


def _all_to(after: S, *before: S) -> dict[S, S]:
    """Lead from each of these states to one."""
    return dict.fromkeys(before, after)


_I, _Q, _D = InvitationState, QuestionState, DigestState

INVITATION: Machine[InvitationState, InvitationAct] = Machine(
    start=_I.OWED,
    moves={
        InvitationAct.SEND: _all_to(_I.OPEN, _I.OWED),
        InvitationAct.POSTPONE: _all_to(_I.POSTPONED, _I.OWED, _I.OPEN, _I.POSTPONED),
        InvitationAct.RETURN: _all_to(_I.OPEN, _I.POSTPONED),
        # An answer is welcome whatever was said before, late, and more than once.
        InvitationAct.ANSWER: _all_to(_I.ANSWERED, *_I),
        InvitationAct.DECLINE: _all_to(
            _I.DECLINED, _I.OWED, _I.OPEN, _I.POSTPONED, _I.EXPIRED
        ),
        InvitationAct.SUGGEST: _all_to(
            _I.SUGGESTED, _I.OWED, _I.OPEN, _I.POSTPONED, _I.DECLINED, _I.EXPIRED
        ),
        InvitationAct.EXPIRE: _all_to(_I.EXPIRED, _I.OPEN),
        InvitationAct.CLOSE: _all_to(_I.CLOSED, _I.OWED, _I.OPEN, _I.POSTPONED),
    },
    advice={
        _I.OWED: "This question has not been sent to you yet. It comes in your times.",
        _I.OPEN: "This question is with you already. Answer, or choose Not one for me.",
        _I.POSTPONED: "You put this question off. Choose Answer whenever you like.",
        _I.ANSWERED: "You have answered this question. Thank you; that is all.",
        _I.DECLINED: "You said this is not one for you, and that is fine. "
        "If you would like to answer after all, choose Answer.",
        _I.SUGGESTED: "You have suggested a colleague. Thank you. "
        "If you would like to answer as well, choose Answer.",
        _I.EXPIRED: "There is no need to answer this one any more. "
        "If you would still like to answer, choose Answer.",
        _I.CLOSED: "This question has closed, so nothing is needed. "
        "If you have something to add, choose Answer.",
    },
)

QUESTION: Machine[QuestionState, QuestionAct] = Machine(
    start=_Q.OPEN,
    moves={
        QuestionAct.SATISFY: _all_to(_Q.ANSWERED, _Q.OPEN, _Q.ANSWERED),
        QuestionAct.UNSATISFY: _all_to(_Q.OPEN, _Q.OPEN, _Q.ANSWERED),
        QuestionAct.COLLATE: _all_to(
            _Q.COLLATING, _Q.OPEN, _Q.ANSWERED, _Q.COLLATED, _Q.CLOSED
        ),
        QuestionAct.PUBLISH: _all_to(_Q.COLLATED, _Q.COLLATING),
        QuestionAct.ABANDON: _all_to(_Q.OPEN, _Q.COLLATING),
        QuestionAct.KEEP: _all_to(_Q.COLLATED, _Q.COLLATING),
        QuestionAct.TAKE_BACK: _all_to(_Q.OPEN, _Q.COLLATED),
        QuestionAct.CLOSE: _all_to(_Q.CLOSED, _Q.OPEN, _Q.ANSWERED, _Q.COLLATED),
        QuestionAct.REOPEN: _all_to(_Q.OPEN, _Q.CLOSED),
    },
    advice={
        _Q.OPEN: "This question is open, and has no digest yet. "
        "Collate it, widen it or close it.",
        _Q.ANSWERED: "This question has its answers, and no digest yet. "
        "Collate it or close it.",
        _Q.COLLATING: "A digest of this question is in hand. "
        "Publish it or put it aside first.",
        _Q.COLLATED: "The digest of this question has been published. "
        "Reply in its thread if you have something to add.",
        _Q.CLOSED: "This question has closed. Open it again, or ask a new one.",
    },
)

DIGEST: Machine[DigestState, DigestAct] = Machine(
    start=_D.DRAFT,
    moves={
        DigestAct.CHECK: _all_to(_D.CHECKING, _D.DRAFT, _D.CHECKING, _D.READY, _D.HELD),
        # From DRAFT too: a digest that quotes nobody has nobody to ask.
        DigestAct.PASS: _all_to(_D.READY, _D.DRAFT, _D.CHECKING),
        # What was approved must be approved again once it differs.
        DigestAct.CHANGE: {
            _D.DRAFT: _D.DRAFT,
            _D.CHECKING: _D.CHECKING,
            _D.READY: _D.READY,
            _D.HELD: _D.READY,
        },
        DigestAct.APPROVE: _all_to(_D.HELD, _D.READY),
        DigestAct.TAKE_BACK: _all_to(_D.READY, _D.HELD),
        DigestAct.PUBLISH: _all_to(_D.PUBLISHED, _D.HELD),
        DigestAct.WITHDRAW: _all_to(
            _D.WITHDRAWN, _D.DRAFT, _D.CHECKING, _D.READY, _D.HELD, _D.PUBLISHED
        ),
    },
    advice={
        _D.DRAFT: "This digest is a draft. Send the contributors their lines first.",
        _D.CHECKING: "The contributors are still looking at their lines. "
        "It can be approved when they have answered, or their time is up.",
        _D.READY: "This digest waits for you. Approve it, change it or put it aside.",
        _D.HELD: "This digest has been approved and leaves soon. "
        "Take it back first if you want to change it.",
        _D.PUBLISHED: "This digest has been published. "
        "Collate the thread again for a new version, or withdraw it.",
        _D.WITHDRAWN: "This digest was taken back. Collate the thread again instead.",
    },
)
