"""The tables. Rows stay in ``bot.store``; the rest of the bot sees domain values."""

from bot.store.schema.base import Base, Moment, Payload, UtcDateTime
from bot.store.schema.calls import CallRow, CallVersionRow, RsvpRow
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
from bot.store.schema.mailings import (
    EditionRow,
    RecipientRow,
    SuppressionRow,
    WordingRow,
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
    OriginalRow,
    QuestionRow,
    ReplyRow,
    ThreadRow,
)

__all__ = [
    "AuditRow",
    "Base",
    "BundleRow",
    "CallRow",
    "CallVersionRow",
    "CursorRow",
    "DigestLineRow",
    "DigestRequestRow",
    "DigestRow",
    "DmNoteRow",
    "EditionRow",
    "InboxRow",
    "InvitationRow",
    "ItemRow",
    "LedgerRow",
    "MemberRow",
    "Moment",
    "NewcomerRow",
    "NoticeRow",
    "OriginalRow",
    "OutboxRow",
    "PaceRow",
    "Payload",
    "QuestionRow",
    "RecipientRow",
    "ReplyRow",
    "RsvpRow",
    "RunRow",
    "SuppressionRow",
    "ThreadRow",
    "UtcDateTime",
    "WordingRow",
]
