"""What people wrote in Slack, as plain text that can be shown anywhere."""

import re
from collections.abc import Callable
from html import unescape

#: Slack's marks: mentions, channels, commands to a channel, links.
_MARK = re.compile(
    r"<([@#!][^<>|\n]+|(?:https?|mailto|tel):[^<>|\n]+)(?:\|([^<>\n]*))?>"
)
_LEADS = {"@": "@", "#": "#", "!": "@"}

NameOf = Callable[[str], str]


def a_colleague(user: str) -> str:  # noqa: ARG001 - whoever it is
    """The name of somebody whose name is not to be looked up."""
    return "a colleague"


def spoken(text: str, name_of: NameOf = a_colleague) -> str:
    """*text* with Slack's marks in words: no mention pings, no link hides its address.

    *name_of* gives the name behind a Slack user id.
    """
    return unescape(_MARK.sub(lambda mark: _words(mark, name_of), text))


def _words(mark: re.Match[str], name_of: NameOf) -> str:
    target, label = mark[1], mark[2] or ""
    if target.startswith("@"):
        return f"@{name_of(target[1:])}"
    if target[0] in _LEADS:
        shown = label.lstrip("@#") or target[1:].partition("^")[0]
        return f"{_LEADS[target[0]]}{shown}"
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    return bare if label in {"", bare, target} else f"{label} ({bare})"
