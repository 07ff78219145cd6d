"""Which section each line is proposed for."""

from collections.abc import Sequence
from itertools import combinations

from bot.domain.collation.choosing import authors
from bot.domain.collation.cues import agrees, depends
from bot.domain.collation.drafts import Section
from bot.domain.collation.grouping import SAME, Group
from bot.domain.collation.likeness import cosine
from bot.domain.collation.reading import Reading
from bot.domain.collation.statements import Statement

KINDRED = 0.30  #: likeness from which two people's lines are shown together as agreeing


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
    if depends(statement.text):
        return Section.DEPENDS
    return Section.AGREE if shared or agrees(statement.text) else Section.ONE


def _related(
    chosen: Sequence[Group], views: Sequence[Reading], said: Sequence[Statement]
) -> tuple[set[int], set[int]]:
    """The leaders that contradict another, and those that another is much like."""
    opposed: set[int] = set()
    kindred: set[int] = set()
    for one, other in combinations((group.leader for group in chosen), 2):
        if views[one].contribution.author == views[other].contribution.author:
            continue
        likeness = cosine(said[one].vector, said[other].vector)
        if likeness >= SAME and _clash(said[one], said[other]):
            opposed |= {one, other}
        elif likeness >= KINDRED and not _clash(said[one], said[other]):
            kindred |= {one, other}
    return opposed, kindred


def _clash(a: Statement, b: Statement) -> bool:
    """Whether one denies what the other says, or names another figure."""
    return a.denies != b.denies or bool(
        a.figures and b.figures and a.figures != b.figures
    )
