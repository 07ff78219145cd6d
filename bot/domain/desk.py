"""The coordinators' desk: what may be done to a draft, and by whom it was seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.collation import Section
from bot.domain.digests import TAKE_OUT, Kept, Line
from bot.domain.errors import CommunityError
from bot.domain.lifecycle import DIGEST, DigestState, IllegalMove

LAST_DISSENT = (
    "This is the only line that differs, and dissent is always shown. It can be taken "
    "out only if its author asked to be left out. You can move it to another section."
)
NO_REASON = "Please choose why the line is taken out. Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The draft as a coordinator was looking at it, and the act that changes it."""

    digest: int
    version: int
    once: str  #: names the act: the same form sent twice changes it once


def must_be_open(state: DigestState) -> None:
    """Make sure that a draft in *state* may be changed at the desk.

    Raises:
        IllegalMove: it is held, published or put aside; the advice says what to do.
    """
    if state not in {DigestState.DRAFT, DigestState.CHECKING, DigestState.READY}:
        raise IllegalMove(DIGEST.advice[state])


def may_take_out(line: Line, lines: Sequence[Line], reason: str) -> None:
    """Make sure that *line* of *lines* may be taken out for *reason*.

    Raises:
        CommunityError: the reason is none of the ledger's, or it is the last dissent.
    """
    if reason not in set(TAKE_OUT):
        raise CommunityError(NO_REASON, field="reason")
    differing = [one for one in lines if one.section is Section.DIFFER]
    if differing == [line] and reason != Kept.LEFT_OUT:
        raise CommunityError(LAST_DISSENT, field="reason")


def moved_up(line: Line, lines: Sequence[Line]) -> tuple[int, Line] | None:
    """The place that *line* takes, and the line it changes places with.

    None where it is the first of its section.
    """
    before = [
        one
        for one in lines
        if one.section is line.section and one.position < line.position
    ]
    if not before:
        return None
    nearest = max(before, key=lambda one: one.position)
    return nearest.position, nearest
