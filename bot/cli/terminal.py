"""What an operator sees: plain words first; colour only ever repeats them."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

OUT = Console(highlight=False, markup=False, emoji=False)
ERR = Console(highlight=False, markup=False, emoji=False, stderr=True)


class Refused(Exception):
    """A command that will not do what was asked. Its text says why, and what to do."""


def say(words: str, style: str = "") -> None:
    """Print *words* as they are, wrapped at the terminal's width."""
    OUT.print(Text(words, style=style))


def indented(words: str, by: int) -> None:
    """Print *words* with every line of it moved in."""
    OUT.print(Padding(Text(words), (0, 0, 0, by)))


def complain(words: str) -> None:
    """Print *words* where errors go."""
    ERR.print(Text(words))


def show(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; what is too long for its column goes on in the next line."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    OUT.print(table)
