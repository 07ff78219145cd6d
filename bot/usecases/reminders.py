"""Keeping time: reminders, closing notices, freeing, pausing, and whom that needs."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.lifecycle import InvitationState
from bot.domain.notices import NoticeKind
from bot.domain.questions import Invitation, Question
from bot.domain.queue import Need, paused_key
from bot.owing import Scene, invitations, notices, questions, queue
from bot.store import Transaction
from bot.usecases.context import Context

RUNNING = 2  #: unanswered asks in a row after which a member's asks are paused

Act = Callable[[Scene], None]


def keep_time(ctx: Context) -> int:
    """Do for every open question what has fallen due; how many acts there were.

    What is due is found on a read snapshot; each question with something due gets a
    short transaction of its own, in which it is looked at again.
    """
    with ctx.begin.read() as tx:
        due = [
            question.id
            for question in tx.questions.open()
            if _due(ctx.scene(tx), question)
        ]
    return sum(_settle(ctx, question) for question in due)


def hand_over(ctx: Context) -> int:
    """Pass to the deputy what its owner has not touched; how many items passed."""
    with ctx.begin.read() as tx:
        late = [item.id for item in tx.queue.waiting() if _untouched(ctx, tx, item.id)]
    for item in late:
        _hand_over(ctx, item)
    return len(late)


def _settle(ctx: Context, question_id: int) -> int:
    with ctx.begin() as tx:
        question = tx.questions.held(question_id)
        if question is None or not question.open:
            return 0
        scene = ctx.scene(tx)
        acts = _due(scene, question)
        for act in acts:
            act(scene)
    return len(acts)


def _due(scene: Scene, question: Question) -> list[Act]:
    """Everything that time asks for, for one question, in order."""
    replied = scene.tx.threads.repliers(question.thread) - {question.asker}
    enough = len(replied) >= scene.community.deadlines.enough_replies
    acts: list[Act] = []
    for invitation in scene.tx.invitations.of_question(question.id):
        acts += _due_of(scene, question, invitation, enough=enough)
    acts += _end_due(scene, question)
    return acts


def _due_of(
    scene: Scene, question: Question, one: Invitation, *, enough: bool
) -> list[Act]:
    if one.state is InvitationState.POSTPONED:
        back = one.postponed_until is not None and one.postponed_until <= scene.now
        return [lambda on: _ask_again(on, one)] if back else []
    acts: list[Act] = []
    if not enough and _remind_due(scene, question, one):
        acts.append(lambda on: _want(on, one, NoticeKind.REMINDER))
    if not enough and _closing_due(scene, question, one):
        acts.append(lambda on: _want(on, one, NoticeKind.CLOSING))
    if _frees(scene, one):
        acts.append(lambda on: _free(on, one))
    return acts


def _remind_due(scene: Scene, question: Question, one: Invitation) -> bool:
    if one.state is not InvitationState.OPEN or one.invited_at is None:
        return False
    if one.reminded_at is not None or _wanted(scene, one, NoticeKind.REMINDER):
        return False
    at = scene.community.deadlines.reminder_at(one.invited_at, question.needed_by)
    return at is not None and at <= scene.now


def _closing_due(scene: Scene, question: Question, one: Invitation) -> bool:
    if one.state not in {InvitationState.OPEN, InvitationState.EXPIRED}:
        return False
    if one.invited_at is None or one.closing_at is not None:
        return False
    at = scene.community.deadlines.closing_notice_at(question.needed_by)
    if one.invited_at >= at or _wanted(scene, one, NoticeKind.CLOSING):
        return False
    return at <= scene.now < question.needed_by


def _frees(scene: Scene, one: Invitation) -> bool:
    if one.state is not InvitationState.OPEN or one.invited_at is None:
        return False
    return scene.community.deadlines.frees_at(one.invited_at) <= scene.now


def _wanted(scene: Scene, one: Invitation, kind: NoticeKind) -> bool:
    return scene.tx.notices.is_wanted(one.member, kind, one.id)


def _want(scene: Scene, one: Invitation, kind: NoticeKind) -> None:
    scene.tx.notices.want(one.member, kind, one.id, due_at=scene.now)


def _ask_again(scene: Scene, one: Invitation) -> None:
    """The time to which it was put off has come: it is asked anew, once."""
    scene.tx.invitations.mark(one.id, postponed_until=None)
    scene.tx.notices.again(NoticeKind.INVITATION, one.id, due_at=scene.now)


def _free(scene: Scene, one: Invitation) -> None:
    """An ask that nobody answered no longer keeps its member from another."""
    scene.tx.invitations.mark(one.id, expired_at=scene.now)
    notices.show_again(scene, invitations.ASKS, one.id)
    member = scene.member(one.member)
    if member.paused_at is None and _lets_pass(scene, one):
        scene.tx.members.pause(member.id, at=scene.now)
        queue.need(
            scene,
            paused_key(member.id, scene.now),
            Need.PAUSED,
            details={"member": member.id},
        )


def _lets_pass(scene: Scene, one: Invitation) -> bool:
    """Whether the last asks of the member, this one included, all went unanswered."""
    asked = [
        past
        for past in scene.tx.invitations.of_member(one.member)
        if past.invited_at is not None
    ]
    last = sorted(asked, key=lambda past: past.invited_at or scene.now)[-RUNNING:]
    return len(last) == RUNNING and all(
        past.state is InvitationState.EXPIRED for past in last
    )


def _end_due(scene: Scene, question: Question) -> list[Act]:
    deadlines = scene.community.deadlines
    replies, _, last = scene.tx.threads.count(question.thread)
    if question.needed_by <= scene.now and question.due_told_at is None:
        return [lambda on: _time_is_up(on, question, replies)]
    if question.offered_at is not None or not question.collate:
        return []
    offer = deadlines.digest_offer_at(last, replies, question.needed_by)
    if replies and offer <= scene.now:
        return [lambda on: _offer(on, question)]
    return []


def _time_is_up(scene: Scene, question: Question, replies: int) -> None:
    """Needed-by has come: nobody is waited for, and a coordinator decides what next."""
    tx = scene.tx
    tx.questions.mark(question.id, due_told_at=scene.now)
    invitations.end_all(scene, question)
    if replies:
        tx.questions.mark(question.id, closed_at=scene.now)
        if question.collate and question.offered_at is None:
            _offer(scene, question)
    else:
        queue.need(scene, f"nobody:{question.id}", Need.NOBODY, subject=question.id)
    questions.show_standing(scene, question.id)


def _offer(scene: Scene, question: Question) -> None:
    scene.tx.questions.mark(question.id, offered_at=scene.now)
    queue.need(scene, f"offer:{question.id}", Need.OFFER, subject=question.id)


def _untouched(ctx: Context, tx: Transaction, item_id: int) -> bool:
    item = tx.queue.get(item_id)
    if item is None or item.handed_at is not None or item.deputy is None:
        return False
    return _hand_over_at(ctx, item.opened_at) <= ctx.now()


def _hand_over_at(ctx: Context, opened_at: datetime) -> datetime:
    return ctx.community.deadlines.hand_over_at(opened_at)


def _hand_over(ctx: Context, item_id: int) -> None:
    with ctx.begin() as tx:
        item = tx.queue.get(item_id)
        if item is None or item.deputy is None or tx.queue.is_done(item_id):
            return
        tx.queue.hand_over(item_id, at=ctx.now())
        tx.notices.want(item.deputy, NoticeKind.NEEDED, item_id, due_at=ctx.now())
        queue.show(ctx.scene(tx))
