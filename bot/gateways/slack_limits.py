"""What Slack would refuse, noticed before it is asked.

Views keep Slack's limits by their own means; this is the last look, so that a mistake
becomes one parked message with a reason, and never a message cut short.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MOST_BLOCKS = {"message": 50, "home": 100, "modal": 100}
TEXT = 40_000  #: characters; Slack cuts what is longer

#: The most characters of a block's own text, by the block's type.
BLOCK_TEXT = {"section": 3000, "header": 150, "markdown": 12_000}
#: The most elements or fields of one block, by the block's type and list.
BLOCK_ITEMS = {
    ("actions", "elements"): 25,
    ("context", "elements"): 10,
    ("section", "fields"): 10,
}
FIELD = 2000  #: characters in one of a section's fields
BUTTON = 75  #: characters on a button
VALUE = 2000  #: characters of a button's value


def faults(body: Mapping[str, Any]) -> Iterator[str]:
    """Each reason why Slack would refuse *body* (a message's, or {"view": …})."""
    view = body.get("view")
    if view is not None:
        yield from _blocks(view.get("blocks") or (), str(view.get("type", "home")))
        return
    text, blocks = body.get("text") or "", body.get("blocks") or ()
    if not text.strip():
        yield "it has no text"
    if len(text) > TEXT:
        yield f"its text has {len(text)} characters, more than {TEXT}"
    yield from _blocks(blocks, "message")


def _blocks(blocks: Sequence[Mapping[str, Any]], where: str) -> Iterator[str]:
    most = MOST_BLOCKS.get(where, 50)
    if len(blocks) > most:
        yield f"it has {len(blocks)} blocks, more than {most}"
    for number, block in enumerate(blocks, start=1):
        for fault in _block(block):
            yield f"block {number} ({block.get('type')}) {fault}"


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    kind = str(block.get("type", ""))
    if kind in BLOCK_TEXT:
        yield from _words(block.get("text"), BLOCK_TEXT[kind], "text")
    if kind == "section" and not (block.get("text") or block.get("fields")):
        yield "has neither text nor fields"
    for (of, items), most in BLOCK_ITEMS.items():
        if of == kind and items in block:
            yield from _items(block[items], most, items)
    for element in _elements(block):
        yield from _element(element)


def _elements(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from block.get("elements") or ()
    if block.get("accessory"):
        yield block["accessory"]


def _items(items: Sequence[Any], most: int, name: str) -> Iterator[str]:
    if not items:
        yield f"has no {name}"
    if len(items) > most:
        yield f"has {len(items)} {name}, more than {most}"
    if name == "fields":
        for item in items:
            yield from _words(item, FIELD, "field")


def _element(element: Mapping[str, Any]) -> Iterator[str]:
    if element.get("type") != "button":
        return
    yield from _words(element.get("text"), BUTTON, "button")
    if len(str(element.get("value") or "")) > VALUE:
        yield f"has a button's value of more than {VALUE} characters"


def _words(text: Any, most: int, name: str) -> Iterator[str]:
    if text is None:
        return
    words = text if isinstance(text, str) else str(text.get("text") or "")
    if not words:
        yield f"has an empty {name}"
    if len(words) > most:
        yield f"has a {name} of {len(words)} characters, more than {most}"
