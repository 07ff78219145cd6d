"""An HTML letter as the text that its reader sees.

Mail programs write HTML as nobody else does: paragraphs that are lines, tables for
layout, blank lines that hold a no-break space, and everything twice for old readers.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

_UNSEEN = frozenset({"style", "script", "title", "template", "noscript"})
_VOID = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
)
_LINES = frozenset(
    {"address", "article", "center", "dd", "div", "dl", "dt", "footer", "form"}
    | {"header", "hr", "main", "section", "table", "tr", "ul", "ol", "li"}
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_MORE_BLANK = re.compile(r"\n{3,}")
_ODD = str.maketrans({"\xa0": " ", "\u200b": "", "\u200c": "", "\ufeff": ""})
MOST = 100_000  #: characters of markup that are read, comments not counted
DEEPEST = 200  #: elements inside one another; what is deeper is read as if beside


def text_of(html: str) -> str:
    """The words of *html*, in lines; what it quotes is marked with ">"."""
    reader = _Reader()
    marked, _, after = _without_comments(html)[:MOST].rpartition(">")
    reader.feed(f"{marked}>" if marked else "")
    reader.close()
    reader.handle_data(unescape(after))  # the parser is slow where no tag can end
    return reader.text()


def _without_comments(html: str) -> str:
    """*html* without comments, in which Outlook says things twice, and style sheets."""
    for begins, ends in (("<!--", "-->"), ("<style", "</style>"), ("<xml", "</xml>")):
        html = "".join(_outside(html, begins, ends))
    return html


def _outside(html: str, begins: str, ends: str) -> Iterator[str]:
    """What stands before, between and after whatever *begins* and *ends* so."""
    at = 0
    while True:
        start = html.find(begins, at)
        yield html[at : start if start >= 0 else None]
        end = html.find(ends, start + 2) if start >= 0 else -1  # "<!-->" is whole
        if end < 0:
            return
        at = end + len(ends)


class _Reader(HTMLParser):
    """Writes down what is seen, element by element. Never raises on broken HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._open: list[tuple[str, bool]] = []  # elements, and whether each is unseen
        self._quoted = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = {name: value or "" for name, value in attrs}
        self._breaks(tag, given)
        if tag in _VOID or len(self._open) >= DEEPEST:
            return
        unseen = tag in _UNSEEN or bool(_HIDDEN.search(given.get("style", "")))
        self._open.append((tag, unseen or self._unseen()))
        self._quoted += tag == "blockquote"
        if tag == "a":
            self._link = given.get("href", "")
        if tag == "li":
            self._say("- ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that closes itself for what it is: a break, or nothing."""
        self._breaks(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element of that name, and all that was left open in it."""
        names = [name for name, _ in self._open]
        if tag not in names:
            return
        at = len(names) - 1 - names[::-1].index(tag)
        if tag == "a":
            self._name_link()
        self._quoted -= names[at:].count("blockquote")
        del self._open[at:]
        if tag in _LINES or tag in _PARAGRAPHS:
            self._line()
        if tag in _PARAGRAPHS and tag != "p":
            self._blank()

    def handle_data(self, data: str) -> None:
        """Write words down, as a browser would space them."""
        if self._unseen():
            return
        if any(name == "pre" for name, _ in self._open):
            self._say_as_it_is(data)
            return
        if not data.strip() and "\xa0" in data and not self._lines[-1].strip():
            self._blank()  # a paragraph with nothing in it is a blank line
            return
        words = _SPACE.sub(" ", data.translate(_ODD))
        if self._lines[-1].endswith(("\n", " ")) or not self._lines[-1]:
            words = words.lstrip(" ")
        self._say(words)

    def text(self) -> str:
        """Everything written down, without the blank lines that only make room."""
        joined = "\n".join(line.rstrip() for line in self._lines)
        return _MORE_BLANK.sub("\n\n", joined).strip()

    def _breaks(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self._lines.append("")
        elif tag in {"td", "th"}:
            self._say(" " if self._lines[-1].strip() else "")
        elif tag in _PARAGRAPHS and "Mso" not in given.get("class", ""):
            self._blank()
        elif tag in _LINES or tag in _PARAGRAPHS:
            self._line()

    def _unseen(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _say(self, words: str) -> None:
        if self._unseen() or not words:
            return
        if not self._lines[-1] and self._quoted:
            self._lines[-1] = "> " * self._quoted
        self._lines[-1] += words

    def _say_as_it_is(self, data: str) -> None:
        first, *more = data.translate(_ODD).split("\n")
        self._say(first)
        for line in more:
            self._lines.append("")
            self._say(line)

    def _line(self) -> None:
        """Go on in a new line, unless this one is new."""
        if self._lines[-1].strip(" "):
            self._lines.append("")

    def _blank(self) -> None:
        """Leave a line free, unless there is one."""
        self._line()
        if len(self._lines) > 1 and self._lines[-2]:
            self._lines.append("")

    def _name_link(self) -> None:
        """Say where a link leads, where its words do not."""
        link, self._link = self._link, ""
        shown = self._lines[-1]
        if link.startswith(("https://", "http://")) and link.rstrip("/") not in shown:
            self._say(f" ({link})")
