"""What a person sees of a message, a form or a Home: its words and its buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A button, or one choice of a menu, as a person sees it."""

    label: str
    action_id: str
    block_id: str
    value: str


def buttons(blocks: Sequence[Json]) -> Iterator[Seen]:
    """Every button and every choice of an overflow menu, from top to bottom."""
    for block in blocks:
        inside = [*block.get("elements", ()), block.get("accessory") or {}]
        for element in inside:
            yield from _of(element, str(block.get("block_id", "")))


def words(blocks: Sequence[Json]) -> str:
    """Everything that can be read, without marks of formatting's escapes."""
    return unescape("\n".join(_texts(blocks)))


def _of(element: Json, block_id: str) -> Iterator[Seen]:
    action = str(element.get("action_id", ""))
    if element.get("type") == "button":
        label = element["text"]["text"]
        yield Seen(label, action, block_id, str(element.get("value", "")))
    for option in element.get("options", ()):
        yield Seen(option["text"]["text"], action, block_id, str(option["value"]))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
