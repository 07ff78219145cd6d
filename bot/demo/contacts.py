"""What the bot says to one person, in Slack or by letter, as that person reads it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from bot.demo.looks import Json, buttons, words

_WHY = re.compile(r"^Why you: (.+)$", re.MULTILINE)
_HEAD = re.compile(r"\*(?P<who>[^*]+?) asks(?P<topic>[^*]*)\*")
#: In letters: what heads each of several parts, an ask's first line, which question it
#: is, and what is quoted, set in from the margin.
_NUMBERED = re.compile(r"^\d+\. \S.*\n(?:\S.*\n)*", re.MULTILINE)
_ASKS = re.compile(r"^(?P<who>[^\n]+?) asks[^:]*:$", re.MULTILINE | re.DOTALL)
_QUESTION = re.compile(r"This is\s+question\s+(\d+)\.")
_SET_IN = re.compile(r"(?:\n|    .*\n)+")
_LINE = "This is your line"
_NEEDED = re.compile(r"^It is in “Needs you”", re.MULTILINE)
_LETTERS_WHY = re.compile(r"^Why you: (.+?)\.$", re.MULTILINE | re.DOTALL)


class Kind(StrEnum):
    """What a part of a message asks of its reader."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    CLOSING = "closing notice"
    CHECK = "check"
    NEEDED = "needed"
    OTHER = "other"


ASKS = frozenset({Kind.INVITATION, Kind.REMINDER, Kind.CLOSING})
#: What stands before the asker's name, by a part of a word, and what it then is.
_LEADS = {"remind": Kind.REMINDER, "clos": Kind.CLOSING}
#: The buttons by which a part is known, whatever its words are.
_BUTTONS = {
    "line_ok": Kind.CHECK,
    "line_change": Kind.CHECK,
    "need_done": Kind.NEEDED,
    "open_digest": Kind.NEEDED,
    "collate_question": Kind.NEEDED,
    "widen": Kind.NEEDED,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One part of a message to one person."""

    kind: Kind
    words: str
    ask: str = ""  #: which invitation it is about, as its buttons name it
    asker: str = ""
    question: str = ""  #: its words, as they are quoted
    why: str = ""


def parts(blocks: Sequence[Json]) -> Iterator[Said]:
    """The parts of a message: a line across divides them."""
    some: list[Json] = []
    for block in blocks:
        if block["type"] == "divider":
            yield _part(some)
            some = []
        else:
            some.append(block)
    if some:
        yield _part(some)


def letter_parts(text: str) -> Iterator[Said]:
    """The parts of a letter, from its text; several come under a number each."""
    first, *rest = _NUMBERED.split(text)
    for chunk in rest or [first]:
        asks, question = _ASKS.search(chunk), _QUESTION.search(chunk)
        if asks and question:
            yield _ask_in(chunk, asks, question[1])
        elif _LINE in chunk:
            yield Said(Kind.CHECK, chunk)
        elif _NEEDED.search(chunk):
            yield Said(Kind.NEEDED, chunk)
        elif chunk.strip():
            yield Said(Kind.OTHER, chunk)


def _ask_in(chunk: str, asks: re.Match[str], question: str) -> Said:
    lead, why = chunk[: asks.start()].lower(), _LETTERS_WHY.search(chunk)
    said = _SET_IN.match(chunk, asks.end())
    return Said(
        kind=next((k for word, k in _LEADS.items() if word in lead), Kind.INVITATION),
        words=chunk,
        ask=f"question {question}",
        asker=asks["who"].strip(),
        question=" ".join(said[0].split()) if said else "",
        why=" ".join(why[1].split()) if why else "",
    )


def quoted(blocks: Sequence[Json]) -> Iterator[str]:
    """What stands in quotation in *blocks*, plain, one item a paragraph."""
    for block in blocks:
        if block["type"] != "section":
            continue
        lines = str((block.get("text") or {}).get("text", "")).split("\n")
        said = [line[1:] for line in lines if line.startswith(">")]
        if said:
            yield unescape("\n".join(said)).strip()


def _part(blocks: Sequence[Json]) -> Said:
    shown = words(blocks)
    pressed = {one.action_id: one.value for one in buttons(blocks)}
    if "decline" in pressed:
        return _ask(blocks, shown, pressed["decline"])
    kind = next((_BUTTONS[one] for one in pressed if one in _BUTTONS), Kind.OTHER)
    return Said(kind, shown)


def _ask(blocks: Sequence[Json], shown: str, ask: str) -> Said:
    head, why = _HEAD.search(shown), _WHY.search(shown)
    lead = shown[: head.start()].lower() if head else ""
    return Said(
        kind=next((k for word, k in _LEADS.items() if word in lead), Kind.INVITATION),
        words=shown,
        ask=ask,
        asker=head["who"] if head else "",
        question=next(quoted(blocks), ""),
        why=why[1] if why else "",
    )
