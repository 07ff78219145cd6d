"""What an operator sees: plain words first; colour only ever repeats them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from rich.console import Console
from rich.table import Table
from rich.text import Text

OUT = Console(highlight=False, markup=False, emoji=False)
ERR = Console(highlight=False, markup=False, emoji=False, stderr=True)


class Refused(Exception):
    """A command that will not do what was asked. Its text says why, and what to do."""


def say(words: str, style: str = "") -> None:
    """Print *words* as they are, wrapped at the terminal's width."""
    OUT.print(Text(words, style=style))


def complain(words: str) -> None:
    """Print *words* where errors go."""
    ERR.print(Text(words))


def show(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table, if it has rows; what is too long goes on in the next line."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    if table.row_count:
        OUT.print(table)


def ago(age: timedelta) -> str:
    """How long ago that is, roughly; an *age* below nothing is still to come."""
    seconds = int(abs(age).total_seconds())
    if age < timedelta(0):
        return f"in {_roughly(seconds)}"
    return f"{_roughly(seconds)} ago"


def counted(number: int, what: str) -> str:
    """*number* with its noun: "1 event", "2 events"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _roughly(seconds: int) -> str:
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(seconds // size, unit)
    return counted(seconds, "second")
