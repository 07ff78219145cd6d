"""What every table begins with: the machine, how busy it is, and how to read spread."""

import os
import platform
from collections.abc import Sequence
from statistics import median, quantiles

import sqlalchemy
from rich.console import Console
from rich.table import Table

OUT = Console(highlight=False)


def state() -> str:
    """The machine and how busy it is now, in one line."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    versions = (
        f"Python {platform.python_version()}, SQLAlchemy {sqlalchemy.__version__}"
    )
    return f"{os.cpu_count()} cores, load {load} (1, 5, 15 minutes), {versions}"


def show(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table under its title and the machine's state."""
    OUT.print(f"\n{title}\n{state()}")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, justify="left" if heading == headings[0] else "right")
    for row in rows:
        table.add_row(*row)
    OUT.print(table)


def p50(values: Sequence[float]) -> float:
    """The middle."""
    return median(values)


def p99(values: Sequence[float]) -> float:
    """What one in a hundred exceeds."""
    return quantiles(values, n=100, method="inclusive")[98]


def spread(values: Sequence[float], unit: str = "") -> str:
    """The middle, and from the least to the most: "2.1 (1.9–2.6) s"."""
    least, most = min(values), max(values)
    return f"{median(values):,.2f} ({least:,.2f}–{most:,.2f}){unit}"
