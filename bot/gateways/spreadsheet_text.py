"""Tables as spreadsheets save them: in several encodings, with several separators."""

import codecs
import csv
import io
from collections.abc import Iterator
from unicodedata import normalize

#: Beginnings that say how the rest is written.
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SEPARATORS = frozenset(",;\t")
ENDS = frozenset(["", "\n", "\r"])


class NotTable(Exception):
    """It cannot be read as a table of text. ``line`` is 0 for the whole of it."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.line = line


def text_of(kept: bytes) -> str:
    """The text in *kept*: UTF-8 or UTF-16, or what Windows in western Europe writes.

    Raises:
        NotTable: it is no text.
    """
    try:
        text = kept.decode(_encoding(kept))
    except UnicodeDecodeError:
        raise NotTable(
            "It is not text. Save it as CSV (UTF-8), not as .xlsx."
        ) from None
    if "\0" in text:
        raise NotTable("It is not text. Save it as CSV (UTF-8), not as .xlsx.")
    return normalize("NFC", text)


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every line that is not empty, with its number; a quoted value may span lines.

    The first line decides what separates values; a line "sep=;", as some programs
    write, decides too and is left out.

    Raises:
        NotTable: quotation marks do not come in pairs, or a value is far too long.
    """
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=_separator(text), strict=True
    )
    begun = 1
    try:
        for row in rows:
            values = [" ".join(value.split()) for value in row]
            if any(values) and not (begun == 1 and _says_separator(text)):
                yield begun, values
            begun = rows.line_num + 1
    except csv.Error:
        raise NotTable(
            "From here on, quotation marks do not come in pairs: a value that begins "
            'with " must end with ", and a " inside it is written twice.',
            begun,
        ) from None


def _encoding(kept: bytes) -> str:
    for mark, encoding in MARKS.items():
        if kept.startswith(mark):
            return encoding
    if b"\0" in kept[:200]:  # every other byte of plain UTF-16
        return "utf-16-le" if kept[1:2] == b"\0" else "utf-16-be"
    try:
        kept.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(text: str) -> str:
    if _says_separator(text):
        return text[4]
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(sorted(SEPARATORS), key=first.count)


def _says_separator(text: str) -> bool:
    """Whether it begins with a line "sep=;", as some programs write."""
    first = text[:6].casefold()
    return first[:4] == "sep=" and first[4:5] in SEPARATORS and first[5:] in ENDS
