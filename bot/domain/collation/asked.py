"""Questions asked in a thread, and whether anybody answered."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.collation.reading import Reading, Sort
from bot.domain.collation.words import words

_SOON = 2  #: contributions after a question in which "yes" or "we do" answers it
_FEWEST = 2  #: content words; "Does that help?" asks nothing of the community
_ANSWERS = re.compile(
    r"^[\W_]*(?:yes|no|yep|nope|yeah|not|it|they|we|i|our|that|both|neither|"
    r"usually|always|never|sometimes|about|around|\d)\b",
    re.IGNORECASE,
)


def still_open(readings: Sequence[Reading]) -> tuple[tuple[int, str], ...]:
    """The questions, in the order asked, that nobody after them seems to have answered.

    When in doubt a question is still open: to a reader an answered question on the list
    costs less than an open one missing from it.
    """
    return tuple(
        (reading.contribution.id, question)
        for n, reading in enumerate(readings)
        for question, stems in _questions(reading)
        if not any(
            _answers(reading, stems, later, distance)
            for distance, later in enumerate(readings[n + 1 :], start=1)
        )
    )


def _questions(reading: Reading) -> Iterator[tuple[str, frozenset[str]]]:
    for passage in reading.passages:
        stems = frozenset(passage.stems)
        if passage.asks and len(stems) >= _FEWEST:
            yield passage.text, stems


def _answers(
    asked: Reading, stems: frozenset[str], later: Reading, distance: int
) -> bool:
    author, text = asked.contribution.author, later.contribution.text
    if later.contribution.author == author or later.sort is Sort.GONE:
        return False
    if later.sort in {Sort.THANKS, Sort.QUESTION}:
        return False
    if f"<@{author}>" in text or stems & set(later.stems):
        return True
    return distance <= _SOON and (
        _ANSWERS.match(text) is not None and bool(words(text))
    )
