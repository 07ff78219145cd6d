"""The statement that speaks for a view: whole sentences from one place in it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.collation.cues import dissents, leans, negations
from bot.domain.collation.likeness import Neighbours, Vector, cosine
from bot.domain.collation.reading import Passage, Reading
from bot.domain.collation.words import figures

_COMFORTABLE = 60  #: words; a statement longer than this tires a reader on a phone
_FROM_OTHERS = 0.5  #: how far what others say steers which passage is chosen
_NEAREST = 6  #: likest views that steer it
_DISSENT, _LEAD, _LEANING, _ASKING = 0.35, 0.08, 0.20, 0.60


@dataclass(frozen=True, slots=True)
class Statement:
    """What would be quoted of a view, and what decides whether others said the same."""

    text: str
    vector: Vector
    figures: frozenset[str]
    denies: bool
    dissents: bool


def statements(
    views: Sequence[Reading], vectors: Sequence[Vector], near: Neighbours
) -> list[Statement]:
    """One statement for each view."""
    return [
        _statement(view, _target(i, vectors, near), rarity=vectors[i])
        for i, view in enumerate(views)
    ]


def _target(i: int, vectors: Sequence[Vector], near: Neighbours) -> Vector:
    """What view *i* is about, as itself and its likest neighbours put it."""
    target = dict(vectors[i])
    others = sorted(((s, j) for j, s in near[i].items() if j != i), reverse=True)
    for likeness, j in others[:_NEAREST]:
        for word, weight in vectors[j].items():
            if word in target:
                target[word] += _FROM_OTHERS * likeness * weight
    length = math.sqrt(math.fsum(w * w for w in target.values())) or 1.0
    return {word: weight / length for word, weight in target.items()}


def _statement(view: Reading, target: Vector, rarity: Mapping[str, float]) -> Statement:
    worth = [_worth(p, target, rarity) for p in view.passages]
    worth[0] += _LEAD
    best = max(range(len(worth)), key=lambda n: (worth[n], -n))
    text, stems = _grounded(view, best)
    return Statement(
        text=text,
        vector=_vector(stems, rarity),
        figures=figures(text),
        denies=negations(text) % 2 == 1,
        dissents=dissents(text),
    )


def _worth(passage: Passage, target: Vector, rarity: Mapping[str, float]) -> float:
    """How well *passage* speaks for the whole; higher is better."""
    worth = cosine(_vector(passage.stems, rarity), target)
    length = len(passage.text.split())
    worth -= 0.2 * max(0.0, math.log2(length / _COMFORTABLE)) if length else 1.0
    worth += _DISSENT if dissents(passage.text) else 0.0
    worth -= _LEANING if leans(passage.text) else 0.0
    return worth - (_ASKING if passage.asks else 0.0)


def _grounded(view: Reading, n: int) -> tuple[str, tuple[str, ...]]:
    """Passage *n*, with the one before it if it leans on that for its meaning."""
    passage = view.passages[n]
    if n and leans(passage.text):
        before = view.passages[n - 1]
        source = view.contribution.text
        both = source[before.start : passage.end]
        touching = not source[before.end : passage.start].strip(" \n\t*•-")
        if touching and len(both.split()) <= _COMFORTABLE:
            return both, before.stems + passage.stems
    return passage.text, passage.stems


def _vector(stems: Sequence[str], rarity: Mapping[str, float]) -> Vector:
    raw = {word: rarity[word] for word in stems if word in rarity}
    length = math.sqrt(math.fsum(w * w for w in raw.values())) or 1.0
    return {word: weight / length for word, weight in raw.items()}
