"""What a peer may do when asked: answer, decline, suggest, put off, be away."""

from dataclasses import replace
from datetime import datetime

from bot.domain.contacts import may_be_asked
from bot.domain.errors import CommunityError, NotAllowed, NotFound, QuestionClosed
from bot.domain.lifecycle import INVITATION, InvitationAct, move
from bot.domain.members import Member, MemberId, back_on
from bot.domain.notices import NoticeKind
from bot.domain.questions import Invitation, Question
from bot.domain.queue import Need
from bot.domain.texts import admit, needed
from bot.owing import Scene, homes, invitations, queue, replies
from bot.store import Transaction
from bot.usecases.context import Context, asking, coordinating
from bot.views import forms

LATER_DAYS = 1  #: working days for which *Later* puts an ask off


def answer(
    ctx: Context,
    *,
    user: str,
    question: int,
    text: str,
    source: str,
    sure: bool = False,
) -> None:
    """Post what a member answers in the question's thread, quoted under their name.

    Anyone may answer, asked or not; *source* names the act, so that a form that is
    submitted twice is one answer.

    Raises:
        PatientDataFound, PatientDataPossible: nothing is kept.
    """
    text = needed(text, field="answer")
    doubts = admit(text, field="answer", sure=sure)
    with ctx.begin() as tx:
        member = asking(tx, user)
        ctx.note_sure(tx, member, f"question:{question}", doubts)
        replies.post(
            ctx.scene(tx), member, _question(tx, question), text, source=source
        )


def decline(ctx: Context, *, user: str, invitation: int) -> None:
    """Not one for them: the ask ends, and nobody else is told."""
    _end(ctx, user, invitation, InvitationAct.DECLINE, "declined_at")


def suggest(
    ctx: Context, *, user: str, invitation: int, colleague: str, someone: str
) -> None:
    """Suggest a colleague instead: a member is asked, someone else is passed on.

    Raises:
        CommunityError: nobody was named, or they cannot be asked.
    """
    if not colleague and not someone.strip():
        raise CommunityError("Please choose or name somebody.", field="colleague")
    admit(someone, field="someone", sure=True)  # a name is meant; a patient is refused
    with ctx.begin() as tx:
        member, found, question = _mine(tx, user, invitation)
        if not question.open:
            raise QuestionClosed
        scene = ctx.scene(tx)
        if colleague:
            _ask_colleague(scene, question, member, MemberId(colleague))
        else:
            _pass_on(scene, question, member, found, someone.strip())
        move(INVITATION, found.state, InvitationAct.SUGGEST)
        tx.invitations.mark(found.id, suggested_at=ctx.now())
        invitations.ended(scene, found)
        homes.show(scene, member)


def later(ctx: Context, *, user: str, invitation: int) -> None:
    """Put an ask off: it comes back in a working day, in their good times."""
    with ctx.begin() as tx:
        member, found, _ = _mine(tx, user, invitation)
        until = ctx.community.almanac.add_working_days(ctx.now(), LATER_DAYS)
        _postpone(ctx.scene(tx), member, found, until)


def away(ctx: Context, *, user: str, day: str, invitation: int | None = None) -> None:
    """Be away until a day: nothing reaches the member before, and asks are put off."""
    with ctx.begin() as tx:
        member = asking(tx, user)
        until = back_on(day, now=ctx.now(), almanac=ctx.community.almanac)
        if until is None:
            raise CommunityError("Please choose a day.", field="away_until")
        after = replace(member, away_until=until)
        tx.members.keep(after)
        scene = ctx.scene(tx)
        for found in tx.invitations.open_of(member.id):
            if invitation is None or found.id == invitation:
                _postpone(scene, after, found, until)
        homes.show(scene, after)


def resume(ctx: Context, *, user: str, member: str) -> None:
    """Ask a member again whose asks were paused.

    Raises:
        NotAllowed: not a coordinator.
    """
    with ctx.begin() as tx:
        by = coordinating(tx, user)
        found = tx.members.get(MemberId(member))
        if found is None:
            raise NotFound("That member has left.")
        tx.members.keep(replace(found, paused_at=None, resumed_at=ctx.now()))
        queue.settle_paused(ctx.scene(tx), found.id, by=by.id)


def answer_form(
    ctx: Context, *, user: str, question: int, draft: str = "", doubt: str = ""
) -> dict[str, object]:
    """The form to answer a question with."""
    with ctx.begin.read() as tx:
        asking(tx, user)
        return forms.answer_form(_question(tx, question), draft=draft, doubt=doubt)


def suggest_form(ctx: Context, *, user: str, invitation: int) -> dict[str, object]:
    """The form to suggest a colleague with: members who have not been asked."""
    with ctx.begin.read() as tx:
        member, _, question = _mine(tx, user, invitation)
        asked = {one.member for one in tx.invitations.of_question(question.id)}
        others = [
            one
            for one in tx.members.present()
            if one.id not in asked | {member.id, question.asker} and one.role.is_asked
        ]
        return forms.suggest_form(invitation, others)


def _end(
    ctx: Context, user: str, invitation: int, act: InvitationAct, time: str
) -> None:
    with ctx.begin() as tx:
        member, found, _ = _mine(tx, user, invitation)
        move(INVITATION, found.state, act)
        tx.invitations.mark(found.id, **{time: ctx.now()})
        scene = ctx.scene(tx)
        invitations.ended(scene, found)
        homes.show(scene, member)


def _postpone(scene: Scene, member: Member, found: Invitation, until: datetime) -> None:
    move(INVITATION, found.state, InvitationAct.POSTPONE)
    invitations.put_off(scene, found, until)
    homes.show(scene, member)


def _ask_colleague(
    scene: Scene, question: Question, by: Member, colleague: MemberId
) -> None:
    """Invite whom a peer suggests, and say who did; caps hold for them too."""
    found = scene.tx.members.held(colleague)
    if found is None or found.left_at or colleague in {question.asker, by.id}:
        raise CommunityError("Please choose somebody else.", field="colleague")
    if scene.tx.invitations.to(question.id, colleague):
        raise CommunityError("They have been asked already.", field="colleague")
    if not _may_be_asked(scene, found):
        raise CommunityError(
            "They cannot be asked just now; please choose somebody else, or tell a "
            "coordinator below.",
            field="colleague",
        )
    invited = scene.tx.invitations.add(
        question=question.id,
        member=colleague,
        wave=0,
        reason=f"suggested by {by.name}",
        at=scene.now,
    )
    scene.tx.notices.want(colleague, NoticeKind.INVITATION, invited, due_at=scene.now)


def _may_be_asked(scene: Scene, member: Member) -> bool:
    if member.paused_at or member.away(scene.now):
        return False
    asked = scene.tx.invitations.of_member(member.id)
    return may_be_asked(
        now=scene.now,
        open_asks=sum(one.open for one in asked),
        recent_asks=[one.owed_at for one in asked],
        rules=scene.community.contacts,
    )


def _pass_on(
    scene: Scene, question: Question, by: Member, found: Invitation, someone: str
) -> None:
    """Somebody who is no member yet: a coordinator is told."""
    queue.need(
        scene,
        f"suggested:{found.id}",
        Need.SUGGESTED,
        subject=question.id,
        details={"member": by.id, "someone": someone[:150]},
    )


def _question(tx: Transaction, question: int) -> Question:
    found = tx.questions.get(question)
    if found is None:
        raise NotFound("That question could not be found.")
    return found


def _mine(
    tx: Transaction, user: str, invitation: int
) -> tuple[Member, Invitation, Question]:
    """The invitation, if it is theirs."""
    member = asking(tx, user)
    found = tx.invitations.get(invitation)
    if found is None:
        raise NotFound("That question could not be found.")
    if found.member != member.id:
        raise NotAllowed("That question was put to somebody else.")
    return member, found, _question(tx, found.question)
