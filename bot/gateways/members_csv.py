"""Members from a file: what spreadsheets write, with every mistake told at once.

The first line names the columns: name and e-mail, and where they are wanted region,
role and interests (topics, with ; or | between them).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from bot.domain.community import Community
from bot.domain.members import Imported
from bot.gateways.members_line import LineReader, Wrong
from bot.gateways.spreadsheet_text import NotTable, records, text_of

#: How a column may be headed, without capitals, spaces and hyphens.
HEADINGS = {
    "name": "name",
    "fullname": "name",
    "membername": "name",
    "email": "e-mail",
    "emailaddress": "e-mail",
    "mail": "e-mail",
    "region": "region",
    "role": "role",
    "interest": "interests",
    "interests": "interests",
    "topic": "interests",
    "topics": "interests",
}
NEEDED = ("name", "e-mail")
SLIP = 0.8  #: how like a known heading an unknown one must be to be taken for a slip
EXAMPLE = "name,e-mail,region,role,interests"


class Mistake(NamedTuple):
    """One thing to mend in the file."""

    line: int  #: as the file counts, from 1; 0: the file as a whole
    column: str  #: "region"; empty: the line as a whole
    what: str  #: what is wrong, and how to mend it

    def __str__(self) -> str:
        where = f"Line {self.line}" if self.line else "The file"
        return f"{where}{self.column and f', {self.column}'}: {self.what}"


class MembersFileWrong(Exception):
    """The file cannot be imported as it is; ``mistakes`` has every one in it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(f"{len(self.mistakes)} mistakes")


class MembersFile(NamedTuple):
    """A file in which every line is right."""

    members: tuple[Imported, ...]
    unread: tuple[str, ...]  #: headings of columns that are not about members


@dataclass(frozen=True, slots=True)
class _Columns:
    places: Mapping[str, int]
    unread: tuple[str, ...]
    width: int

    def said(self, values: Sequence[str]) -> dict[str, str]:
        return {
            column: values[at] for column, at in self.places.items() if at < len(values)
        }


def read_members(path: Path, community: Community) -> MembersFile:
    """Read every member in the file at *path*.

    Raises:
        MembersFileWrong: it cannot be read, or a line in it is wrong; it tells every
            mistake, and how to mend each.
    """
    try:
        return _members(records(text_of(path.read_bytes())), community)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _one(f"{path} cannot be opened ({why}).") from None
    except NotTable as error:
        raise _one(str(error), error.line) from None


def _members(
    lines: Iterable[tuple[int, list[str]]], community: Community
) -> MembersFile:
    rows = iter(lines)
    columns = _columns(*next(rows, (0, [])))
    reader = LineReader(community)
    found: list[Imported] = []
    mistakes: list[Mistake] = []
    for line, values in rows:
        try:
            found.append(reader.member(line, columns.said(values)))
        except Wrong as wrong:
            mistakes += (Mistake(line, *told) for told in wrong.told)
        if any(values[columns.width :]):
            mistakes.append(_too_wide(line))
    if mistakes:
        raise MembersFileWrong(mistakes)
    if not found:
        raise _one("There are no members in it.")
    return MembersFile(tuple(found), columns.unread)


def _columns(line: int, headings: Sequence[str]) -> _Columns:
    places: dict[str, int] = {}
    unread, mistakes = [], []
    for at, heading in enumerate(headings):
        column = HEADINGS.get(_bare(heading))
        if column in places:
            mistakes.append(Mistake(line, column or "", "There are two such columns."))
        elif column:
            places[column] = at
        elif heading:
            unread.append(heading)
    mistakes += _slips(line, unread, places)
    if mistakes:
        raise MembersFileWrong(mistakes)
    return _Columns(places, tuple(unread), len(headings))


def _slips(
    line: int, unread: Iterable[str], places: Mapping[str, int]
) -> Iterable[Mistake]:
    """Headings that are nearly right, and those that are missing."""
    for heading in unread:
        close = get_close_matches(_bare(heading), HEADINGS, n=1, cutoff=SLIP)
        if close:
            says = f"This is no heading we know. Did you mean {HEADINGS[close[0]]}?"
            yield Mistake(line, heading, says)
    for column in NEEDED:
        if column not in places:
            says = f"There is no such column. The first line should be like {EXAMPLE}"
            yield Mistake(line, column, says)


def _too_wide(line: int) -> Mistake:
    return Mistake(
        line,
        "",
        'There are more values than columns. Put a value that holds a comma in "…".',
    )


def _one(what: str, line: int = 0) -> MembersFileWrong:
    return MembersFileWrong([Mistake(line, "", what)])


def _bare(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
