"""Sentences: where one ends and the next begins, in what people really type.

``sentencex`` knows most of it. Around it stand the things it cannot know: Slack's
marks, lists, quoted mail, code, and the abbreviations of a clinic.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import sentencex


class Kind(StrEnum):
    """What sort of text a sentence stands in."""

    PROSE = "prose"
    ITEM = "item"  #: an item of a list; its marker is not part of the sentence
    QUOTE = "quote"  #: somebody else's words, or a signature
    CODE = "code"  #: a block of code, whole


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``source[start:end]``, with no space at either end."""

    start: int
    end: int
    text: str
    kind: Kind


#: Slack's entities, web addresses, code in a line: never cut within
_SEALED = re.compile(
    r"<[@#!][^>\n]*>|<(?:https?|mailto|tel):[^>\n]*>|`[^`\n]+`|[A-Za-z][\w+.-]{1,14}://\S+"
)
#: "µg/g.": the last letter of a unit is not somebody's initial
_UNIT = re.compile(r"(?<=\w)/[A-Za-z](?=\.\s)")
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n?")
_WROTE = r"On .{5,120}? wrote:[ \t]*"
#: from here to the end of a mail the words are somebody else's
_FORWARDED = re.compile(
    r"^(?:[-_]{2,}[ \t]*(?i:Original message)|"
    r"Sent from (?:my|Outlook|Mail)\b.{0,40}$|From: .*\n(?:Sent|Date|To|Cc|Subject): |"
    rf"{_WROTE}$(?!\s*(?:>|&gt;)))",
    re.MULTILINE,
)
_NAME = r"[A-Z][\w'\u2019.-]*(?:[ \t]+[(A-Z][\w'\u2019.)-]*){0,4}"
_REST = r"(?:\n+[^\n]{0,80}[^\s.?!][ \t]*){0,7}\s*\Z"  #: short lines, no sentence
#: from here to the end of a mail there is a signature
_SIGNED = re.compile(
    rf"^(?:--[ \t]*{_REST}|[ \t]*(?i:(?:(?:kind|kindest|best|warm|warmest|many|"
    r"with|all)[ \t]+){0,3}(?:the[ \t]+best|regards|wishes|thanks|"
    r"thank you|cheers|sincerely|yours[ \t]+\w+|bw|kr))[,.!]?[ \t]*\n+[ \t]*"
    rf"{_NAME},?[ \t]*{_REST})",
    re.MULTILINE,
)
_SIGNATURE = 800  #: characters; a signature is not longer
_QUOTED = re.compile(rf"\s*(?:>|&gt;|{_WROTE}$)")
_MARKER = re.compile(
    r"\s*(?:[-*\u2022\u2013\u25e6\u25aa\u00b7]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)"
)
_WIDE_ENDS = "\u3002\uff01\uff1f"  #: the full stops of scripts that put no space after
_ENDS = (".", "!", "?", ":", ";", "\u2026", "\u061f", *_WIDE_ENDS)
_WRAPPED_AT = 60  #: characters; a line this long that stops in mid-sentence was wrapped

#: never the end of a sentence
_ALWAYS = frozenset(
    """
    e.g. i.e. eg. ie. cf. vs. v. dr. drs. prof. mr. mrs. ms. st. approx. incl.
    viz. fig. figs. ca. c. esp. resp. w.r.t. sr. jr. rev. ref. refs.
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)
#: the end of a sentence only if a capital letter follows
_PERHAPS = frozenset(
    """
    etc. al. b.d. o.d. t.d.s. q.d.s. p.r.n. b.i.d. t.i.d. q.i.d. mane. nocte.
    a.m. p.m. wk. wks. pt. pts. yr. yrs. hr. hrs. min. mins. mg. mcg. ml. kg.
    dept. hosp. no. nos. tel. ext. inc. ltd. max. resp. appt. appts. hx. rx. dx.
    tx. ix. u.k. u.s. n.h.s. g.p. i.v. p.o. s.c. i.m.
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)
_CLOSERS = "*_~)]}\"'\u201d\u2019\u00bb"


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of *text*, in order.

    Each is whole, and word for word ``text[start:end]``; together they hold every
    character of *text* that is neither space nor a list's marker.
    """
    return tuple(
        Sentence(start, end, text[start:end], kind)
        for kind, first, last in _blocks(text)
        for start, end in _cut(text, first, last, kind)
    )


def _blocks(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Stretches of one kind: paragraphs, items, quotations, code."""
    end = _end_of_own_words(text)
    at = 0
    for fence in _FENCE.finditer(text, 0, end):
        yield from _paragraphs(text, at, fence.start())
        yield Kind.CODE, fence.start(), fence.end()
        at = fence.end()
    yield from _paragraphs(text, at, end)
    yield Kind.QUOTE, end, len(text)


def _end_of_own_words(text: str) -> int:
    """Where a signature or a forwarded mail begins, or the end of *text*."""
    forwarded = _FORWARDED.search(text)
    end = forwarded.start() if forwarded else len(text)
    signed = _SIGNED.search(text, max(0, end - _SIGNATURE), end)
    return signed.start() if signed else end


def _paragraphs(text: str, first: int, last: int) -> Iterator[tuple[Kind, int, int]]:
    held: tuple[Kind, int, int] | None = None
    for line in _LINE.finditer(text, first, last):
        kind, start = _kind_of(line)
        if held and _continues(text, held, kind, start, line.end()):
            held = (held[0], held[1], line.end())
        else:
            yield from _released(held)
            held = (kind, start, line.end())
    yield from _released(held)


def _released(held: tuple[Kind, int, int] | None) -> Iterator[tuple[Kind, int, int]]:
    if held:
        yield held


def _kind_of(line: re.Match[str]) -> tuple[Kind, int]:
    if _QUOTED.match(line.group()):
        return Kind.QUOTE, line.start()
    if marker := _MARKER.match(line.group()):
        return Kind.ITEM, line.start() + marker.end()
    return Kind.PROSE, line.start()


def _continues(
    text: str, held: tuple[Kind, int, int], kind: Kind, start: int, end: int
) -> bool:
    """Whether the line ``text[start:end]`` goes on with what is *held*."""
    line, before = text[start:end].strip(), text[held[1] : held[2]].rstrip(" \t")
    if kind is Kind.QUOTE:
        return held[0] is Kind.QUOTE
    if kind is not Kind.PROSE or held[0] is Kind.QUOTE or not line:
        return False
    last = before.removesuffix("\n").rpartition("\n")[2].strip()
    if not last or last.endswith(_ENDS):
        return False
    return line[0].islower() or len(last) >= _WRAPPED_AT


def _cut(text: str, first: int, last: int, kind: Kind) -> Iterator[tuple[int, int]]:
    """The spans of the sentences in ``text[first:last]``, without outer space."""
    whole = _trimmed(text, first, last)
    if kind in {Kind.CODE, Kind.QUOTE}:
        spans = [whole]
    else:
        spans = _joined(text, [_trimmed(text, *s) for s in _segments(text, *whole)])
    yield from (span for span in spans if span[0] < span[1])


def _segments(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    sealed = _UNIT.sub("xx", _SEALED.sub(_blank, text[first:last]))
    at = first
    for segment in sentencex.segment("en", sealed):
        yield at, at + len(segment)
        at += len(segment)
    if at < last:
        yield at, last


def _blank(match: re.Match[str]) -> str:
    return "x" * len(match.group())


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    piece = text[first:last]
    lead = len(piece) - len(piece.lstrip())
    return min(first + lead, last), first + len(piece.rstrip())


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with wrong cuts mended."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        shift = _belongs_before(text, out[-1], start, end) if out else 0
        if shift:
            out[-1] = (out[-1][0], start + shift)
        rest = _trimmed(text, start + shift, end)
        if rest[0] < rest[1]:
            out.append(rest)
    return out


def _belongs_before(text: str, before: tuple[int, int], start: int, end: int) -> int:
    """How many characters of ``text[start:end]`` belong to the sentence *before*."""
    piece = text[start:end]
    if before[1] == start and text[start - 1] not in _WIDE_ENDS:
        closers = len(piece) - len(piece.lstrip(_CLOSERS))
        spaced = piece[closers : closers + 1].isspace()
        return closers if closers and spaced else len(piece)
    if not any(c.isalnum() for c in piece):
        return len(piece)
    return len(piece) if _stops_short(text[slice(*before)], piece) else 0


def _stops_short(before: str, piece: str) -> bool:
    """Whether *before* ended in an abbreviation or a number, not a sentence."""
    word = before.rsplit(maxsplit=1)[-1].lstrip("(*_[\"'\u201c\u2018").lower()
    if word in _ALWAYS or (len(before) <= len("10.") and before[:-1].isdigit()):
        return True
    return word in _PERHAPS and not piece.lstrip("(*_\"'\u201c\u2018")[:1].isupper()
