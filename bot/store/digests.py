"""Digests, kept: lines, and the ledger that accounts for every reply."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from bot.domain.collation import Place, Section
from bot.domain.digests import Account, Digest, DigestId, Line, LineId
from bot.domain.errors import OutOfDate
from bot.domain.members import MemberId
from bot.domain.threads import ReplyId
from bot.store.schema.delivery import OutboxRow
from bot.store.schema.digests import DigestLineRow, DigestRow, LedgerRow
from bot.store.schema.questions import ReplyRow

_ALIVE = (DigestRow.dropped_at.is_(None),)


def publication_key(digest: int) -> str:
    """The outbox key of the post in the digests channel."""
    return f"digest:{digest}"


@dataclass(frozen=True, slots=True)
class Digests:
    """Every digest, drafted, published or dropped."""

    _session: Session

    def add(self, digest: Digest) -> DigestId:
        """Keep *digest* (its id is given here)."""
        row = DigestRow(
            thread=digest.thread,
            title=digest.title,
            version=1,
            headings=dict(digest.headings),
            note=digest.note,
            resources=[dict(one) for one in digest.resources],
            still_open=[dict(one) for one in digest.still_open],
            drafted_at=digest.drafted_at,
            drafted_by=digest.drafted_by,
            check_ends_at=digest.check_ends_at,
        )
        self._session.add(row)
        self._session.flush()
        return DigestId(row.id)

    def get(self, digest: int) -> Digest | None:
        """The digest of that id."""
        row = self._session.get(DigestRow, digest)
        return _digest(row) if row else None

    def current(self, thread: int) -> Digest | None:
        """The thread's digest: drafted or published, the newest not dropped."""
        row = self._session.scalar(
            select(DigestRow)
            .where(DigestRow.thread == thread, *_ALIVE)
            .order_by(DigestRow.id.desc())
            .limit(1)
        )
        return _digest(row) if row else None

    def unpublished(self) -> tuple[Digest, ...]:
        """Every draft in hand, oldest first."""
        return self._some(
            select(DigestRow)
            .where(DigestRow.published_at.is_(None), *_ALIVE)
            .order_by(DigestRow.id)
        )

    def latest(self, most: int) -> tuple[Digest, ...]:
        """The last *most* published, newest first."""
        return self._some(
            select(DigestRow)
            .where(DigestRow.published_at.is_not(None), *_ALIVE)
            .order_by(DigestRow.published_at.desc(), DigestRow.id.desc())
            .limit(most)
        )

    def address(
        self, thread: int, link: Callable[[str, str], str | None]
    ) -> str | None:
        """The address of *thread*'s published digest, where *link* can make one."""
        digest = self._session.scalar(
            select(func.max(DigestRow.id))
            .where(DigestRow.thread == thread, *_ALIVE)
            .where(DigestRow.published_at.is_not(None))
        )
        posted = self._session.execute(
            select(OutboxRow.channel, OutboxRow.ts).where(
                OutboxRow.key == publication_key(digest or 0),
                OutboxRow.ts.is_not(None),
            )
        ).first()
        return link(*posted) if posted else None

    def lines(self, digest: int, *, removed: bool = False) -> tuple[Line, ...]:
        """The lines of *digest* in order; with *removed*, those taken out as well."""
        query = (
            select(DigestLineRow, ReplyRow.author)
            .join(ReplyRow, ReplyRow.id == DigestLineRow.reply)
            .where(DigestLineRow.digest == digest)
            .order_by(DigestLineRow.position, DigestLineRow.id)
        )
        if not removed:
            query = query.where(DigestLineRow.removed_at.is_(None))
        return tuple(_line(row, author) for row, author in self._session.execute(query))

    def line(self, line: int) -> Line | None:
        """The line of that id, removed or not."""
        found = self._session.execute(
            select(DigestLineRow, ReplyRow.author)
            .join(ReplyRow, ReplyRow.id == DigestLineRow.reply)
            .where(DigestLineRow.id == line)
        ).first()
        return _line(found[0], found[1]) if found else None

    def add_line(  # a line has as many parts as it has
        self,
        digest: DigestId,
        *,
        reply: ReplyId,
        section: Section,
        position: int,
        text: str,
        named: bool,
    ) -> LineId:
        """A new line of *digest*."""
        row = DigestLineRow(
            digest=digest,
            reply=reply,
            section=section.value,
            position=position,
            text=text,
            changed=False,
            named=named,
        )
        self._session.add(row)
        self._session.flush()
        return LineId(row.id)

    def keep_line(self, line: Line) -> None:
        """Write *line* over what was kept of it."""
        row = self._session.get_one(DigestLineRow, line.id)
        row.section, row.position = line.section.value, line.position
        row.text, row.changed, row.named = line.text, line.changed, line.named
        row.agreed_at, row.removed_at = line.agreed_at, line.removed_at
        row.reply = line.reply
        self._session.flush()

    def account(self, digest: DigestId, accounts: Iterable[Account]) -> None:
        """Say where replies went; a reply has one place, and the last word counts."""
        for one in accounts:
            self._session.merge(
                LedgerRow(
                    digest=digest,
                    reply=one.reply,
                    place=one.place.value,
                    reason=one.reason,
                    line=one.line,
                )
            )
        self._session.flush()

    def ledger(self, digest: int) -> tuple[Account, ...]:
        """Where every reply went, in the order of the replies."""
        rows = self._session.scalars(
            select(LedgerRow).filter_by(digest=digest).order_by(LedgerRow.reply)
        )
        return tuple(map(_account, rows))

    def unassigned(self, digest: Digest) -> int:
        """How many replies of the thread have no place in the ledger yet."""
        placed = select(LedgerRow.reply).where(LedgerRow.digest == digest.id)
        counted = select(func.count()).where(
            ReplyRow.thread == digest.thread, ReplyRow.id.not_in(placed)
        )
        return self._session.scalar(counted) or 0

    def of_reply(self, reply: ReplyId) -> tuple[DigestId, ...]:
        """The digests, not dropped, that account for *reply*."""
        rows = self._session.scalars(
            select(LedgerRow.digest)
            .join(DigestRow, DigestRow.id == LedgerRow.digest)
            .where(LedgerRow.reply == reply, *_ALIVE)
        )
        return tuple(map(DigestId, rows))

    def change(
        self, digest: DigestId, *, seen: int | None = None, **values: object
    ) -> int:
        """Change *digest* and raise its version; returns the new version.

        *seen* is the version that the person who changes it was looking at.

        Raises:
            OutOfDate: somebody else has changed it since.
        """
        query = update(DigestRow).where(DigestRow.id == digest)
        if seen is not None:
            query = query.where(DigestRow.version == seen)
        changed = self._session.execute(
            query.values(version=DigestRow.version + 1, **values).returning(
                DigestRow.version
            )
        ).scalar()
        if changed is None:
            raise OutOfDate
        self._session.expire_all()
        return changed

    def approve(
        self,
        digest: Digest,
        *,
        seen: int,
        by: MemberId,
        at: datetime,
        publish_at: datetime,
    ) -> int:
        """Approve *digest*; refused while one reply has no place.

        Raises:
            OutOfDate: somebody has changed it, or a reply came, since it was seen.
        """
        if self.unassigned(digest):
            raise OutOfDate(
                "A reply has come that is not accounted for yet, so nothing was "
                "approved. Please open the draft again in a minute."
            )
        return self.change(
            digest.id, seen=seen, approved_by=by, approved_at=at, publish_at=publish_at
        )

    def _some(self, query: Select[tuple[DigestRow]]) -> tuple[Digest, ...]:
        return tuple(map(_digest, self._session.scalars(query)))


def _digest(row: DigestRow) -> Digest:
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
        check_ends_at=row.check_ends_at,
        approved_at=row.approved_at,
        approved_by=MemberId(row.approved_by) if row.approved_by else None,
        publish_at=row.publish_at,
        published_at=row.published_at,
        dropped_at=row.dropped_at,
    )


def _sequence(found: Sequence[dict[str, object]]) -> tuple[dict[str, object], ...]:
    return tuple(found)


def _line(row: DigestLineRow, author: str | None) -> Line:
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


def _account(row: LedgerRow) -> Account:
    return Account(
        reply=ReplyId(row.reply),
        place=Place(row.place),
        reason=row.reason,
        line=LineId(row.line) if row.line else None,
    )
