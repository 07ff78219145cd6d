"""Which groups become lines: everyone is heard before anyone is heard twice."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.collation.grouping import Group
from bot.domain.collation.reading import Reading
from bot.domain.collation.statements import Statement

#: times the usual number of lines, before a voice not yet heard has to be left out
_STRETCH = 3
_SLIGHT = 3  #: content words


def choose(
    found: Sequence[Group],
    views: Sequence[Reading],
    said: Sequence[Statement],
    lines: int,
) -> list[Group]:
    """The groups to quote, from *found*.

    If all fit into *lines*, all. Otherwise first whoever has not been heard, even
    beyond *lines*; then every dissent; then, while there is room, the rest in turns,
    with no more than half of the lines from one author where others speak.
    """
    if len(found) <= lines:
        return list(found)
    ranked = sorted(
        found, key=lambda g: (-len(authors(g, views)), _is_slight(said[g.leader]))
    )
    chosen = _unheard(ranked, views, lines * _STRETCH)
    chosen += [g for g in ranked if g not in chosen and said[g.leader].dissents]
    chosen += _in_turns([g for g in ranked if g not in chosen], chosen, views, lines)
    return chosen


def _is_slight(statement: Statement) -> bool:
    """Whether a statement is so brief that it gives way to any fuller one."""
    return len(statement.vector) < _SLIGHT


def authors(group: Group, views: Sequence[Reading]) -> set[str]:
    """The people whose views are in *group*."""
    return {views[i].contribution.author for i in (group.leader, *group.members)}


def _unheard(
    ranked: Sequence[Group], views: Sequence[Reading], most: int
) -> list[Group]:
    heard: set[str] = set()
    chosen: list[Group] = []
    for group in ranked:
        if len(chosen) < most and not authors(group, views) <= heard:
            chosen.append(group)
            heard |= authors(group, views)
    return chosen


def _in_turns(
    rest: Sequence[Group],
    chosen: Sequence[Group],
    views: Sequence[Reading],
    lines: int,
) -> list[Group]:
    spoken = Counter(views[g.leader].contribution.author for g in chosen)
    alone = len({view.contribution.author for view in views}) == 1
    most = lines if alone else max(1, lines // 2)
    turns = []
    for group in rest:
        author = views[group.leader].contribution.author
        spoken[author] += 1
        if spoken[author] <= most:
            turns.append((spoken[author], group))
    turns.sort(key=lambda turn: turn[0])
    return [group for _, group in turns[: max(0, lines - len(chosen))]]
