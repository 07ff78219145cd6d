"""Hearing what is said: in threads, and to the bot itself.

Each function is one event's effect, on the transaction in which the event is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.queue import Need
from bot.domain.threads import Reply, ReplyId, Source, ThreadId
from bot.owing import Scene, questions, queue, replies
from bot.store import Transaction
from bot.usecases.context import Context, asking
from bot.views import members as members_view
from bot.views import threads as view

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as it was kept: its text has passed the guard, or was blanked."""

    channel: str
    ts: str
    thread_ts: str | None
    author: str | None
    text: str = ""
    hidden: bool = False
    kinds: tuple[str, ...] = ()
    edited_ts: str | None = None
    files: tuple[str, ...] = ()
    key_hash: str | None = None
    bot: bool = False

    @property
    def is_dm(self) -> bool:
        """Whether it was said to the bot alone."""
        return self.channel.startswith("D")

    @property
    def is_reply(self) -> bool:
        """Whether it is under a root, not a root itself."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Said":
        """The message in an event, as the inbox keeps it."""
        return cls(
            channel=str(kept["channel"]),
            ts=str(kept["ts"]),
            thread_ts=kept.get("thread_ts"),
            author=kept.get("author"),
            text=str(kept.get("text") or ""),
            hidden=bool(kept.get("hidden")),
            kinds=tuple(kept.get("kinds") or ()),
            edited_ts=kept.get("edited_ts"),
            files=tuple(kept.get("files") or ()),
            key_hash=kept.get("key_hash"),
            bot=bool(kept.get("bot")),
        )


def heard(ctx: Context, tx: Transaction, said: Said) -> None:
    """Somebody has said something."""
    if said.key_hash or said.author == ctx.places.bot_user:
        return  # our own words
    if said.hidden:
        _tell_hidden(ctx, tx, said)
    if said.is_dm:
        if not said.hidden and not said.bot:
            _heard_privately(ctx, tx, said)
    elif said.is_reply:
        _heard_in_thread(ctx, tx, said)


def edited(ctx: Context, tx: Transaction, said: Said) -> None:
    """Somebody has changed what they said. What we did not know is heard now."""
    if said.is_dm:
        _edited_privately(ctx, tx, said)
        return
    known = tx.threads.reply_at(said.channel, said.ts)
    if known is None:
        heard(ctx, tx, said)
        return
    reply, _ = known
    if _is_news(reply, said):
        _change(ctx, tx, reply, said)


def deleted(ctx: Context, tx: Transaction, said: Said) -> None:
    """A message is gone: what it said is not kept, and its place says withdrawn."""
    if said.is_dm:
        _deleted_privately(ctx, tx, said)
        return
    known = tx.threads.reply_at(said.channel, said.ts)
    if known is None:
        _remember_deleted(ctx, tx, said)
        return
    reply, thread = known
    if reply.withdrawn_at is not None:
        return
    tx.threads.withdraw(reply.id, at=ctx.now())
    if thread is not None:
        _show(ctx.scene(tx), thread)


def posted(tx: Transaction, reply: int, channel: str, ts: str) -> None:
    """The message that carries a member's reply has gone."""
    thread = tx.threads.thread_of(ReplyId(reply))
    found = tx.threads.get(thread) if thread else None
    if found is not None and found.ts is not None:
        tx.threads.posted(ReplyId(reply), channel, ts, found.ts)


def settle_note(
    ctx: Context, *, user: str, note: int, post: bool, named: bool = True
) -> None:
    """Do with what a member wrote to the bot what they chose: post it, or nothing.

    Raises:
        NotAllowed: it is somebody else's.
        NotFound: they have chosen before, or deleted it.
    """
    with ctx.begin() as tx:
        scene = ctx.scene(tx)
        member, question, text = _their_note(tx, user, note)
        if post:
            replies.post(
                scene,
                member,
                question,
                text,
                source=f"note:{note}",
                named=named,
                by=Source.DM,
            )
        tx.questions.settle_note(note, at=ctx.now())
        chosen = view.POSTED if post and named else view.NAMELESS if post else view.KEPT
        scene.change(f"note:{note}", view.note_settled(chosen), to=user)


def said_at(ctx: Context, ts: str) -> datetime:
    """When a message was said, in community time."""
    return ctx.clock.community_time_of(_EPOCH + timedelta(seconds=float(ts)))


def _heard_in_thread(ctx: Context, tx: Transaction, said: Said) -> None:
    author = tx.members.by_slack(said.author) if said.author else None
    thread = tx.threads.at(said.channel, said.thread_ts or "")
    added = tx.threads.add(
        _reply(ctx, said, author), thread=thread.id if thread else None
    )
    if added is None or thread is None:
        return
    scene = ctx.scene(tx)
    question = tx.questions.get(thread.question) if thread.question else None
    if question is not None:
        replies.heard(scene, question, author.id if author else None)


def _reply(ctx: Context, said: Said, author: Member | None) -> Reply:
    return Reply(
        id=ReplyId(0),
        channel=said.channel,
        thread_ts=said.thread_ts,
        ts=said.ts,
        author=author.id if author else None,
        author_slack=said.author or "app",
        text=said.text,
        said_at=said_at(ctx, said.ts),
        edited_ts=said.edited_ts,
        hidden_at=ctx.now() if said.hidden else None,
        files=said.files,
    )


def _remember_deleted(ctx: Context, tx: Transaction, said: Said) -> None:
    """Deleted before we heard of it: when its words come late, they are not taken."""
    if not said.is_reply:
        return
    gone = Reply(
        id=ReplyId(0),
        channel=said.channel,
        thread_ts=said.thread_ts,
        ts=said.ts,
        author=None,
        author_slack=None,
        text="",
        said_at=said_at(ctx, said.ts),
        withdrawn_at=ctx.now(),
    )
    thread = tx.threads.at(said.channel, said.thread_ts or "")
    tx.threads.add(gone, thread=thread.id if thread else None)


def _heard_privately(ctx: Context, tx: Transaction, said: Said) -> None:
    """Words to the bot itself: nothing is posted without a tap that says so."""
    member = tx.members.by_slack(said.author) if said.author else None
    if member is None:
        return
    scene = ctx.scene(tx)
    question = _asked_of(tx, member)
    if question is None or not said.text.strip():
        body = members_view.not_a_conversation()
        scene.tell(member, f"dm:{said.channel}:{said.ts}", body)
        return
    note = tx.questions.note(
        member=member.id,
        channel=said.channel,
        ts=said.ts,
        question=question.id,
        text=said.text,
        said_at=said_at(ctx, said.ts),
    )
    if note is not None:
        scene.tell(member, f"note:{note}", view.note_card(question, note, said.text))


def _edited_privately(ctx: Context, tx: Transaction, said: Said) -> None:
    note = tx.questions.note_at(said.channel, said.ts)
    if note is None or note.settled_at is not None:
        return
    scene = ctx.scene(tx)
    if said.hidden:
        tx.questions.settle_note(note.id, at=ctx.now())
        _tell_hidden(ctx, tx, said)
        body = view.note_settled(view.HIDDEN_NOTE)
    else:
        tx.questions.rewrite_note(note.id, said.text)
        question = tx.questions.get(note.question)
        if question is None:
            return
        body = view.note_card(question, note.id, said.text)
    scene.change(f"note:{note.id}", body, to=said.author or "")


def _deleted_privately(ctx: Context, tx: Transaction, said: Said) -> None:
    note = tx.questions.note_at(said.channel, said.ts)
    if note is None or note.settled_at is not None:
        return
    tx.questions.settle_note(note.id, at=ctx.now())
    member = tx.members.get(note.member)
    if member is not None and member.slack:
        body = view.note_settled(view.DELETED)
        ctx.scene(tx).change(f"note:{note.id}", body, to=member.slack)


def _their_note(tx: Transaction, user: str, note: int) -> tuple[Member, Question, str]:
    member = asking(tx, user)
    found = tx.questions.read_note(note)
    if found is None or found.settled_at is not None:
        raise NotFound("You have chosen already, so nothing was changed.")
    if found.member != member.id:
        raise NotAllowed("Somebody else wrote that.")
    question = tx.questions.get(found.question)
    if question is None:
        raise NotFound("That question could not be found.")
    return member, question, found.text


def _asked_of(tx: Transaction, member: Member) -> Question | None:
    """What *member* was asked last and may still answer."""
    for invitation in reversed(tx.invitations.of_member(member.id)):
        question = tx.questions.get(invitation.question)
        waits = invitation.invited_at is not None and invitation.declined_at is None
        if question is not None and question.open and waits:
            return question
    return None


def _tell_hidden(ctx: Context, tx: Transaction, said: Said) -> None:
    """Tell the author privately what to do, and the coordinators that it happened."""
    scene = ctx.scene(tx)
    member = tx.members.by_slack(said.author) if said.author else None
    version = said.edited_ts or "new"
    if member is not None:
        where = scene.places.link(said.channel, said.ts, said.thread_ts)
        scene.tell(
            member,
            f"hidden:{said.channel}:{said.ts}:{version}",
            view.hidden(said.kinds, None if said.is_dm else where),
        )
    details = {} if said.is_dm else {"channel": said.channel}
    queue.need(
        scene,
        f"hidden:{said.channel}:{said.ts}:{version}",
        Need.HIDDEN,
        details=details,
    )


def _show(scene: Scene, thread: ThreadId) -> None:
    found = scene.tx.threads.get(thread)
    if found is not None and found.question is not None:
        questions.show_standing(scene, found.question)


def _is_news(reply: Reply, said: Said) -> bool:
    """Whether an edit says something new.

    A message of ours carries a member's words, and is changed by us alone. Without a
    time of edit Slack has only unfurled a link; an older version may come late.
    """
    if reply.source is not Source.THREAD or reply.withdrawn_at or not said.edited_ts:
        return False
    return reply.edited_ts is None or float(reply.edited_ts) < float(said.edited_ts)


def _change(ctx: Context, tx: Transaction, reply: Reply, said: Said) -> None:
    if said.hidden:
        tx.threads.hide(reply.id, at=ctx.now())
        _tell_hidden(ctx, tx, said)
    else:
        tx.threads.edit(
            reply.id,
            text=said.text,
            edited_ts=said.edited_ts or "",
            files=said.files,
        )
