"""Replies that the bot posts for members, and what follows from any reply."""

from dataclasses import replace
from datetime import datetime

from bot.domain.members import Member, MemberId
from bot.domain.questions import Question
from bot.domain.threads import Reply, ReplyId, Source, ThreadId
from bot.owing import homes, invitations, questions, queue
from bot.owing.scene import Scene


def post(
    scene: Scene,
    member: Member,
    question: Question,
    text: str,
    *,
    source: str,
    named: bool = True,
    by: Source = Source.ANSWER,
) -> bool:
    """Keep a member's reply and owe the message that carries it, once for a *source*.

    False if that act had been kept before.
    """
    reply = written(question, member, text, at=scene.now)
    reply = replace(reply, source=by, named=named)
    return keep(scene, member, question, reply, source=source) is not None


def written(question: Question, member: Member, text: str, *, at: datetime) -> Reply:
    """A reply of *member* to *question*, which no message carries yet."""
    return Reply(
        id=ReplyId(0),
        channel=question.channel,
        thread_ts=question.ts,
        ts=None,
        author=member.id,
        author_slack=member.slack,
        text=text,
        said_at=at,
    )


def keep(
    scene: Scene, member: Member, question: Question, reply: Reply, *, source: str
) -> ReplyId | None:
    """Keep *reply* of *member* and owe the message that carries it; returns its id.

    None if that act, *source*, had been kept before.
    """
    kept = scene.tx.threads.add(reply, thread=ThreadId(question.thread), act=source)
    if kept is None:
        return None
    questions.post_reply(scene, question, replace(reply, id=kept), member)
    heard(scene, question, member.id)
    homes.show(scene, member)
    return kept


def heard(scene: Scene, question: Question, author: MemberId | None) -> None:
    """A reply was heard: nothing more is asked of its author, and it shows."""
    found = scene.tx.invitations.to(question.id, author) if author else None
    if found is not None and found.answered_at is None:
        scene.tx.invitations.mark(found.id, answered_at=scene.now)
        invitations.ended(scene, found)
    if queue.settle(scene, f"nobody:{question.id}"):
        scene.tx.queue.forget(f"nobody:{question.id}")
    questions.show_standing(scene, question.id)
