"""Threads and replies, kept; also replies whose thread is not tracked (yet)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.domain.members import MemberId
from bot.domain.threads import Reply, ReplyId, Source, Thread, ThreadId, Via
from bot.store.schema.questions import OriginalRow, QuestionRow, ReplyRow, ThreadRow
from bot.store.session import StoreSession

APP = "app"  #: who speaks where another app does


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was replied in a thread: standing words of others than its asker."""

    replies: int = 0
    people: int = 0
    members: frozenset[MemberId] = frozenset()
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Threads:
    """Every thread that is tracked, and every reply that was heard."""

    _session: StoreSession

    def track(self, channel: str, ts: str | None, *, at: datetime) -> ThreadId:
        """Track a thread, once; replies already heard in it join it."""
        known = self.at(channel, ts) if ts else None
        if known:
            return known.id
        row = ThreadRow(channel=channel, ts=ts, tracked_at=at)
        self._session.add(row)
        self._session.flush()
        if ts:
            self._adopt(row)
        return ThreadId(row.id)

    def begun(self, thread: ThreadId, channel: str, ts: str) -> None:
        """The post that begins *thread* has gone, and that is where it stands."""
        row = self._session.get_one(ThreadRow, thread)
        row.channel, row.ts = channel, ts
        self._session.flush()
        self._adopt(row)

    def get(self, thread: int) -> Thread | None:
        """The thread of that id."""
        row = self._session.get(ThreadRow, thread)
        return self._thread(row) if row else None

    def at(self, channel: str, ts: str) -> Thread | None:
        """The tracked thread whose root is there."""
        row = self._session.scalar(select(ThreadRow).filter_by(channel=channel, ts=ts))
        return self._thread(row) if row else None

    def heard_at(self, channel: str, ts: str) -> Thread | None:
        """As ``at``, for a reply that is about to be kept there.

        Where it gives None, a thread that begins there does so after this transaction,
        and then finds the reply; so a reply that comes with its root is never missed.
        """
        found = self.at(channel, ts)
        if found is None:
            self._hold(channel, ts)
            found = self.at(channel, ts)
        return found

    def add(
        self, reply: Reply, *, thread: ThreadId | None = None, act: str | None = None
    ) -> ReplyId | None:
        """Keep *reply* (its id is given here); None if it was kept before."""
        if self._known(reply, act):
            return None
        row = ReplyRow(
            source=reply.source.value,
            act=act,
            thread=thread,
            channel=reply.channel,
            thread_ts=reply.thread_ts,
            ts=reply.ts,
            author=reply.author,
            author_slack=reply.author_slack,
            named=reply.named,
            text=reply.text,
            files=list(reply.files),
            said_at=reply.said_at,
            edited_ts=reply.edited_ts,
            withdrawn_at=reply.withdrawn_at,
            hidden_at=reply.hidden_at,
            via=reply.via.value if reply.via else None,
            handed_in_by=reply.handed_in_by,
        )
        self._session.add(row)
        self._session.flush()
        return ReplyId(row.id)

    def posted(self, reply: ReplyId, channel: str, ts: str, thread_ts: str) -> None:
        """The message that carries *reply* has gone."""
        row = self._session.get_one(ReplyRow, reply)
        row.channel, row.ts, row.thread_ts = channel, ts, thread_ts

    def claim(self, user: str, member: MemberId) -> None:
        """What that Slack user said before we knew them was said by *member*."""
        self._session.execute(
            update(ReplyRow)
            .where(ReplyRow.author_slack == user, ReplyRow.author.is_(None))
            .values(author=member)
        )

    def reply(self, reply: int) -> Reply | None:
        """The reply of that id."""
        row = self._session.get(ReplyRow, reply)
        return _reply(row) if row else None

    def reply_at(self, channel: str, ts: str) -> tuple[Reply, ThreadId | None] | None:
        """The reply that stands there, and the tracked thread it belongs to."""
        row = self._session.scalar(select(ReplyRow).filter_by(channel=channel, ts=ts))
        if row is None:
            return None
        return _reply(row), ThreadId(row.thread) if row.thread else None

    def thread_of(self, reply: ReplyId) -> ThreadId | None:
        """The tracked thread *reply* belongs to."""
        found = self._session.get_one(ReplyRow, reply).thread
        return ThreadId(found) if found else None

    def edit(
        self, reply: ReplyId, *, text: str, edited_ts: str, files: Sequence[str] = ()
    ) -> None:
        """The author has changed what *reply* says."""
        row = self._session.get_one(ReplyRow, reply)
        row.text, row.edited_ts, row.hidden_at = text, edited_ts, None
        row.files = list(files)

    def withdraw(self, reply: ReplyId, *, at: datetime) -> None:
        """The author has deleted *reply*: its text is not kept."""
        self._blank(reply).withdrawn_at = at

    def hide(self, reply: ReplyId, *, at: datetime) -> None:
        """The guard has blanked *reply*."""
        self._blank(reply).hidden_at = at

    def replies(self, thread: int) -> tuple[Reply, ...]:
        """Everything replied, the withdrawn and hidden too, oldest first."""
        rows = self._session.scalars(
            select(ReplyRow)
            .filter_by(thread=thread)
            .order_by(ReplyRow.said_at, ReplyRow.id)
        )
        return tuple(map(_reply, rows))

    def since(
        self, reply: int, *, most: int
    ) -> tuple[tuple[Reply, ThreadId | None], ...]:
        """Replies with an id above *reply*, in order: for indexes that follow."""
        rows = self._session.scalars(
            select(ReplyRow)
            .where(ReplyRow.id > reply)
            .order_by(ReplyRow.id)
            .limit(most)
        )
        return tuple(
            (_reply(row), ThreadId(row.thread) if row.thread else None) for row in rows
        )

    def repliers(self, thread: int) -> frozenset[MemberId]:
        """The members with a standing reply in *thread*, its asker not among them."""
        return self.tally(thread).members

    def tally(self, thread: int) -> Tally:
        """What was replied in *thread* by others than its asker."""
        return self.tallies([thread])[thread]

    def tallies(self, threads: Collection[int]) -> dict[int, Tally]:
        """What was replied in each of *threads* by others than its asker."""
        rows = self._session.execute(
            select(
                ReplyRow.thread,
                ReplyRow.author,
                ReplyRow.author_slack,
                ReplyRow.said_at,
            )
            .outerjoin(QuestionRow, QuestionRow.thread == ReplyRow.thread)
            .where(
                ReplyRow.thread.in_(threads),
                ReplyRow.withdrawn_at.is_(None),
                ReplyRow.hidden_at.is_(None),
                ReplyRow.author_slack.is_distinct_from(APP),
                ReplyRow.author.is_distinct_from(QuestionRow.asker),
            )
            .order_by(ReplyRow.said_at)
        )
        said: dict[int, list[tuple[str | None, str | None, datetime]]] = {
            thread: [] for thread in threads
        }
        for thread, author, user, at in rows:
            if thread is not None:
                said[thread].append((author, user, at))
        return {thread: _tally(found) for thread, found in said.items()}

    def known(self, channel: str, thread_ts: str) -> dict[str, str | None]:
        """What is known of a thread: each standing ``ts`` and its last edit."""
        rows = self._session.execute(
            select(ReplyRow.ts, ReplyRow.edited_ts).where(
                ReplyRow.channel == channel,
                ReplyRow.thread_ts == thread_ts,
                ReplyRow.ts.is_not(None),
                ReplyRow.withdrawn_at.is_(None),
            )
        )
        return {ts: edited for ts, edited in rows if ts}

    def alive(self, since: datetime) -> list[tuple[str, str]]:
        """Tracked threads with news since *since*, or still open: (channel, root)."""
        lately = select(ReplyRow.thread).where(ReplyRow.said_at >= since)
        open_ones = select(QuestionRow.thread).where(
            QuestionRow.closed_at.is_(None), QuestionRow.collated_at.is_(None)
        )
        rows = self._session.execute(
            select(ThreadRow.channel, ThreadRow.ts)
            .where(ThreadRow.ts.is_not(None))
            .where(
                (ThreadRow.tracked_at >= since)
                | ThreadRow.id.in_(lately)
                | ThreadRow.id.in_(open_ones)
            )
            .order_by(ThreadRow.id)
        )
        return [(channel, ts) for channel, ts in rows if ts]

    def _blank(self, reply: ReplyId) -> ReplyRow:
        """Keep neither the words of *reply*, nor what they were taken from."""
        row = self._session.get_one(ReplyRow, reply)
        row.text, row.files = "", []
        self._session.change(delete(OriginalRow).where(OriginalRow.reply == reply))
        return row

    def _known(self, reply: Reply, act: str | None) -> bool:
        found = None
        if act is not None:
            found = self._session.scalar(select(ReplyRow.id).filter_by(act=act))
        if found is None and reply.ts is not None:
            found = self._session.scalar(
                select(ReplyRow.id).filter_by(channel=reply.channel, ts=reply.ts)
            )
        return found is not None

    def _hold(self, channel: str, ts: str) -> None:
        self._session.hold(f"thread:{channel}:{ts}")

    def _adopt(self, row: ThreadRow) -> None:
        self._hold(row.channel, row.ts or "")
        self._session.execute(
            update(ReplyRow)
            .where(ReplyRow.channel == row.channel, ReplyRow.thread_ts == row.ts)
            .where(ReplyRow.thread.is_(None))
            .values(thread=row.id)
        )

    def _thread(self, row: ThreadRow) -> Thread:
        question = self._session.scalar(select(QuestionRow.id).filter_by(thread=row.id))
        return Thread(
            id=ThreadId(row.id), channel=row.channel, ts=row.ts, question=question
        )


def _tally(said: list[tuple[str | None, str | None, datetime]]) -> Tally:
    return Tally(
        replies=len(said),
        people=len({author or user for author, user, _ in said}),
        members=frozenset(MemberId(author) for author, _, _ in said if author),
        last=said[-1][2] if said else None,
    )


def _reply(row: ReplyRow) -> Reply:
    return Reply(
        id=ReplyId(row.id),
        channel=row.channel,
        thread_ts=row.thread_ts,
        ts=row.ts,
        author=MemberId(row.author) if row.author else None,
        author_slack=row.author_slack,
        text=row.text,
        said_at=row.said_at,
        source=Source(row.source),
        named=row.named,
        edited_ts=row.edited_ts,
        withdrawn_at=row.withdrawn_at,
        hidden_at=row.hidden_at,
        files=tuple(row.files),
        via=Via(row.via) if row.via else None,
        handed_in_by=MemberId(row.handed_in_by) if row.handed_in_by else None,
    )
