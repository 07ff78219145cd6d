"""Words made fit for a letter: out of Slack's marks, wrapped, indented."""

import re
from textwrap import wrap

from bot.views.spoken import spoken

WIDTH = 72  #: columns of a plain letter
_INDENT = "    "  #: before somebody's words; screen readers read a ">" out loud

#: Slack's emphasis: a mark, words without a space at either end, the mark again.
#: No further than a long sentence: a line of marks alone would take a minute to read.
_EMPHASIS = re.compile(
    r"(?<![\w*_~`])([*_~`])(?=[^\s*_~`])([^\n]{0,400}?[^\s*_~`])\1(?!\w)"
)
_TITLES = frozenset(
    {"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "revd"}
)


def unmarked(mrkdwn: str) -> str:
    """*mrkdwn* in plain words: no emphasis marks, links as words and address."""
    return _EMPHASIS.sub(lambda found: found[2], spoken(mrkdwn))


def first_name(name: str) -> str:
    """How to address somebody of that *name*; "" where there is nothing to say."""
    for word in name.split():
        if word.rstrip(".").lower() not in _TITLES:
            return word.strip(",")
    return name.strip()


def wrapped(text: str, width: int = WIDTH) -> str:
    """*text* in lines of at most *width* columns; addresses are never broken."""
    return "\n".join(
        line for paragraph in text.splitlines() for line in _filled(paragraph, width)
    )


def quoted(text: str) -> str:
    """*text*, somebody's words, wrapped and set in from the margin."""
    lines = wrapped(text.strip(), WIDTH - len(_INDENT)).splitlines()
    return "\n".join(f"{_INDENT}{line}".rstrip() for line in lines)


def _filled(paragraph: str, width: int) -> list[str]:
    filled = wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
    return filled or [""]
