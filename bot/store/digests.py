"""Digests, kept: lines, and the ledger that accounts for every reply."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import Session

from bot.domain.collation import Section
from bot.domain.digests import (
    Account,
    Digest,
    DigestId,
    Line,
    LineId,
    publication_key,
)
from bot.domain.errors import OutOfDate
from bot.domain.members import MemberId
from bot.domain.threads import ReplyId
from bot.store.digest_gaps import unaccounted
from bot.store.digest_requests import UNDRAFTED, DigestRequests
from bot.store.digest_rows import account_of, digest_of, line_of
from bot.store.schema.delivery import OutboxRow
from bot.store.schema.digests import DigestLineRow, DigestRow, LedgerRow
from bot.store.schema.questions import ReplyRow

_ALIVE = (DigestRow.dropped_at.is_(None),)


@dataclass(frozen=True, slots=True)
class Digests:
    """Every digest, drafted, published or dropped."""

    _session: Session

    @property
    def requests(self) -> DigestRequests:
        """Threads asked to be collated that have no draft yet."""
        return DigestRequests(self._session)

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
        return digest_of(row) if row else None

    def hold(self, digest: int) -> None:
        """Let nobody else change *digest* until this transaction ends."""
        self._session.execute(
            select(DigestRow.id).where(DigestRow.id == digest).with_for_update()
        )

    def current(self, thread: int) -> Digest | None:
        """The thread's digest: drafted or published, the newest not dropped."""
        row = self._session.scalar(
            select(DigestRow)
            .where(DigestRow.thread == thread, *_ALIVE)
            .order_by(DigestRow.id.desc())
            .limit(1)
        )
        return digest_of(row) if row else None

    def any(self) -> bool:
        """Whether there is anything to look after: a request, a draft or a digest."""
        found = exists().where(*_ALIVE) | exists().where(UNDRAFTED)
        return bool(self._session.scalar(select(found)))

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
        return link(str(posted[0]), str(posted[1])) if posted else None

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
        return tuple(
            line_of(row, author) for row, author in self._session.execute(query)
        )

    def line(self, line: int) -> Line | None:
        """The line of that id, removed or not."""
        found = self._session.execute(
            select(DigestLineRow, ReplyRow.author)
            .join(ReplyRow, ReplyRow.id == DigestLineRow.reply)
            .where(DigestLineRow.id == line)
        ).first()
        return line_of(found[0], found[1]) if found else None

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
        found = self._session.scalars(select(LedgerRow).filter_by(digest=digest))
        known = {row.reply: row for row in found}
        for one in accounts:
            row = known.get(one.reply)
            if row is None:
                row = LedgerRow(digest=digest, reply=one.reply)
                self._session.add(row)
            row.place, row.reason = one.place.value, one.reason
            row.line, row.edited_ts = one.line, one.edited_ts
        self._session.flush()

    def ledger(self, digest: int) -> tuple[Account, ...]:
        """Where every reply went, in the order of the replies."""
        rows = self._session.scalars(
            select(LedgerRow).filter_by(digest=digest).order_by(LedgerRow.reply)
        )
        return tuple(map(account_of, rows))

    def place_of(self, digest: int, reply: ReplyId) -> Account | None:
        """Where *reply* went; None while it has no place."""
        row = self._session.get(LedgerRow, (digest, reply))
        return account_of(row) if row else None

    def unassigned(self, digest: Digest) -> int:
        """How many replies of the thread have no place in the ledger yet."""
        placed = select(LedgerRow.reply).where(LedgerRow.digest == digest.id)
        counted = select(func.count()).where(
            ReplyRow.thread == digest.thread, ReplyRow.id.not_in(placed)
        )
        return self._session.scalar(counted) or 0

    def incomplete(self) -> tuple[Digest, ...]:
        """The digests whose ledger is behind its thread: new, edited, gone replies."""
        behind = unaccounted(DigestRow.id, DigestRow.thread)
        return self._some(
            select(DigestRow).where(*_ALIVE, behind.exists()).order_by(DigestRow.id)
        )

    def behind(self, digest: Digest) -> tuple[ReplyId, ...]:
        """The replies that the ledger of *digest* has not caught up with, in order."""
        rows = self._session.scalars(
            unaccounted(digest.id, digest.thread).order_by(
                ReplyRow.said_at, ReplyRow.id
            )
        )
        return tuple(map(ReplyId, rows))

    def put_off(self, digest: DigestId, *, publish_at: datetime) -> None:
        """Publish it later: nothing that a person may have seen changes."""
        self._session.get_one(DigestRow, digest).publish_at = publish_at

    def reread(self, digest: DigestId, *, at: datetime) -> None:
        """The thread of *digest* has been read whole."""
        self._session.get_one(DigestRow, digest).reread_at = at

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
        once: str,
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
            digest.id,
            seen=seen,
            approved_by=by,
            approved_at=at,
            publish_at=publish_at,
            reread_at=None,
            last_act=once,
        )

    def _some(self, query: Select[DigestRow]) -> tuple[Digest, ...]:
        return tuple(map(digest_of, self._session.scalars(query)))
