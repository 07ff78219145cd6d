"""Replies that the bot posts for members, and what follows from any reply."""

from dataclasses import replace
from datetime import datetime

from bot.domain.members import Member, MemberId
from bot.domain.questions import Question
from bot.domain.threads import Reply, ReplyId, Source, ThreadId
from bot.owing import homes, invitations, notices, questions, queue
from bot.owing.scene import Scene
from bot.ports import Act, Message, Priority


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


def take_back(scene: Scene, question: Question, reply: Reply) -> None:
    """Take down a reply that was handed in: its author may be asked again.

    Its words are not kept, nor what they were taken from.
    """
    scene.tx.threads.withdraw(reply.id, at=scene.now)
    key = f"answer:{reply.id}"
    if not scene.tx.outbox.withdraw(key, at=scene.now):
        gone = Message(
            key=f"taken-back:{reply.id}",
            act=Act.DELETE,
            to=question.channel,
            body={},
            target=key,
            priority=Priority.PERSON,
        )
        scene.owe(gone)
    if reply.author and reply.author not in scene.tx.threads.repliers(question.thread):
        _reopen(scene, question, reply.author)
    questions.show_standing(scene, question.id)


def _reopen(scene: Scene, question: Question, author: MemberId) -> None:
    """They have not answered after all: what was put to them stands as it did."""
    found = scene.tx.invitations.to(question.id, author)
    if found is not None and question.open:
        scene.tx.invitations.mark(found.id, answered_at=None)
        notices.show_again(scene, invitations.ASKS, found.id)


def heard(scene: Scene, question: Question, author: MemberId | None) -> None:
    """A reply was heard: nothing more is asked of its author, and it shows."""
    found = scene.tx.invitations.to(question.id, author) if author else None
    if found is not None and found.answered_at is None:
        scene.tx.invitations.mark(found.id, answered_at=scene.now)
        invitations.ended(scene, found)
    if queue.settle(scene, f"nobody:{question.id}"):
        scene.tx.queue.forget(f"nobody:{question.id}")
    questions.show_standing(scene, question.id)
