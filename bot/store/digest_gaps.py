"""Where a ledger is behind its thread."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from bot.domain.collation import Place
from bot.store.schema.digests import LedgerRow
from bot.store.schema.questions import ReplyRow


def unaccounted(digest: Any, thread: Any) -> Select[int]:
    """The ids of replies in *thread* that *digest* has not caught up with.

    New ones, those edited since they were accounted for, and those withdrawn or hidden
    since. Either may be a value or a column of an enclosing query.
    """
    return (
        select(ReplyRow.id)
        .outerjoin(
            LedgerRow, (LedgerRow.reply == ReplyRow.id) & (LedgerRow.digest == digest)
        )
        .where(ReplyRow.thread == thread, _behind())
    )


def _behind() -> ColumnElement[bool]:
    """Where a reply and its place in the ledger, if it has one, do not agree."""
    return or_(
        LedgerRow.reply.is_(None),
        LedgerRow.edited_ts.is_distinct_from(ReplyRow.edited_ts),
        and_(
            ReplyRow.withdrawn_at.is_not(None),
            LedgerRow.place != Place.WITHDRAWN.value,
        ),
        and_(
            ReplyRow.withdrawn_at.is_(None),
            ReplyRow.hidden_at.is_not(None),
            LedgerRow.place != Place.HIDDEN.value,
        ),
    )
