"""How alike texts are: cosines of weighted words, found through an inverted index."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

Vector = dict[str, float]
Neighbours = list[dict[int, float]]

#: texts; a word that more texts share says too little to be worth following
_COMMON = 120
_OFTEN = 3  #: times; a word said more often in one text gains no more weight
_FAINT = 0.05  #: likeness below which two texts are strangers


def vectors(texts: Sequence[Sequence[str]]) -> list[Vector]:
    """One vector of length 1 a text, from its stems; an empty one for an empty text."""
    spread = Counter(word for text in texts for word in set(text))
    rarity = {w: math.log(1 + len(texts) / n) for w, n in spread.items()}
    return [_vector(Counter(text), rarity) for text in texts]


def _vector(counts: Counter[str], rarity: dict[str, float]) -> Vector:
    raw = {
        w: (1 + math.log(min(n, _OFTEN))) * rarity[w] for w, n in sorted(counts.items())
    }
    length = math.sqrt(sum(x * x for x in raw.values())) or 1.0
    return {word: weight / length for word, weight in raw.items()}


def cosine(a: Vector, b: Vector) -> float:
    """How alike two vectors are, from 0.0 to 1.0."""
    if len(a) > len(b):
        a, b = b, a
    return math.fsum(weight * b[word] for word, weight in a.items() if word in b)


def neighbours(texts: Sequence[Vector]) -> Neighbours:
    """For each text, the texts that are somewhat like it, and how alike they are.

    A text is its own neighbour. Words in more than ``_COMMON`` texts are not followed,
    so the work grows with the number of texts and not with its square.
    """
    index: dict[str, list[int]] = defaultdict(list)
    for i, vector in enumerate(texts):
        for word in vector:
            index[word].append(i)
    followed = {word for word, holders in index.items() if len(holders) <= _COMMON}
    return [_row(i, texts, index, followed) for i in range(len(texts))]


def _row(
    i: int, texts: Sequence[Vector], index: dict[str, list[int]], followed: set[str]
) -> dict[int, float]:
    row: dict[int, float] = defaultdict(float)
    for word, weight in texts[i].items():
        if word in followed:
            for j in index[word]:
                row[j] += weight * texts[j][word]
    row[i] = 1.0
    return {j: likeness for j, likeness in row.items() if likeness >= _FAINT}
