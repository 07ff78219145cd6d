"""Hearing what is said in threads.

Each function is one event's effect, on the transaction in which the event is done.
"""

from bot.domain.members import Member
from bot.domain.threads import Reply, ReplyId, Said, Source, ThreadId
from bot.owing import Scene, hidden, invitations, offers, questions, queue, replies
from bot.store import APP, Transaction
from bot.usecases.context import Context


def heard(ctx: Context, tx: Transaction, said: Said) -> None:
    """Somebody has said something."""
    if said.key_hash or said.author == ctx.places.bot_user:
        return  # our own words
    if said.hidden:
        hidden.tell(ctx.scene(tx), said)
    if said.is_reply:
        _heard_in_thread(ctx, tx, said)


def edited(ctx: Context, tx: Transaction, said: Said) -> None:
    """Somebody has changed what they said. What we did not know is heard now."""
    known = tx.threads.reply_at(said.channel, said.ts)
    if known is None:
        heard(ctx, tx, said)
        return
    reply, _ = known
    if _is_news(reply, said):
        _change(ctx, tx, reply, said)


def deleted(ctx: Context, tx: Transaction, said: Said) -> None:
    """A message is gone: what it said is not kept, and its place says withdrawn."""
    known = tx.threads.reply_at(said.channel, said.ts)
    if known is not None:
        _withdraw(ctx, tx, *known)
    elif said.is_reply:
        _remember_deleted(ctx, tx, said)
    else:
        _root_deleted(ctx, tx, said)


def posted(tx: Transaction, reply: int, channel: str, ts: str) -> None:
    """The message that carries a member's reply has gone."""
    thread = tx.threads.thread_of(ReplyId(reply))
    found = tx.threads.get(thread) if thread else None
    if found is not None and found.ts is not None:
        tx.threads.posted(ReplyId(reply), channel, ts, found.ts)


def _withdraw(
    ctx: Context, tx: Transaction, reply: Reply, thread: ThreadId | None
) -> None:
    if reply.withdrawn_at is None:
        tx.threads.withdraw(reply.id, at=ctx.now())
        if thread is not None:
            _show(ctx.scene(tx), thread)


def _root_deleted(ctx: Context, tx: Transaction, said: Said) -> None:
    """A question's first message is gone: nobody is asked it any more.

    Where its author took back their own words, we do not keep them either.
    """
    thread = tx.threads.at(said.channel, said.ts)
    question = tx.questions.of_thread(thread.id) if thread else None
    if question is None or not question.open:
        return
    scene = ctx.scene(tx)
    if not question.ours:
        tx.questions.blank(question.id)
    tx.questions.mark(question.id, closed_at=ctx.now())
    invitations.end_all(scene, question)
    queue.settle(scene, f"nobody:{question.id}")
    if tx.threads.tally(question.thread).replies:
        offers.offer(scene, question)


def _heard_in_thread(ctx: Context, tx: Transaction, said: Said) -> None:
    author = tx.members.by_slack(said.author) if said.author else None
    thread = tx.threads.heard_at(said.channel, said.thread_ts or "")
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
        author_slack=APP if said.bot or not said.author else said.author,
        text=said.text,
        said_at=ctx.said_at(said.ts),
        edited_ts=said.edited_ts,
        hidden_at=ctx.now() if said.hidden else None,
        files=said.files,
    )


def _remember_deleted(ctx: Context, tx: Transaction, said: Said) -> None:
    """Deleted before we heard of it: when its words come late, they are not taken."""
    gone = Reply(
        id=ReplyId(0),
        channel=said.channel,
        thread_ts=said.thread_ts,
        ts=said.ts,
        author=None,
        author_slack=None,
        text="",
        said_at=ctx.said_at(said.ts),
        withdrawn_at=ctx.now(),
    )
    thread = tx.threads.heard_at(said.channel, said.thread_ts or "")
    tx.threads.add(gone, thread=thread.id if thread else None)


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
        hidden.tell(ctx.scene(tx), said)
    else:
        tx.threads.edit(
            reply.id,
            text=said.text,
            edited_ts=said.edited_ts or "",
            files=said.files,
        )
