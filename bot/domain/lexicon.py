"""Words: how text is split, shortened to stems, and looked up by likeness."""

import math
import re
from array import array
from collections import Counter, defaultdict

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
LONGEST_WORD = 40  #: characters; longer runs are links and keys, not words
STOPWORDS = frozenset(
    """
    a about all also am an and any anyone are as at be because been being but by can
    could did do does doing for from get had has have having he hello help her here hers
    hi him his how i if in into is it its just know let like me might more most my need
    no not of on one or our out please she should so some such than thank thanks that
    the their them then there these they this those to too up us use very want was we
    were what when where which who whom why will with would you your yours
    """.split()  # noqa: SIM905 - a hundred quoted words would be harder to read
)

SATURATION, LENGTH_PULL = 1.2, 0.75  #: BM25's k1 and b, at their usual values
MOST_COUNTED = 15  #: times a word counts in one message; fits the packing below
NEWEST_LOOKED_AT = 3_000  #: entries a word; common words look at the newest alone
WORDS_LOOKED_UP = 40  #: rarest first


#: An ending, the shortest word that may lose it, and what takes its place.
PLURALS = (
    ("ies", 5, "y"),
    ("ss", 0, "ss"),
    ("us", 0, "us"),
    ("is", 0, "is"),
    ("s", 4, ""),
)
ENDINGS = (("ing", 6, ""), ("ed", 5, ""), *PLURALS)


def singular(word: str) -> str:
    """The word without a plural ending: "pathways" and "pathway" meet."""
    return _without(PLURALS, word)


def stem(word: str) -> str:
    """The word without its plural, -ing or -ed: light, so that it rarely misleads."""
    return _without(ENDINGS, word)


def _without(endings: tuple[tuple[str, int, str], ...], word: str) -> str:
    for ending, shortest, instead in endings:
        if len(word) >= shortest and word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word


def words(text: str) -> list[str]:
    """Every word in small letters, in order, stopwords and all."""
    return WORD.findall(text.lower())


def tokens(text: str) -> list[str]:
    """The words that carry meaning, stemmed, in order."""
    return [
        stem(word)
        for word in words(text)
        if word not in STOPWORDS and len(word) <= LONGEST_WORD
    ]


class Index:
    """Documents by their words, scored by BM25; each may grow as replies arrive.

    Kept small: an entry is four bytes, holding a document's number and how often the
    word occurs. Entries are in the order they were added, so the newest are last, and
    a common word is looked for only among its newest ``NEWEST_LOOKED_AT``: a lookup
    takes about as long in a large archive as in a middling one.
    """

    def __init__(self) -> None:
        self._entries: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._lengths: array[int] = array("I")
        self._total = 0

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._lengths)

    def open(self) -> int:
        """Begin an empty document and say its number: 0, 1, 2."""
        self._lengths.append(0)
        return len(self._lengths) - 1

    def extend(self, document: int, text: str) -> None:
        """Add a message's words to a document begun with ``open``."""
        counts = Counter(tokens(text))
        for word, count in counts.items():
            self._entries[word].append(document << 4 | min(count, MOST_COUNTED))
        length = sum(counts.values())
        self._lengths[document] += length
        self._total += length

    def likeness(self, text: str) -> dict[int, float]:
        """How like each document is to *text*: its number to a score from 0 up.

        A document of average length that says every word of *text* once scores 1.0,
        so a score can be read by itself as well as compared. Words the index has never
        seen are passed over, and documents that share no word are left out.
        """
        asked = self._rarest(text)
        scores: defaultdict[int, float] = defaultdict(float)
        best = sum(self._rarity(word) for word in asked)
        for word in asked:
            self._score(word, self._rarity(word) / best, scores)
        return scores

    def _rarest(self, text: str) -> list[str]:
        known = {word for word in tokens(text) if word in self._entries}
        return sorted(known, key=lambda word: (len(self._entries[word]), word))[
            :WORDS_LOOKED_UP
        ]

    def _rarity(self, word: str) -> float:
        holding = min(len(self._entries[word]), len(self))
        return math.log(1 + (len(self) - holding + 0.5) / (holding + 0.5))

    def _score(self, word: str, weight: float, scores: defaultdict[int, float]) -> None:
        lengths = self._lengths
        pull = SATURATION * LENGTH_PULL * len(lengths) / max(1, self._total)
        still = SATURATION * (1 - LENGTH_PULL)
        weight *= SATURATION + 1
        for document, count in self._counts(word).items():
            scores[document] += (
                weight * count / (count + still + pull * lengths[document])
            )

    def _counts(self, word: str) -> dict[int, int]:
        counts: dict[int, int] = {}
        for entry in self._entries[word][-NEWEST_LOOKED_AT:]:
            document = entry >> 4
            counts[document] = counts.get(document, 0) + (entry & MOST_COUNTED)
        return counts
