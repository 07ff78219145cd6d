"""The statement that speaks for a view: whole sentences from one place in it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.collation.cues import leans, negations
from bot.domain.collation.likeness import Neighbours, Vector
from bot.domain.collation.reading import Passage, Reading
from bot.domain.collation.words import figures

_FEW = 6  #: passages in a statement at most
_FROM_OTHERS = 1.0  #: how far what others say steers which passages are chosen
_NEAREST = 6  #: likest views that steer it
#: what a cosine is raised or lowered by
_DISSENT, _OPENING, _LEANING, _ASKING, _EMPTY, _DANGLING = 0.5, 0.3, 0.2, 0.3, 0.1, 0.2
_OVERLONG = 0.3  #: for each doubling of the length that is comfortable
_LISTED = 0.4  #: for names, addresses and numbers that make no sentence


@dataclass(frozen=True, slots=True)
class Statement:
    """What would be quoted of a view, and what decides whether others said the same."""

    text: str
    passages: tuple[Passage, ...]
    vector: Vector
    figures: frozenset[str]
    denies: bool
    dissents: bool


def statements(
    views: Sequence[Reading],
    vectors: Sequence[Vector],
    near: Neighbours,
    comfortable: int,
) -> list[Statement]:
    """One statement for each view, of about *comfortable* words at most.

    A view that is short enough is its own statement, whole.
    """
    return [
        _statement(view, _target(i, vectors, near), vectors[i], comfortable)
        for i, view in enumerate(views)
    ]


def _target(i: int, vectors: Sequence[Vector], near: Neighbours) -> Vector:
    """What view *i* is about, as itself and its likest neighbours put it."""
    target = dict(vectors[i])
    others = sorted(((-s, j) for j, s in near[i].items() if j != i))
    for likeness, j in others[:_NEAREST]:
        for word in target.keys() & vectors[j].keys():
            target[word] -= _FROM_OTHERS * likeness * vectors[j][word]
    return _unit(target)


def _statement(
    view: Reading, target: Vector, rarity: Mapping[str, float], comfortable: int
) -> Statement:
    first, last = max(
        _windows(view, comfortable),
        key=lambda w: (
            _worth(view.passages[slice(*w)], target, comfortable)
            + (0.0 if w[0] else _OPENING),
            -w[0],
        ),
    )
    chosen = view.passages[first:last]
    text = view.contribution.text[chosen[0].start : chosen[-1].end]
    return Statement(
        text=text,
        passages=chosen,
        vector=_unit({s: rarity[s] for p in chosen for s in p.stems if s in rarity}),
        figures=figures(text),
        denies=negations(text) % 2 == 1,
        dissents=any(p.dissents for p in chosen),
    )


def _windows(view: Reading, comfortable: int) -> Iterator[tuple[int, int]]:
    """Neighbouring passages that are comfortable to read together, or one alone."""
    for first, opening in enumerate(view.passages):
        yield first, first + 1
        length = opening.length
        for n in range(first + 1, min(first + _FEW, len(view.passages))):
            length += view.passages[n].length
            if length > comfortable or not _touch(view, n):
                break
            yield first, n + 1


def _touch(view: Reading, n: int) -> bool:
    """Whether nothing but space and a list's marker parts passage *n* from the last."""
    before, after = view.passages[n - 1], view.passages[n]
    between = view.contribution.text[before.end : after.start].strip()
    return len(between) <= len("(10)") and "\n" not in between


def _worth(window: Sequence[Passage], target: Vector, comfortable: int) -> float:
    """How well the passages in *window* speak for the whole; higher is better.

    Chiefly the share of what the view is about that they hold.
    """
    held = {stem for passage in window for stem in passage.stems}
    worth = math.sqrt(math.fsum(target[stem] ** 2 for stem in held))
    worth -= _OVERLONG * max(
        0.0, math.log2(sum(p.length for p in window) / comfortable)
    )
    worth += _DISSENT if any(p.dissents for p in window) else 0.0
    worth -= _LEANING if leans(window[0].text) else 0.0
    worth -= _DANGLING if window[-1].text.endswith(":") else 0.0
    worth -= _LISTED if any(p.listed for p in window) else 0.0
    worth -= _EMPTY * sum(not p.stems for p in window)
    return worth - _ASKING * sum(p.asks for p in window) / len(window)


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(w * w for w in vector.values())) or 1.0
    return {word: weight / length for word, weight in vector.items()}
