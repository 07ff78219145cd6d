"""How what the bot says unasked looks: one message, however many things it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.views import blocks
from bot.views.blocks import MOST_IN_MESSAGE, Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One notice of a bundle: what notifications may say, and what is shown."""

    summary: str
    blocks: Sequence[Block]


def bundle(parts: Sequence[Part]) -> dict[str, Any]:
    """One message of *parts*, a line between each."""
    if len(parts) == 1:
        return {"text": parts[0].summary, "blocks": list(parts[0].blocks)}
    shown: list[Block] = []
    for part in parts:
        more = [*([blocks.rule()] if shown else []), *part.blocks]
        if len(shown) + len(more) > MOST_IN_MESSAGE:
            break
        shown += more
    return {"text": f"{len(parts)} things for you: {parts[0].summary}", "blocks": shown}
