"""Replies received elsewhere as they came, kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.elsewhere import Original
from bot.domain.threads import ReplyId
from bot.store.schema.questions import OriginalRow, ReplyRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Originals:
    """The files and words that replies were taken from."""

    _session: StoreSession

    def keep(self, reply: ReplyId, original: Original, *, at: datetime) -> None:
        """Keep what *reply* was taken from."""
        self._session.add(
            OriginalRow(
                reply=reply,
                kind=original.kind,
                content=original.content,
                digest=original.digest,
                kept_at=at,
            )
        )
        self._session.flush()

    def of(self, reply: ReplyId) -> Original | None:
        """What *reply* was taken from; None if it was said here, or is not kept."""
        row = self._session.get(OriginalRow, reply)
        if row is None:
            return None
        return Original(kind=row.kind, content=row.content, digest=row.digest)

    def taken(self, thread: int, digest: str) -> tuple[ReplyId, datetime] | None:
        """The standing reply in *thread* taken from the same original, and when."""
        found = self._session.execute(
            select(ReplyRow.id, OriginalRow.kept_at)
            .join(OriginalRow, OriginalRow.reply == ReplyRow.id)
            .where(
                ReplyRow.thread == thread,
                OriginalRow.digest == digest,
                ReplyRow.withdrawn_at.is_(None),
                ReplyRow.hidden_at.is_(None),
            )
            .limit(1)
        ).first()
        return (ReplyId(found[0]), found[1]) if found else None

    def handed_in(self, act: str) -> ReplyId | None:
        """The reply that *act* handed in."""
        found = self._session.scalar(select(ReplyRow.id).filter_by(act=act))
        return ReplyId(found) if found is not None else None

    def forget(self, reply: ReplyId) -> bool:
        """No longer keep what *reply* was taken from. False if it was not kept."""
        gone = delete(OriginalRow).where(OriginalRow.reply == reply)
        return self._session.change(gone) > 0
