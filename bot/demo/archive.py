"""Archived threads, read from a file: all of it is right, or nothing is played."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.demo.processes import PlayFailed

SHAPE = (
    '{"id", "channel", "title", "ts", "asker", "text", "replies": [{"user", "ts", '
    '"text"}]}'
)


@dataclass(frozen=True, slots=True)
class OldReply:
    """One reply, by its real author."""

    user: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OldThread:
    """One archived thread: its first post is the question."""

    id: str
    title: str
    asker: str
    text: str
    replies: tuple[OldReply, ...]

    @property
    def question(self) -> str:
        """What the asker said; the title where the first post has no words."""
        return self.text.strip() or self.title.strip()


def read(path: Path, most: int | None = None) -> tuple[OldThread, ...]:
    """The threads of a file of JSON lines (``.gz`` too): at most *most*, from the top.

    Raises:
        PlayFailed: it cannot be read, or a line is malformed; the line is named. The
            whole file is looked at, however few threads are wanted.
    """
    try:
        threads = tuple(_threads(path))
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise PlayFailed(f"{path} cannot be read: {error}") from error
    if not threads:
        raise PlayFailed(f"{path} holds no threads. Nothing was played.")
    return threads[:most]


def _threads(path: Path) -> Iterator[OldThread]:
    reader = gzip.open if path.suffix == ".gz" else open
    with reader(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _thread(path, number, line)


def _thread(path: Path, number: int, line: str) -> OldThread:
    try:
        said = json.loads(line)
    except ValueError as error:
        raise _wrong(path, number, f"is not JSON ({error})") from error
    if not isinstance(said, dict):
        raise _wrong(path, number, "is not an object")
    wrong = next(_faults(said), None)
    if wrong:
        raise _wrong(path, number, wrong)
    return OldThread(
        id=str(said["id"]),
        title=said.get("title", ""),
        asker=said["asker"],
        text=said["text"],
        replies=tuple(OldReply(one["user"], one["text"]) for one in said["replies"]),
    )


def _faults(said: Mapping[str, Any]) -> Iterator[str]:
    yield from _missing(said, ("asker", "text"))
    if "id" not in said:
        yield 'has no "id"'
    if not (str(said.get("text", "")).strip() or str(said.get("title", "")).strip()):
        yield "has neither words nor a title to ask"
    replies = said.get("replies")
    if isinstance(replies, list):
        yield from _reply_faults(replies)
    else:
        yield 'has no list "replies"'


def _reply_faults(replies: Sequence[Any]) -> Iterator[str]:
    for place, reply in enumerate(replies, 1):
        if not isinstance(reply, dict):
            yield f"has a reply {place} that is not an object"
            return
        for fault in _missing(reply, ("user", "text")):
            yield f"in reply {place} {fault}"


def _missing(said: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if not isinstance(said.get(name), str):
            yield f'has no words "{name}"'
    if "asker" in names and not said.get("asker"):
        yield 'has an empty "asker"'
    if "user" in names and not said.get("user"):
        yield 'has an empty "user"'


def _wrong(path: Path, number: int, what: str) -> PlayFailed:
    shape = f"Each line should be {SHAPE}."
    return PlayFailed(f"{path}, line {number} {what}. {shape} Nothing was played.")
