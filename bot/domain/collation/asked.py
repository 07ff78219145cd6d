"""Questions asked in a thread, and whether anybody answered."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.collation.reading import Reading, Sort

_SOON = 2  #: contributions after a question in which "yes" or a link answers it
_AHEAD = 200  #: contributions after a question in which an answer is looked for
_BACK = 4  #: contributions in which an asker who was answered comes back
_FEWEST = 2  #: content words; "Does that help?" asks nothing of the community
_COMMON, _RARELY = 1 / 4, 3  #: share of a thread, and contributions, that use a word
_SAYING = frozenset({Sort.VIEW, Sort.LONG, Sort.AGREEMENT, Sort.ELSEWHERE})
#: how a question to others begins, where the rest of the reply is none
_ASKS_FOR = re.compile(
    r"[\W_]*(?:(?:and|but|so|also|ok|hi|hello)\W+)?(?:who|whose|what|when|where|which|"
    r"why|how|do|does|did|is|are|was|were|can|could|would|should|shall|has|have|had|"
    r"will|may|any|anyone|anybody)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"[\W_]*(?:yes|no|yep|nope|yeah)\b", re.IGNORECASE)
_REPLIES = re.compile(
    r"[\W_]*(?:it|they|we|i|our|that|both|neither|usually|always|never|sometimes|"
    r"about|around|\d+)\b",
    re.IGNORECASE,
)


def still_open(readings: Sequence[Reading]) -> tuple[tuple[int, str], ...]:
    """The questions, in the order asked, that nobody after them seems to have answered.

    When in doubt a question is still open: to a reader an answered question on the list
    costs less than an open one missing from it.
    """
    common = _common(readings)
    return tuple(
        (reading.contribution.id, question)
        for n, reading in enumerate(readings)
        for question, stems in _questions(reading)
        if not _taken_up(reading, readings[n + 1 : n + 1 + _AHEAD])
        and not any(
            _answers(reading, stems - common, later, distance)
            for distance, later in enumerate(readings[n + 1 : n + 1 + _AHEAD], start=1)
        )
    )


def _taken_up(asked: Reading, after: Sequence[Reading]) -> bool:
    """Whether the asker soon came back, without asking, after somebody had spoken."""
    author = asked.contribution.author
    spoke = (n for n, r in enumerate(after) if r.contribution.author != author)
    first = next(spoke, len(after))
    return any(
        reading.contribution.author == author and reading.sort is not Sort.QUESTION
        for reading in after[first : first + _BACK]
    )


def _common(readings: Sequence[Reading]) -> frozenset[str]:
    """What everybody talks of: to share it is not to answer."""
    spread = Counter(stem for reading in readings for stem in set(reading.stems))
    most = max(_RARELY, len(readings) * _COMMON)
    return frozenset(stem for stem, n in spread.items() if n > most)


def _questions(reading: Reading) -> Iterator[tuple[str, frozenset[str]]]:
    for passage in reading.passages:
        stems = frozenset(passage.stems)
        really = reading.sort is Sort.QUESTION or _ASKS_FOR.match(passage.text)
        if passage.asks and really and len(stems) >= _FEWEST:
            yield passage.text, stems


def _answers(
    asked: Reading, stems: frozenset[str], later: Reading, distance: int
) -> bool:
    author, text = asked.contribution.author, later.contribution.text
    if later.contribution.author == author or later.sort not in _SAYING:
        return False
    if f"<@{author}>" in text or 2 * len(stems & set(later.stems)) > len(stems):
        return True
    return _answers_at_once(later, distance)


def _answers_at_once(later: Reading, distance: int) -> bool:
    """Whether it reads as an answer for standing so near, whatever its words."""
    text = later.contribution.text
    if distance == 1 and _REPLIES.match(text):
        return True
    return distance <= _SOON and (
        later.sort is Sort.ELSEWHERE or bool(_YES_OR_NO.match(text))
    )
