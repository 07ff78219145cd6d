"""Cursors: lists given a page at a time."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.simulator.arguments import Arguments
from bot.simulator.errors import Json, SlackRefuses

Item = TypeVar("Item")
#: Most items on a page.
PAGE_MOST = 1000


def cursor_of(word: str) -> str:
    """Make an opaque cursor from *word*."""
    return base64.b64encode(word.encode()).decode()


def read_cursor(cursor: str, prefix: str) -> str:
    """Give the word in a cursor after its *prefix*; empty for no cursor.

    Raises:
        SlackRefuses: `invalid_cursor`.
    """
    if not cursor:
        return ""
    try:
        word = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise SlackRefuses("invalid_cursor") from None
    if not word.startswith(prefix) or word == prefix:
        raise SlackRefuses("invalid_cursor")
    return word.removeprefix(prefix)


def limit_of(args: Arguments, default: int) -> int:
    """Give the page size asked for.

    Raises:
        SlackRefuses: `invalid_limit`.
    """
    limit = args.number("limit", default) or default
    if limit < 1 or limit > PAGE_MOST:
        raise SlackRefuses("invalid_limit")
    return limit


def page(
    args: Arguments, items: Sequence[Item], key: Callable[[Item], str], default: int
) -> tuple[Sequence[Item], Json]:
    """Give one page of *items* and the metadata that leads to the next.

    Raises:
        SlackRefuses: `invalid_cursor`, `invalid_limit`.
    """
    limit, start = limit_of(args, default), 0
    after = read_cursor(args.text("cursor"), "next:")
    if after:
        keys = [key(item) for item in items]
        if after not in keys:
            raise SlackRefuses("invalid_cursor")
        start = keys.index(after)
    end = start + limit
    following = cursor_of("next:" + key(items[end])) if end < len(items) else ""
    return items[start:end], {"response_metadata": {"next_cursor": following}}
