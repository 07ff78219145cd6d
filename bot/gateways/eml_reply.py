"""What somebody wrote in a letter, apart from what they answer and sign with.

It rather leaves too much than too little: whoever adds the reply sees what is posted,
while words that were cut off would be a view that nobody hears. Libraries for this cut
off lists, and whatever follows "Thanks," in the first line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.texts import visible

LONGEST_LINE = 1_000  #: characters; nothing longer begins a quotation or a signature
LAST = 80  #: lines among which a signature, and what servers add to it, begins
SIGNED = 12  #: lines in which a signature, as people write it, must end
_INTRO_LINES = 3  #: lines over which "On … wrote:" may be broken
_BLOCK_LINES = 10  #: lines in which the names of a letter's headers must stand

_SEPARATOR = re.compile(
    r"\W*-{2,} ?(?:original (?:message|appointment)|forwarded message) ?-{2,}\W*\Z"
    r"|begin forwarded message:\s*\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\*?(from|sent|date|to|cc|subject)\*? ?:\*?(.*)", re.IGNORECASE)
_WROTE = re.compile(r"On .*(?:\d|@|<).* wrote:\s*\Z", re.IGNORECASE)
_INTRO = re.compile(r".*(?:@|<|\d{4}|\d:\d\d).*:\s*\Z")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_DEVICE = re.compile(
    r"(?:sent from|get outlook for|sent via) [\w .,<>:/'’-]{2,80}\Z", re.IGNORECASE
)
_FOOTER = re.compile(
    r"\W*(?:this (?:e-?mail|message|communication)|the (?:information|contents)|"
    r"disclaimer|confidentiality)\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(r"confidential|intended|recipient|privileged|virus", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:kind|best|warm|kindest|warmest|many)? ?"
    r"(?:regards|wishes|thanks)|all the best|yours(?: \w+)?|cheers|best|thanks|bw|kr)"
    r"[ ,.!]*\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[.?!:]\s*\Z|[.?!] (?-i:[A-Z])|\A(?:[-*•] |\d+[.)] |p\.?s\b)", re.IGNORECASE
)
_MANY = 12  #: words; a line with more is no part of a signature


@dataclass(frozen=True, slots=True)
class Parts:
    """A letter's text in two: what its writer wrote, and the rest."""

    own: str
    rest: str


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A letter within a letter."""

    sender: str  #: the address it came from, lower case; "" where it is not shown
    text: str


def split(text: str) -> Parts:
    """*text* in two. A reply written between the lines it answers is kept with them."""
    lines = text.split("\n")
    tail = _quoted_tail(lines)
    begins = (n for n in range(len(lines)) if _begins_history(lines, n, tail))
    at = next(begins, len(lines))
    if all(line.startswith(">") for line in lines[:at] if line.strip()):
        at = 0  # nothing but what it answers
    own, rest = lines[:at], lines[at:]
    if any(line.startswith(">") for line in rest):
        own, rest = _from_between(own, rest)
    signed = _signature_at(own)
    return Parts(_joined(own[:signed]), _joined([*own[signed:], *rest]))


def forwarded(text: str) -> Forwarded | None:
    """The letter that *text* passes on; None where it passes on none."""
    lines = text.split("\n")
    for at in range(len(lines)):
        block = _block(lines, at)
        if block:
            [first, *_] = block
            found = _ADDRESS.search(lines[first])
            sender = found[0].lower() if found else ""
            return Forwarded(sender, _joined(lines[block[-1] + 1 :]))
    return None


def _begins_history(lines: Sequence[str], at: int, tail: int) -> bool:
    line = lines[at].strip()
    if line.startswith(">"):
        return at >= tail and bool(_WROTE.match(line.strip("> ")[:LONGEST_LINE]))
    if not line or len(line) > LONGEST_LINE:
        return False
    if _SEPARATOR.match(line) or _introduces(lines, at):
        return True
    if line.strip("_") == "" and len(line) >= _BLOCK_LINES:
        at = _next_written(lines, at)
    return bool(_block(lines, at))


def _quoted_tail(lines: Sequence[str]) -> int:
    """From which line on all that is written is quoted."""
    for at in range(len(lines), 0, -1):
        if lines[at - 1].strip() and not lines[at - 1].startswith(">"):
            return at
    return 0


def _next_written(lines: Sequence[str], at: int) -> int:
    """The next line with something in it; *at* where there is none."""
    return next((n for n in range(at + 1, len(lines)) if lines[n].strip()), at)


def _introduces(lines: Sequence[str], at: int) -> bool:
    """Whether "On … wrote:" stands here, or in any tongue what leads to a quotation."""
    after = _next_written(lines, at)
    if lines[after].startswith(">") and _INTRO.match(lines[at].strip()):
        return True
    words = lines[at].strip()
    for line in lines[at + 1 : at + _INTRO_LINES]:
        if _WROTE.match(words) or line.startswith("On "):
            break
        words = f"{words} {line.strip()[:LONGEST_LINE]}"
    return bool(_WROTE.match(words))


def _block(lines: Sequence[str], at: int) -> list[int]:
    """Where the names of a letter's headers stand, if they do from *at* on."""
    found: dict[str, int] = {}
    for number in range(at, min(at + _BLOCK_LINES, len(lines))):
        label = _LABEL.match(lines[number].strip()[:LONGEST_LINE])
        if label:
            found.setdefault(label[1].lower(), number)
        elif number == at:
            return []
    whole = "from" in found and {"sent", "date"} & set(found) and len(found) > 2  # noqa: PLR2004 - From, when, and one more
    first = bool(found) and min(found.values()) == found.get("from") == at
    return sorted(found.values()) if whole and first else []


def _from_between(own: list[str], rest: list[str]) -> tuple[list[str], list[str]]:
    """The same parts, where answers stand among or beneath the lines they answer."""
    quoted = [n for n, line in enumerate(rest) if line.startswith(">")]
    after = rest[quoted[0] :]
    answers = [n for n, line in enumerate(rest) if n > quoted[0] and _answers(line)]
    if not answers:
        return own, rest
    if not any(map(visible, own)) and _all_beneath(after):
        beneath = max(quoted) + 1
        return rest[beneath:], rest[:beneath]
    last = max(answers)
    return [*own, *rest[quoted[0] : last + 1]], [*rest[: quoted[0]], *rest[last + 1 :]]


def _answers(line: str) -> bool:
    """Whether a line among quoted ones was written now, and not by a telephone."""
    quoted = line.startswith(">") or not visible(line)
    return not quoted and not _DEVICE.match(line.strip()[:LONGEST_LINE])


def _all_beneath(lines: Sequence[str]) -> bool:
    """Whether nothing stands between quoted lines, but all of it beneath them."""
    marks = [line.startswith(">") for line in lines if line.strip()]
    return marks == sorted(marks, reverse=True)


def _signature_at(lines: Sequence[str]) -> int:
    """Where the signature begins; the number of lines where there is none."""
    start = max(0, len(lines) - LAST)
    written = start > 0
    for at, line in enumerate(lines[start:], start):
        bare = line.strip()
        if written and len(bare) <= LONGEST_LINE and _signs(lines, at, bare):
            return at
        written = written or visible(bare)
    return len(lines)


def _signs(lines: Sequence[str], at: int, bare: str) -> bool:
    if bare == "--" or (_DEVICE.match(bare) and not any(_own_words(lines[at + 1 :]))):
        return True
    if _FOOTER.match(bare):
        paragraph = " ".join(lines[at : at + SIGNED])
        return len(_LEGAL.findall(paragraph)) > 1
    return bool(_CLOSING.match(bare)) and _ends(lines[at + 1 :])


def _own_words(lines: Sequence[str]) -> list[str]:
    """The lines that say something in sentences."""
    return [
        line
        for line in lines
        if _SENTENCE.search(line.strip()[:LONGEST_LINE]) or len(line.split()) > _MANY
    ]


def _ends(lines: Sequence[str]) -> bool:
    """Whether what follows a closing is a name and an address, and no sentence."""
    shown: list[str] = []
    for line in lines:
        bare = line.strip()[:LONGEST_LINE]
        if bare == "--" or _DEVICE.match(bare) or _FOOTER.match(bare):
            break
        if visible(bare):
            shown.append(line)
    return len(shown) <= SIGNED and not _own_words(shown)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()
