"""The tables. Rows stay in ``bot.store``; the rest of the bot sees domain values."""

from bot.store.schema.base import Base, Moment, Payload, UtcDateTime
from bot.store.schema.delivery import (
    AuditRow,
    CursorRow,
    InboxRow,
    OutboxRow,
    PaceRow,
    RunRow,
)

__all__ = [
    "AuditRow",
    "Base",
    "CursorRow",
    "InboxRow",
    "Moment",
    "OutboxRow",
    "PaceRow",
    "Payload",
    "RunRow",
    "UtcDateTime",
]
