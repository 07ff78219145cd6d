"""Which section each line is proposed for."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from bot.domain.collation.choosing import authors
from bot.domain.collation.cues import agrees, depends, hedges, negations
from bot.domain.collation.drafts import Section
from bot.domain.collation.grouping import Group
from bot.domain.collation.reading import Passage, Reading
from bot.domain.collation.statements import Statement
from bot.domain.collation.words import figures

KINDRED = 0.40  #: likeness from which two people's sentences are taken to agree
OPPOSED = 0.60  #: likeness from which a clash is taken for a contradiction
_SHARED = 3  #: content words that two sentences must share to be compared


def place(
    chosen: Sequence[Group], views: Sequence[Reading], said: Sequence[Statement]
) -> dict[int, Section]:
    """The section of each chosen group, by its leader.

    Dissent and contradiction come before everything; what several people say, or what
    opens by agreeing, is agreement; the rest is one colleague's experience.
    """
    opposed, kindred = _related(chosen, views, said)
    return {
        group.leader: _section(
            said[group.leader],
            differs=group.leader in opposed,
            shared=group.leader in kindred or len(authors(group, views)) > 1,
        )
        for group in chosen
    }


def _section(statement: Statement, *, differs: bool, shared: bool) -> Section:
    if differs or statement.dissents:
        return Section.DIFFER
    agreeing = agrees(statement.text)
    if depends(statement.text) or (agreeing and hedges(statement.text)):
        return Section.DEPENDS
    return Section.AGREE if shared or agreeing else Section.ONE


def _related(
    chosen: Sequence[Group], views: Sequence[Reading], said: Sequence[Statement]
) -> tuple[set[int], set[int]]:
    """The leaders that contradict another, and those that another is much like."""
    opposed: set[int] = set()
    kindred: set[int] = set()
    for one, other in combinations((group.leader for group in chosen), 2):
        if views[one].contribution.author == views[other].contribution.author:
            continue
        if any(_opposed(p, q) for p, q in _pairs(said[one], said[other])):
            opposed |= {one, other}
        elif any(_agree(p, q) for p, q in _pairs(said[one], said[other])):
            kindred |= {one, other}
    return opposed, kindred


def _pairs(one: Statement, other: Statement) -> Iterator[tuple[Passage, Passage]]:
    return product(one.passages, other.passages)


def _opposed(p: Passage, q: Passage) -> bool:
    return _likeness(p, q) >= OPPOSED and _clash(p.text, q.text)


def _agree(p: Passage, q: Passage) -> bool:
    return _likeness(p, q) >= KINDRED and not _clash(p.text, q.text)


def _likeness(p: Passage, q: Passage) -> float:
    """How many content words two passages share, for their length.

    Words that the whole thread shares count in full: they are what it is about.
    """
    a, b = _content(p), _content(q)
    shared = len(a & b)
    return shared / math.sqrt(len(a) * len(b)) if shared >= _SHARED else 0.0


def _content(passage: Passage) -> set[str]:
    """Its content words; a question states nothing, and a letter alone is no word."""
    if passage.asks:
        return set()
    return {stem for stem in passage.stems if len(stem) > 1 or stem.isdigit()}


def _clash(a: str, b: str) -> bool:
    """Whether one denies what the other says, or names another figure."""
    ours, theirs = figures(a), figures(b)
    apart = bool(ours and theirs) and not ours & theirs
    return apart or negations(a) % 2 != negations(b) % 2
