"""Collation: many replies become one draft in which every reply is accounted for.

Extractive and deterministic: nothing is written, only chosen and arranged. Whatever
order the replies come in, the same statements are chosen.
"""

from bot.domain.collation.drafting import collate
from bot.domain.collation.drafts import (
    Contribution,
    Draft,
    DraftLine,
    Entry,
    Place,
    Reason,
    Section,
)
from bot.domain.resources import Resource

__all__ = [
    "Contribution",
    "Draft",
    "DraftLine",
    "Entry",
    "Place",
    "Reason",
    "Resource",
    "Section",
    "collate",
]
