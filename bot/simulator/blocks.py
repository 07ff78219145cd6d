"""Block Kit's rules for messages, modals and App Home."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from bot.simulator.elements import (
    HINT,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_INPUT,
    IN_SECTION,
    LABEL,
    Found,
    check_element,
    check_image,
)
from bot.simulator.errors import Json, SlackRefuses

#: Most blocks in a message, and in a modal or Home.
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
SECTION_TEXT, FIELDS, FIELD_TEXT, HEADER = 3000, 10, 2000, 150
CONTEXT_ELEMENTS, CONTEXT_TEXT, ACTIONS, BLOCK_ID = 10, 3000, 25, 255
MARKDOWN, TABLE_ROWS, TABLE_CELLS = 12_000, 100, 20
#: Characters in all the texts of one message's blocks together.
ALL_BLOCKS_TEXT = 12_000
TITLE, PRIVATE_METADATA, CALLBACK_ID = 24, 3000, 255
#: Bytes of a view as JSON.
VIEW_BYTES = 250 * 1024
BOTH = "plain_text mrkdwn"


def check_message(blocks: Any) -> list[Json]:
    """Check a message's blocks and give them.

    Raises:
        SlackRefuses: `invalid_blocks_format`, `invalid_blocks` with what is wrong and
            where, or `msg_blocks_too_long`.
    """
    given = _list_of_blocks(blocks)
    found = _checked(given, MESSAGE_BLOCKS, _IN_MESSAGE)
    if found.messages:
        raise SlackRefuses("invalid_blocks", messages=found.messages)
    if sum(len(text) for text in _texts(given)) > ALL_BLOCKS_TEXT:
        raise SlackRefuses("msg_blocks_too_long")
    return given


def check_view(view: Any, kind: str) -> Json:
    """Check a modal or a Home (*kind*) and give it.

    Raises:
        SlackRefuses: `view_too_large`, or `invalid_arguments` with what is wrong.
    """
    if not isinstance(view, dict):
        raise SlackRefuses("invalid_arguments", messages=["[ERROR] must be an object"])
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        raise SlackRefuses("view_too_large")
    allowed = _IN_MODAL if kind == "modal" else _IN_HOME
    found = Found()
    _frame(found, view, kind)
    if isinstance(view.get("blocks"), list):
        inside = _checked(view["blocks"], VIEW_BLOCKS, allowed, "/view/blocks")
        found.messages += inside.messages
    else:
        found.wrong("missing required field: blocks", "/view/blocks")
    if found.messages:
        raise SlackRefuses("invalid_arguments", messages=found.messages)
    return view


def _frame(found: Found, view: Json, kind: str) -> None:
    if view.get("type") != kind:
        found.wrong(f"must be {kind}", "/view/type")
    if kind == "modal":
        found.text(view.get("title"), "/view/title", TITLE)
        _buttons(found, view)
    private = view.get("private_metadata")
    found.optional(private, "/view/private_metadata", PRIVATE_METADATA)
    found.optional(view.get("callback_id"), "/view/callback_id", CALLBACK_ID)
    found.optional(view.get("external_id"), "/view/external_id", CALLBACK_ID)


def _buttons(found: Found, view: Json) -> None:
    for name in ("submit", "close"):
        if view.get(name) is not None:
            found.text(view[name], f"/view/{name}", TITLE)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(one, dict) and one.get("type") == "input" for one in blocks
    )
    if has_input and view.get("submit") is None:
        found.wrong("submit is required when there are inputs", "/view/submit")


def _list_of_blocks(blocks: Any) -> list[Json]:
    if not isinstance(blocks, list):
        raise SlackRefuses("invalid_blocks_format")
    if not all(isinstance(block, dict) for block in blocks):
        raise SlackRefuses("invalid_blocks_format")
    return blocks


def _checked(
    blocks: list[Any], most: int, allowed: frozenset[str], at: str = "/blocks"
) -> Found:
    found = Found()
    found.count(blocks, at, 0, most)
    for place, block in enumerate(blocks):
        _block(found, block, f"{at}/{place}", allowed)
    if not found.messages:
        _unique_ids(found, blocks, at)
    return found


def _block(found: Found, block: Any, at: str, allowed: frozenset[str]) -> None:
    kind = block.get("type") if isinstance(block, dict) else None
    if not isinstance(kind, str) or kind not in allowed:
        found.wrong(f"unsupported type: {kind}", f"{at}/type")
        return
    found.optional(block.get("block_id"), f"{at}/block_id", BLOCK_ID)
    _CHECKS[kind](found, block, at)


def _unique_ids(found: Found, blocks: list[Json], at: str) -> None:
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        found.wrong(f"`block_id` {twice} is not unique", at)
    for place, block in enumerate(blocks):
        if block["type"] in {"actions", "context_actions"}:
            _unique_actions(found, block, f"{at}/{place}")


def _unique_actions(found: Found, block: Json, at: str) -> None:
    ids = [one.get("action_id") for one in block["elements"]]
    for twice in sorted({one for one in ids if one and ids.count(one) > 1}):
        found.wrong(f"`action_id` {twice} already exists in this block", at)


def _texts(value: Any) -> Iterator[str]:
    """Give every string called `text` in a structure."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, inside in value.items():
            if name == "text" and isinstance(inside, str):
                yield inside
            else:
                yield from _texts(inside)


def _section(found: Found, block: Json, at: str) -> None:
    if block.get("text") is None and not block.get("fields"):
        found.wrong("must have text or fields", at)
    if block.get("text") is not None:
        found.text(block["text"], f"{at}/text", SECTION_TEXT, BOTH)
    if block.get("fields") is not None:
        fields = found.count(block["fields"], f"{at}/fields", 1, FIELDS)
        for place, text in enumerate(fields):
            found.text(text, f"{at}/fields/{place}", FIELD_TEXT, BOTH)
    if block.get("accessory") is not None:
        check_element(found, block["accessory"], f"{at}/accessory", IN_SECTION)


def _header(found: Found, block: Json, at: str) -> None:
    found.text(block.get("text"), f"{at}/text", HEADER)


def _divider(found: Found, block: Json, at: str) -> None:
    """Let a divider be."""


def _context(found: Found, block: Json, at: str) -> None:
    given = found.count(block.get("elements"), f"{at}/elements", 1, CONTEXT_ELEMENTS)
    for place, element in enumerate(given):
        here = f"{at}/elements/{place}"
        check_element(found, element, here, IN_CONTEXT)
        if isinstance(element, dict) and element.get("type") in BOTH.split():
            found.string(element.get("text"), f"{here}/text", CONTEXT_TEXT)


def _actions(found: Found, block: Json, at: str) -> None:
    given = found.count(block.get("elements"), f"{at}/elements", 1, ACTIONS)
    for place, element in enumerate(given):
        check_element(found, element, f"{at}/elements/{place}", IN_ACTIONS)


def _input(found: Found, block: Json, at: str) -> None:
    found.text(block.get("label"), f"{at}/label", LABEL)
    if block.get("hint") is not None:
        found.text(block["hint"], f"{at}/hint", HINT)
    check_element(found, block.get("element"), f"{at}/element", IN_INPUT)


def _markdown(found: Found, block: Json, at: str) -> None:
    found.string(block.get("text"), f"{at}/text", MARKDOWN)


def _rich_text(found: Found, block: Json, at: str) -> None:
    found.count(block.get("elements"), f"{at}/elements", 0, VIEW_BYTES)


def _table(found: Found, block: Json, at: str) -> None:
    for place, row in enumerate(
        found.count(block.get("rows"), f"{at}/rows", 1, TABLE_ROWS)
    ):
        found.count(row, f"{at}/rows/{place}", 1, TABLE_CELLS)


def _video(found: Found, block: Json, at: str) -> None:
    for name in ("video_url", "thumbnail_url", "alt_text"):
        found.string(block.get(name), f"{at}/{name}", SECTION_TEXT)


_CHECKS: dict[str, Callable[[Found, Json, str], None]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": check_image,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": _table,
    "video": _video,
}
_EVERYWHERE = frozenset(_CHECKS) - {"markdown", "table"}
_IN_MODAL = _EVERYWHERE
_IN_HOME = _EVERYWHERE
_IN_MESSAGE = _EVERYWHERE | {"markdown", "table"}
