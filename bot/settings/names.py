"""Which variables are set, which of them cannot be read, and which are misspelt."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot.settings.problems import Problem, meant

#: How like a setting's name a stranger in the environment must be to be remarked on.
#: SLACK_TOKEN is (0.85); DATABASE_URL_TEST, which other programs use, is not (0.83).
LIKENESS = 0.84


class Dotenv:
    """A ``.env`` file as it is written; a missing one is an empty one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bindings: list[Binding] = []
        self._undecodable = False
        if path.is_file():
            self._read()

    def _read(self) -> None:
        try:
            with self.path.open(encoding="utf-8") as lines:
                self._bindings = list(parse_stream(lines))
        except UnicodeDecodeError:
            self._undecodable = True

    @property
    def readable(self) -> bool:
        """Whether the file is text at all."""
        return not self._undecodable

    def filled(self) -> set[str]:
        """The names, in capitals, that have a value."""
        return {b.key.upper() for b in self._bindings if b.key and b.value}

    def value(self, name: str) -> str | None:
        """What the last line for *name* (in capitals) gives, if any does."""
        given = [b.value for b in self._bindings if b.key and b.key.upper() == name]
        return (given[-1] if given else None) or None

    def problems(self, known: Iterable[str]) -> Iterator[Problem]:
        """Every line that cannot be read, unknown name and name that is set twice."""
        if self._undecodable:
            yield Problem(
                self.path.name, "is not UTF-8 text", "Save it again as plain text."
            )
        yield from self._broken_lines()
        yield from self._strangers(set(known))
        yield from self._doubles()

    def _broken_lines(self) -> Iterator[Problem]:
        for binding in self._bindings:
            if binding.error:
                yield Problem(
                    f"{self.path.name} line {binding.original.line}",
                    "cannot be read",
                    "Write NAME=value; close every quotation mark that is opened.",
                )

    def _strangers(self, known: set[str]) -> Iterator[Problem]:
        for binding in self._bindings:
            if binding.key and binding.key.upper() not in known:
                where = f"{binding.key} ({self.path.name} line {binding.original.line})"
                yield Problem(where, "is not a setting", _advice(binding.key, known))

    def _doubles(self) -> Iterator[Problem]:
        counts = Counter(b.key.upper() for b in self._bindings if b.key)
        for name, count in counts.items():
            if count > 1:
                where = f"{name} ({self.path.name})"
                yield Problem(where, f"is set {count} times", "Keep one of the lines.")


def _advice(name: str, known: Iterable[str]) -> str:
    close = meant(name.upper().removeprefix("CONVENOR_"), known)
    if close:
        return f"Did you mean {close}?"
    return "Remove the line; .env.example lists every setting."


def misspelt_in_environment(
    known: tuple[str, ...], filled: set[str]
) -> Iterator[Problem]:
    """Variables of the process that look like a setting that nobody has set.

    Only names that begin like one of ours and are close to one are remarked on: the
    environment is shared with other programs. *filled* are the settings that are set.
    """
    beginnings = {name.partition("_")[0] for name in known} | {"CONVENOR"}
    for name in sorted(os.environ):
        if name.upper() in known or name.upper().partition("_")[0] not in beginnings:
            continue
        plain = name.upper().removeprefix("CONVENOR_")
        close = meant(plain, known, least=LIKENESS)
        if close and close not in filled:
            yield Problem(
                f"{name} (environment)", "is not a setting", f"Did you mean {close}?"
            )
