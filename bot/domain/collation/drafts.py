"""What goes into a collation and what comes out."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.resources import Resource


class Section(StrEnum):
    """Where a line stands in a digest: a proposal, until a coordinator accepts it."""

    AGREE = "agree"  #: where we agree
    DIFFER = "differ"  #: where we differ
    DEPENDS = "depends"  #: it depends
    ONE = "one"  #: one colleague's experience


class Place(StrEnum):
    """Where a contribution went."""

    QUOTED = "quoted"
    GROUPED = "grouped"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


class Reason(StrEnum):
    """Why a contribution is kept and not quoted."""

    THANKS = "thanks"  #: thanks, a greeting, or agreement with nothing in particular
    ELSEWHERE = "elsewhere"  #: no more than a link, a file, code or a quotation
    QUESTION = "question"  #: a question asked back
    LENGTH = "length"  #: no room: it is in the full ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One reply, as its author wrote it."""

    id: int
    author: str
    text: str
    withdrawn: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One statement: whole sentences that stand together, word for word."""

    section: Section
    contribution: int
    text: str
    grouped: tuple[int, ...] = ()  #: contributions that said the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where one contribution went, and why."""

    contribution: int
    place: Place
    reason: str | None  #: a ``Reason``, when the place is ``KEPT``
    line: int | None  #: index into the draft's lines, when quoted or grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A digest as proposed: complete, since every contribution has its entry."""

    lines: tuple[DraftLine, ...]
    ledger: tuple[Entry, ...]  #: one for each contribution, in the order they came
    resources: tuple[Resource, ...]
    still_open: tuple[tuple[int, str], ...]  #: contribution, question nobody answered
