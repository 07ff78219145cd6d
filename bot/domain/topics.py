"""Topics: what a question is about, read from its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.lexicon import WORD, singular

#: A short form in small letters beside one of these is an everyday verb: "would fit".
VERB_AFTER = frozenset(
    ("can", "can't", "could", "did", "didn't", "do", "does", "doesn't", "don't", "may")
) | frozenset(("might", "must", "not", "should", "will", "won't", "would"))
VERB_BEFORE = frozenset(["in", "into", "together", "well", "with", "within"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something members list as an interest and questions are about."""

    id: str
    name: str
    words: tuple[str, ...] = ()  #: synonyms, abbreviations: "qFIT", "two-week wait"


@dataclass(frozen=True, slots=True)
class _Phrase:
    squeezed: str  #: without spaces or hyphens, singular: "twoweekwait"
    size: int  #: words
    short_form: bool  #: one word in capitals, "FIT": may also be an everyday word


def infer(text: str, topics: Sequence[Topic]) -> tuple[str, ...]:
    """The ids of the topics that *text* names, best first; none if nothing fits.

    A topic is named by its name or one of its words: whole words, in capitals or not,
    hyphen, space or nothing between them, singular or plural. More and longer phrases
    go first; ties keep the order of *topics*. A short form written small beside a
    word that makes it a verb ("would fit", "fit in with") does not count.
    """
    seen = _phrases_in(text, _longest(topics))
    weights = [(_weight(topic, seen), topic.id) for topic in topics]
    return tuple(
        topic for weight, topic in sorted(weights, key=lambda pair: -pair[0]) if weight
    )


def _weight(topic: Topic, seen: dict[str, bool]) -> int:
    named = {
        phrase.squeezed: phrase.size
        for phrase in _phrases_of(topic)
        if phrase.squeezed in seen and not (phrase.short_form and seen[phrase.squeezed])
    }
    return sum(named.values())


def _phrases_of(topic: Topic) -> list[_Phrase]:
    phrases = []
    for written in (topic.name, *topic.words):
        parts = WORD.findall(written)
        phrases.append(
            _Phrase(
                "".join(singular(part.lower()) for part in parts),
                len(parts),
                len(parts) == 1 and written.isupper(),
            )
        )
    return [phrase for phrase in phrases if phrase.squeezed]


def _longest(topics: Sequence[Topic]) -> int:
    sizes = [phrase.size for topic in topics for phrase in _phrases_of(topic)]
    return max(sizes, default=0) + 2  # "2 W W" for "2WW" is two words more


def _phrases_in(text: str, longest: int) -> dict[str, bool]:
    """Every run of words, squeezed, and whether each time it was only a verb."""
    written = WORD.findall(text)
    plain = [singular(word.lower()) for word in written]
    seen: dict[str, bool] = {}
    for start in range(len(plain)):
        for end in range(start + 1, min(start + longest, len(plain)) + 1):
            run = "".join(plain[start:end])
            verb = end == start + 1 and _is_verb(written, start)
            seen[run] = seen.get(run, True) and verb
    return seen


def _is_verb(written: list[str], at: int) -> bool:
    before = written[at - 1].lower().replace("\u2019", "'") if at else ""
    after = written[at + 1].lower() if at + 1 < len(written) else ""
    return written[at].islower() and (before in VERB_AFTER or after in VERB_BEFORE)
