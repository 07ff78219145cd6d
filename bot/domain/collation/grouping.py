"""Which views say the same, and in which order the views speak for the whole."""

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.collation.likeness import Neighbours, Vector, cosine
from bot.domain.collation.reading import Reading
from bot.domain.collation.statements import Statement

HELD = 0.70  #: share of what a view says that its line must hold, to speak for it
_LIKE = 0.50  #: likeness below which the line says too much besides
_FEWEST = 3  #: content words; a shorter view says too little to be found in another


@dataclass(slots=True)
class Group:
    """A view that may be quoted, and the views that say the same."""

    leader: int
    members: list[int] = field(default_factory=list)


def representatives(near: Neighbours, weights: Sequence[float]) -> list[int]:
    """All views, each the one that best stands for what none before it stands for.

    Facility location, greedily: the first few cover more viewpoints than the most
    central ones would. Views weigh as *weights* say, so that the loudest gain nothing.
    """
    best = [0.0] * len(near)
    order: list[int] = []
    heap = [(-_gain(row, best, weights), i) for i, row in enumerate(near)]
    heapq.heapify(heap)
    while heap:
        _, i = heapq.heappop(heap)
        gain = _gain(near[i], best, weights)
        if heap and (-gain, i) > heap[0]:
            heapq.heappush(heap, (-gain, i))
            continue
        order.append(i)
        for j, likeness in near[i].items():
            best[j] = max(best[j], likeness)
    return order


def _gain(
    row: dict[int, float], best: Sequence[float], weights: Sequence[float]
) -> float:
    """What choosing this view would add; rounded, so that equal means equal."""
    gains = (weights[j] * (s - best[j]) for j, s in row.items() if s > best[j])
    return round(sum(gains), 9)


def fair_weights(views: Sequence[Reading]) -> list[float]:
    """A weight for each view, such that every author weighs one in all."""
    spoken = Counter(view.contribution.author for view in views)
    return [1 / spoken[view.contribution.author] for view in views]


def groups(
    order: Sequence[int],
    views: Sequence[Reading],
    said: Sequence[Statement],
    vectors: Sequence[Vector],
    near: Neighbours,
) -> list[Group]:
    """The views in *order*, each leading a group or in the group it repeats."""
    found: dict[int, Group] = {}
    exact: dict[str, int] = {}
    for i in order:
        plain = " ".join(views[i].contribution.text.casefold().split())
        leader = exact.setdefault(plain, i)
        if leader == i:
            leader = _likest(i, found, said, vectors, near)
            exact[plain] = leader
        if leader == i:
            found[i] = Group(i)
        else:
            found[leader].members.append(i)
    return list(found.values())


def _likest(
    i: int,
    found: dict[int, Group],
    said: Sequence[Statement],
    vectors: Sequence[Vector],
    near: Neighbours,
) -> int:
    """The leader whose statement says all that view *i* says, or *i* itself."""
    if len(vectors[i]) < _FEWEST:
        return i
    fits = [
        (_held(vectors[i], said[j].vector), -j)
        for j in near[i]
        if j in found and _compatible(said[i], said[j])
    ]
    share, leader = max(fits, default=(0.0, -i))
    return -leader if share >= HELD else i


def _held(view: Vector, statement: Vector) -> float:
    """The share of *view* that *statement* holds; 0.0 if they are hardly alike."""
    if cosine(view, statement) < _LIKE:
        return 0.0
    return math.fsum(w * w for word, w in view.items() if word in statement)


def _compatible(a: Statement, b: Statement) -> bool:
    """Whether nothing sets *a* apart from *b*: a figure, a denial, dissent."""
    alike = (a.denies, a.dissents) == (b.denies, b.dissents)
    return alike and a.figures <= b.figures
