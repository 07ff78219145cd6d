"""One plain form for every way of writing the same thing.

Patterns are only as good as the text they see. Here full-width digits, no-break
spaces, zero-width characters, Slack's markup and links become plain ASCII where they
have a plain form, and every plain character remembers where it came from, so that a
finding can be hidden in the text as it was written.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SPECIAL = re.compile(
    r"<(?:tel|mailto):(?P<target>[^<>|\n]{1,300})(?:\|(?P<label>[^<>\n]{0,300}))?>"
    r"|<https?://[^<>|\s]{1,3000}(?:\|(?P<text>[^<>\n]{0,300}))?>"
    r"|(?P<mention><[@#!][^<>\n]{1,200}>)"
    r"|(?P<url>https?://[^\s<>]{1,3000})"
    r"|&(?P<entity>amp|lt|gt);"
    r"|(?P<joint>(?<=[A-Za-z0-9])[*~`]{1,3}(?=[A-Za-z0-9]))"
    r"|(?P<markup>[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))"
    r"|(?P<foreign>[^\x00-\x7f])"
)
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_FOLDED = {
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2032": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u2212": "-", "\u00b7": ".", "\u2022": ".",
    "\u2219": ".", "\u3002": ".", "\u2044": "/", "\u2215": "/", "\u00ad": "",
}  # fmt: skip
#: A word that stands where a link or a mention stood; no pattern takes it for data.
_PLACEHOLDER = "@"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain form that remembers where each character came from."""

    text: str
    #: None where the plain form is the original, character for character
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original text of `text[start:end]`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> Plain:
    """Bring a text to its plain form.

    Takes time in proportion to the length of the text, whatever is in it.
    """
    if not _SPECIAL.search(text):
        return Plain(text)
    out: list[str] = []
    starts, ends = array("L"), array("L")
    for piece, start, end in _pieces(text):
        out.append(piece)
        if end - start == len(piece):
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
    return Plain("".join(out), starts, ends)


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield plain pieces with the place each came from.

    A piece whose length differs from its source came from the source as a whole: a
    phone link is hidden with its target, not only the part that is shown.
    """
    at = 0
    for match in _SPECIAL.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], at, match.start()
        yield from _replaced(match)
        at = match.end()
    if at < len(text):
        yield text[at:], at, len(text)


def _replaced(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    group = match.lastgroup
    start, end = match.span()
    if group == "foreign":
        yield _fold(match[0]), start, end
    elif group in ("label", "target"):
        yield _folded(match["label"] or match["target"]), start, end
    elif group == "text":
        yield from _link_text(match)
    else:
        yield _stand_in(group, match), start, end


def _link_text(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    yield _PLACEHOLDER + " ", match.start(), match.start("text")
    at = match.start("text")
    for offset, char in enumerate(match["text"]):
        yield _fold(char), at + offset, at + offset + 1
    yield " ", match.end() - 1, match.end()


def _stand_in(group: str | None, match: re.Match[str]) -> str:
    if group == "entity":
        return _ENTITIES[match["entity"]]
    return {"joint": " ", "markup": ""}.get(group or "", _PLACEHOLDER)


def _folded(text: str) -> str:
    return "".join(map(_fold, text))


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """Return the plain form of one character: none, one or several."""
    if char in _FOLDED or char.isascii():
        return _FOLDED.get(char, char)
    return "".join(map(_fold_part, unicodedata.normalize("NFKD", char)))


def _fold_part(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):  # accents, enclosing marks, zero-width
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    separators = {"Zs": " ", "Zl": "\n", "Zp": "\n", "Pd": "-"}
    return separators.get(category, char)
