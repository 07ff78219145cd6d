"""Reasons: why a peer is where they are in a ranking, in words that are true."""

from collections.abc import Mapping
from dataclasses import dataclass

CLAUSES = 3  #: at most, so that a reason can be read at a glance
SEPARATOR = "; "
WORTH_SAYING = 0.1  #: the part of a score below which a cause goes unsaid
ONCE = "has answered colleagues before"
LATELY = "active lately"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a reason may say of a peer; every field is a fact, not a guess."""

    parts: Mapping[str, float]  #: the same numbers that rank
    lists: tuple[str, ...]  #: names of the question's topics among their interests
    answered_on: tuple[str, int] | None  #: a topic's name, and questions answered on it
    alike: int  #: clearly similar questions answered
    lately: bool  #: has replied to somebody in the last month
    region: str | None
    rested: bool  #: not asked recently
    new: bool  #: joined in the last months


def reason(grounds: Grounds) -> str:
    """One to three clauses: "lists FIT; answered two on FIT; not asked recently".

    What speaks for a peer on this very question goes first, the weightiest before the
    rest, and being active after it. A cause that hardly counted is not said.
    Nothing is said of who declined or was silent. Where nothing speaks for a peer in
    particular, the reason is the true one: we want to hear from them.
    """
    said = _causes(grounds)[: CLAUSES - grounds.rested]
    if not said:
        return _welcome(grounds)
    if grounds.rested:
        said.append("not asked recently")
    return SEPARATOR.join(said)


def _causes(grounds: Grounds) -> list[str]:
    enough = WORTH_SAYING * sum(grounds.parts.values())
    causes = [
        (part, words)
        for names, words in _wordings(grounds).items()
        if (part := _weight(grounds.parts, names)) > enough and words
    ]
    causes.sort(key=lambda cause: (cause[1] in {LATELY, ONCE}, -cause[0]))
    said = [words for _, words in causes]
    known = any("answered" in words for words in said if words != ONCE)
    return [words for words in said if words != ONCE or not known]


def _weight(parts: Mapping[str, float], names: tuple[str, ...]) -> float:
    return sum(parts.get(name, 0.0) for name in names)


def _wordings(grounds: Grounds) -> dict[tuple[str, ...], str]:
    """What parts of a score are called; empty where that cannot truly be said."""
    lately = LATELY if grounds.lately else ONCE
    return {
        ("interests",): f"lists {_and(grounds.lists)}" if grounds.lists else "",
        ("topics",): _answered_on(grounds.answered_on),
        ("similar",): _answered_alike(grounds.alike) if grounds.alike else "",
        ("active", "fresh", "channel"): lately,
        ("asker",): "has answered this colleague before",
        ("region",): "same region",
    }


def _answered_on(answered: tuple[str, int] | None) -> str:
    return f"answered {_number(answered[1])} on {answered[0]}" if answered else ""


def _answered_alike(count: int) -> str:
    if count == 1:
        return "answered a similar question"
    return f"answered {_number(count)} similar questions"


def _welcome(grounds: Grounds) -> str:
    hope = "every region" if grounds.region else "everyone"
    start = "new here, and " if grounds.new else ""
    return f"{start}we would like to hear from {hope}"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _and(names: tuple[str, ...]) -> str:
    return " and ".join(names[:2])
