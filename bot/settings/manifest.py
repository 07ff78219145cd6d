"""The Slack app's manifest, read from the one file that people paste into Slack.

It is YAML, for the comments in it. We read the small part of YAML that our own file
uses (mappings, lists, plain or quoted words, true and false) and refuse all else, so
that no YAML library is needed to check a workspace.
"""

import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

MANIFEST = "slack-app-manifest.yaml"
COMMENT = re.compile(r"(?:^|\s+)#.*$")
PAIR = re.compile(r"(?P<key>[\w.-]+):(?:\s+(?P<value>.+))?")
TRUTHS = {"true": True, "false": False}


class NotOurYaml(ValueError):
    """A line that is none of what our manifest uses; the text gives its number."""


class Line(NamedTuple):
    """One line that says something."""

    number: int
    indent: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scopes:
    """What the bot may do in a workspace."""

    needed: frozenset[str]
    optional: frozenset[str]


def scopes() -> Scopes:
    """The bot's scopes, as the manifest has them."""
    listed = manifest()["oauth_config"]["scopes"]
    return Scopes(
        needed=frozenset(listed["bot"]), optional=frozenset(listed["bot_optional"])
    )


def manifest() -> Mapping[str, Any]:
    """The manifest as Slack's own JSON form of it; a new copy each time."""
    whole = parse(files("bot").joinpath(MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(whole, dict):
        raise NotOurYaml(f"{MANIFEST} should be a mapping")
    return whole


def parse(text: str) -> Any:
    """Read the part of YAML that our manifest uses.

    Raises:
        NotOurYaml: at the first line that is anything else.
    """
    lines = deque(_lines(text))
    if not lines:
        raise NotOurYaml("The file says nothing.")
    read = _block(lines, lines[0].indent)
    if lines:
        raise NotOurYaml(f"Line {lines[0].number} is indented oddly.")
    return read


def _lines(text: str) -> list[Line]:
    lines = []
    for number, written in enumerate(text.splitlines(), 1):
        bare = written.strip()
        quoted = bare.endswith('"')  # a "#" inside quotation marks is no comment
        said = bare if quoted else COMMENT.sub("", bare).rstrip()
        if said:
            indent = len(written) - len(written.lstrip(" "))
            lines.append(Line(number, indent, said))
    return lines


def _block(lines: deque[Line], indent: int) -> Any:
    return (_list if lines[0].said.startswith("- ") else _mapping)(lines, indent)


def _list(lines: deque[Line], indent: int) -> list[Any]:
    items: list[Any] = []
    while lines and lines[0].indent == indent and lines[0].said.startswith("- "):
        number, _, said = lines.popleft()
        inner = said[2:].strip()
        if PAIR.fullmatch(inner) and not inner.startswith('"'):
            lines.appendleft(Line(number, indent + 2, inner))
            items.append(_mapping(lines, indent + 2))
        else:
            items.append(_word(inner, number))
    return items


def _mapping(lines: deque[Line], indent: int) -> dict[str, Any]:
    read: dict[str, Any] = {}
    while lines and lines[0].indent == indent:
        number, _, said = lines.popleft()
        pair = PAIR.fullmatch(said)
        if pair is None or pair["key"] in read:
            raise NotOurYaml(f"Line {number} is not a new key with a value.")
        read[pair["key"]] = _value(lines, indent, pair["value"], number)
    return read


def _value(lines: deque[Line], indent: int, written: str | None, number: int) -> Any:
    if written is not None:
        return _word(written, number)
    if not lines or lines[0].indent <= indent:
        raise NotOurYaml(f"Line {number} has no value.")
    return _block(lines, lines[0].indent)


def _word(written: str, number: int) -> str | bool:
    if written.startswith('"'):
        try:
            return str(json.loads(written))
        except ValueError:
            raise NotOurYaml(f"Line {number}: a quotation mark is missing.") from None
    if written[0] in "'&*!|>%@`{[," or ": " in written:
        raise NotOurYaml(f"Line {number}: write it in double quotation marks.")
    return TRUTHS.get(written, written)
