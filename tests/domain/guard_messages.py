"""The messages the guard is tried with, read from the files beside this one."""

import re
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_ESCAPE = re.compile(r"\\(?:n|t|u[0-9a-f]{4})")
_PLAIN = {"\\n": "\n", "\\t": "\t"}


@dataclass(frozen=True)
class Identifying:
    """A message and the parts of it that identify somebody."""

    id: str
    text: str
    identifiers: tuple[str, ...]


def ordinary() -> list[str]:
    """Return the ordinary messages."""
    return [_decoded(line) for line in _lines("ordinary_messages.txt")]


def identifying() -> list[Identifying]:
    """Return the identifying messages, with what must not be left of them."""
    return [
        _marked(f"{number}", _decoded(line))
        for number, line in enumerate(_lines("identifying_messages.txt"), start=1)
    ]


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _decoded(line: str) -> str:
    return _ESCAPE.sub(
        lambda m: _PLAIN.get(m[0]) or m[0].encode().decode("unicode_escape"), line
    )


def _marked(number: str, line: str) -> Identifying:
    parts = re.findall(r"\{([^}]*)\}", line)
    bare = [part.strip("*").removeprefix("Mrs ").removeprefix("Mr ") for part in parts]
    return Identifying(number, re.sub(r"[{}]", "", line), tuple(bare))
