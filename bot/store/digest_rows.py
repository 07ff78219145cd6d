"""Rows of digests, read as the values that the rest of the bot knows."""

from collections.abc import Sequence

from bot.domain.collation import Place, Section
from bot.domain.digests import (
    Account,
    Digest,
    DigestId,
    DigestRequest,
    Line,
    LineId,
)
from bot.domain.members import MemberId
from bot.domain.threads import ReplyId
from bot.store.schema.digests import (
    DigestLineRow,
    DigestRequestRow,
    DigestRow,
    LedgerRow,
)


def digest_of(row: DigestRow) -> Digest:
    """The digest that *row* keeps."""
    return Digest(
        id=DigestId(row.id),
        thread=row.thread,
        title=row.title,
        version=row.version,
        headings=row.headings,
        note=row.note,
        resources=_sequence(row.resources),
        still_open=_sequence(row.still_open),
        drafted_at=row.drafted_at,
        drafted_by=MemberId(row.drafted_by) if row.drafted_by else None,
        last_act=row.last_act,
        check_ends_at=row.check_ends_at,
        approved_at=row.approved_at,
        approved_by=MemberId(row.approved_by) if row.approved_by else None,
        publish_at=row.publish_at,
        reread_at=row.reread_at,
        published_at=row.published_at,
        dropped_at=row.dropped_at,
    )


def _sequence(found: Sequence[dict[str, object]]) -> tuple[dict[str, object], ...]:
    return tuple(found)


def line_of(row: DigestLineRow, author: str | None) -> Line:
    """The line that *row* keeps; *author* is its reply's."""
    return Line(
        id=LineId(row.id),
        digest=DigestId(row.digest),
        reply=ReplyId(row.reply),
        author=MemberId(author) if author else None,
        section=Section(row.section),
        position=row.position,
        text=row.text,
        changed=row.changed,
        named=row.named,
        agreed_at=row.agreed_at,
        removed_at=row.removed_at,
    )


def account_of(row: LedgerRow) -> Account:
    """Where a reply went, as *row* keeps it."""
    return Account(
        reply=ReplyId(row.reply),
        place=Place(row.place),
        reason=row.reason,
        line=LineId(row.line) if row.line else None,
        edited_ts=row.edited_ts,
    )


def request_of(row: DigestRequestRow) -> DigestRequest:
    """The request that *row* keeps."""
    return DigestRequest(
        id=row.id,
        thread=row.thread,
        member=MemberId(row.member),
        tries=row.tries,
        title=row.title,
        read_at=row.read_at,
    )
