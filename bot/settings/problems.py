"""What is wrong with the settings: all of it at once, for whoever must mend it."""

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong, and how to mend it. Never holds the value itself."""

    where: str  #: a variable's name, or a file and a path inside it
    what: str  #: "is missing", "should be a whole number"
    mend: str  #: a sentence that says what to do

    def __str__(self) -> str:
        return f"{self.where} {self.what}. {self.mend}".rstrip()


class SettingsWrong(Exception):
    """The settings cannot be used. Its text lists every problem, numbered, to print."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        many = len(self.problems)
        first = f"The settings need mending ({many} problem{'s' * (many != 1)}):"
        numbered = (f"{n:3}. {problem}" for n, problem in enumerate(self.problems, 1))
        return "\n".join((first, *numbered))


def meant(name: str, known: Iterable[str], *, least: float = 0.75) -> str | None:
    """The name in *known* that *name* is most like, if any is as like as *least*."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=least)
    return close[0] if close else None
