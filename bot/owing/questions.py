"""A question's own messages: the post that begins its thread, and how it stands."""

from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.threads import Reply
from bot.owing.scene import Scene
from bot.ports import Message, Priority
from bot.views import questions as view


def standing(scene: Scene, question: Question) -> view.Standing:
    """How *question* stands now."""
    said = scene.tx.threads.tally(question.thread)
    return view.Standing(
        replies=said.replies,
        people=said.people,
        digest=scene.tx.digests.address(question.thread, scene.places.link),
        closed=not question.open,
        time_up=question.due_told_at is not None,
    )


def begin_thread(scene: Scene, question: Question) -> None:
    """Owe the post that begins *question*'s thread.

    In a thread that a member began, it is a word that the question is being routed.
    """
    asker = scene.member(question.asker)
    if question.ours:
        body = view.post(scene.community, question, asker, standing(scene, question))
        key, thread_ts = question.post_key, None
    else:
        body = view.routed(scene.community, question)
        key, thread_ts = f"routed:{question.id}", question.ts
    scene.owe(
        Message(
            key=key,
            to=question.channel,
            body=body,
            thread_ts=thread_ts,
            priority=Priority.PERSON,
        )
    )


def show_standing(scene: Scene, question_id: int) -> None:
    """Owe the change that shows how the question stands, where the post is ours."""
    question = scene.tx.questions.get(question_id)
    if question is None or not question.ours:
        return
    if question.collated_at is not None and not scene.places.address:
        return  # at the command line: what is shown leads to the digest, this would not
    asker = scene.member(question.asker)
    body = view.post(scene.community, question, asker, standing(scene, question))
    scene.change(question.post_key, body, to=question.channel)


def post_reply(
    scene: Scene, question: Question, reply: Reply, author: Member | None
) -> None:
    """Owe the message that carries *reply*, quoted by the bot, in the thread."""
    by = scene.tx.members.get(reply.handed_in_by) if reply.handed_in_by else None
    scene.owe(
        Message(
            key=f"answer:{reply.id}",
            to=question.channel,
            body=view.answer(
                author,
                reply.text,
                named=reply.named,
                via=reply.via,
                added_by=by.name if by else "",
            ),
            target=question.post_key if question.ours else None,
            thread_ts=None if question.ours else question.ts,
            priority=Priority.PERSON,
        )
    )
