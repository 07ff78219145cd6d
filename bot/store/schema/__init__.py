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
from bot.store.schema.digests import (
    DigestLineRow,
    DigestRequestRow,
    DigestRow,
    LedgerRow,
)
from bot.store.schema.members import (
    BundleRow,
    ItemRow,
    MemberRow,
    NewcomerRow,
    NoticeRow,
)
from bot.store.schema.questions import (
    DmNoteRow,
    InvitationRow,
    QuestionRow,
    ReplyRow,
    ThreadRow,
)

__all__ = [
    "AuditRow",
    "Base",
    "BundleRow",
    "CursorRow",
    "DigestLineRow",
    "DigestRequestRow",
    "DigestRow",
    "DmNoteRow",
    "InboxRow",
    "InvitationRow",
    "ItemRow",
    "LedgerRow",
    "MemberRow",
    "Moment",
    "NewcomerRow",
    "NoticeRow",
    "OutboxRow",
    "PaceRow",
    "Payload",
    "QuestionRow",
    "ReplyRow",
    "RunRow",
    "ThreadRow",
    "UtcDateTime",
]
