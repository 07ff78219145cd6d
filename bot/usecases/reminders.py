"""Keeping time: reminders, closing notices, freeing, pausing, and whom that needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.lifecycle import InvitationState
from bot.domain.notices import NoticeKind
from bot.domain.questions import Invitation, Question
from bot.domain.queue import Item, Need, paused_key
from bot.owing import Scene, invitations, notices, offers, questions, queue
from bot.store import Tally, Transaction
from bot.usecases.context import Context

RUNNING = 2  #: unanswered asks in a row after which a member's asks are paused

Act = Callable[[Scene], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One open question with all that time may ask of it."""

    question: Question
    invitations: Sequence[Invitation]
    said: Tally

    def enough(self, scene: Scene) -> bool:
        """Whether enough have replied for nobody else to be asked or reminded."""
        return len(self.said.members) >= scene.community.deadlines.enough_replies


def keep_time(ctx: Context) -> int:
    """Do for every open question what has fallen due; how many acts there were.

    What is due is found on a read snapshot, in a few queries however many questions
    are open; each question with something due gets a short transaction of its own, in
    which it is looked at again.
    """
    with ctx.begin.read() as tx:
        scene = ctx.scene(tx)
        due = [
            picture.question.id
            for picture in _pictures(tx, tx.questions.open())
            if _due(scene, picture)
        ]
    return sum(_settle(ctx, question) for question in due)


def hand_over(ctx: Context) -> int:
    """Pass to the deputy what its owner has not touched; how many items passed."""
    with ctx.begin.read() as tx:
        late = [item.id for item in tx.queue.waiting() if _untouched(ctx, item)]
    for item in late:
        _hand_over(ctx, item)
    return len(late)


def _pictures(tx: Transaction, questions: Sequence[Question]) -> list[Picture]:
    asked = tx.invitations.of_questions([one.id for one in questions])
    said = tx.threads.tallies([one.thread for one in questions])
    return [
        Picture(
            question=one,
            invitations=asked.get(one.id, ()),
            said=said[one.thread],
        )
        for one in questions
    ]


def _settle(ctx: Context, question_id: int) -> int:
    with ctx.begin() as tx:
        question = tx.questions.held(question_id)
        if question is None or not question.open:
            return 0
        scene = ctx.scene(tx)
        [picture] = _pictures(tx, [question])
        acts = _due(scene, picture)
        for act in acts:
            act(scene)
    return len(acts)


def _due(scene: Scene, picture: Picture) -> list[Act]:
    """Everything that time asks for, for one question, in order."""
    acts: list[Act] = []
    for invitation in picture.invitations:
        acts += _due_of(scene, picture, invitation)
    return acts + _end_due(scene, picture)


def _due_of(scene: Scene, picture: Picture, one: Invitation) -> list[Act]:
    if one.state is InvitationState.POSTPONED:
        back = one.postponed_until is not None and one.postponed_until <= scene.now
        return [lambda on: _ask_again(on, one)] if back else []
    acts: list[Act] = []
    if not picture.enough(scene):
        if _remind_due(scene, picture.question, one):
            acts.append(lambda on: _want(on, one, NoticeKind.REMINDER))
        if _closing_due(scene, picture.question, one):
            acts.append(lambda on: _want(on, one, NoticeKind.CLOSING))
    if _frees(scene, one):
        acts.append(lambda on: _free(on, one))
    return acts


def _remind_due(scene: Scene, question: Question, one: Invitation) -> bool:
    if one.state is not InvitationState.OPEN or one.invited_at is None:
        return False
    at = scene.community.deadlines.reminder_at(one.invited_at, question.needed_by)
    if one.reminded_at is not None or at is None or scene.now < at:
        return False
    return not _wanted(scene, one, NoticeKind.REMINDER)


def _closing_due(scene: Scene, question: Question, one: Invitation) -> bool:
    if one.state not in {InvitationState.OPEN, InvitationState.EXPIRED}:
        return False
    if one.invited_at is None or one.closing_at is not None:
        return False
    at = _eve(scene, question)
    if one.invited_at >= at or not at <= scene.now < question.needed_by:
        return False
    return not _wanted(scene, one, NoticeKind.CLOSING)


def _eve(scene: Scene, question: Question) -> datetime:
    """The morning of the working day before the last: "closes tomorrow" is then true.

    Good times come once a day; a notice due that evening would come too late.
    """
    almanac = scene.community.almanac
    due = scene.community.deadlines.closing_notice_at(question.needed_by)
    return almanac.at_local(almanac.local(due).date(), time(0))


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
    scene.tx.invitations.mark(one.id, postponed_until=None, invited_at=None)
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
    since = scene.member(one.member).resumed_at
    asked = [
        past
        for past in scene.tx.invitations.of_member(one.member)
        if past.invited_at and (since is None or past.invited_at > since)
    ]
    last = sorted(asked, key=lambda past: past.invited_at or scene.now)[-RUNNING:]
    return len(last) == RUNNING and all(
        past.state is InvitationState.EXPIRED for past in last
    )


def _end_due(scene: Scene, picture: Picture) -> list[Act]:
    question, said = picture.question, picture.said
    if question.due_told_at is not None:
        # Nobody had answered in time; now somebody has.
        return [lambda on: _closes(on, question)] if said.replies else []
    if question.needed_by <= scene.now:
        return [lambda on: _time_is_up(on, question, said.replies)]
    at = scene.community.deadlines.digest_offer_at(
        said.last, said.replies, question.needed_by
    )
    offered = question.offered_at is not None or not question.collate
    if said.replies and not offered and at <= scene.now:
        return [lambda on: offers.offer(on, question)]
    return []


def _time_is_up(scene: Scene, question: Question, replies: int) -> None:
    """Needed-by has come: nobody is waited for, and a coordinator decides what next."""
    scene.tx.questions.mark(question.id, due_told_at=scene.now)
    invitations.end_all(scene, question)
    if replies:
        _closes(scene, question)
        return
    key = f"nobody:{question.id}"
    queue.need(scene, key, Need.NOBODY, subject=question.id)
    scene.tx.notices.want(
        question.asker, NoticeKind.UNANSWERED, question.id, due_at=scene.now
    )
    questions.show_standing(scene, question.id)


def _closes(scene: Scene, question: Question) -> None:
    scene.tx.questions.mark(question.id, closed_at=scene.now)
    offers.offer(scene, question)
    questions.show_standing(scene, question.id)


def _untouched(ctx: Context, item: Item) -> bool:
    if item.handed_at is not None or item.deputy is None:
        return False
    return ctx.community.deadlines.hand_over_at(item.opened_at) <= ctx.now()


def _hand_over(ctx: Context, item_id: int) -> None:
    with ctx.begin() as tx:
        item = tx.queue.get(item_id)
        if item is None or item.deputy is None or tx.queue.is_done(item_id):
            return
        tx.queue.hand_over(item_id, at=ctx.now())
        tx.notices.want(item.deputy, NoticeKind.NEEDED, item_id, due_at=ctx.now())
        queue.show(ctx.scene(tx))
