"""Invitations, as the peers they are for see them, in Slack and by letter."""

from datetime import datetime

from bot.domain.lifecycle import InvitationState
from bot.domain.members import Member
from bot.domain.notices import Notice, NoticeKind
from bot.domain.questions import Invitation, Question
from bot.domain.times import day_words
from bot.owing import letters
from bot.owing.scene import Scene
from bot.views import questions as view
from bot.views.letters import Part as LetterPart
from bot.views.letters import unmarked
from bot.views.mrkdwn import escape
from bot.views.notices import Part
from bot.views.questions import Asked, day_and_time

ANSWER = (
    "To answer, reply to this e-mail: it reaches {who}, who puts what you write in the "
    "thread under your name. Say so if you would rather not be named. If it is not one "
    "for you, a reply of “not one for me” is enough."
)
CLOSE = (
    "If you no longer need an answer, reply to this e-mail and say so: it reaches "
    "{who}, who closes the question."
)
_LEADS = {
    NoticeKind.INVITATION: "",
    NoticeKind.REMINDER: "A gentle reminder: your view would still help.",
    NoticeKind.CLOSING: "This question {closes}. A line or two is enough.",
}

_OUTCOMES = {
    InvitationState.ANSWERED: "You answered. Thank you.",
    InvitationState.DECLINED: "Not one for you: that is fine. Thank you for saying so.",
    InvitationState.SUGGESTED: "You suggested a colleague. Thank you.",
    InvitationState.EXPIRED: "No need to answer; if you would still like to, do.",
    InvitationState.CLOSED: "This question has closed. Thank you all the same.",
}


def part(scene: Scene, notice: Notice) -> Part | None:
    """*notice* (about an invitation) as a part of a message in Slack."""
    invitation = scene.tx.invitations.get(notice.subject)
    if invitation is None:
        return None
    shown = asked(scene, invitation, kind=notice.kind.value)
    return Part(
        summary=escape(view.summary(scene.community, shown.question)),
        blocks=view.invitation(scene.community, shown),
    )


def letter(scene: Scene, member: Member, notice: Notice) -> LetterPart | None:
    """*notice* (about an invitation) as a part of a letter to *member*."""
    invitation = scene.tx.invitations.get(notice.subject)
    if invitation is None:
        return None
    shown = asked(scene, invitation, kind=notice.kind.value)
    question, asker = shown.question, shown.asker
    return LetterPart(
        template="ask",
        summary=_subject(scene, question),
        values={
            "lead": _LEADS[notice.kind].format(closes=shown.closes),
            "who": view.signature(asker),
            "about": view.about(scene.community, question),
            "question": unmarked(question.text),
            "context": unmarked(question.context),
            "reason": shown.reason,
            "needed": day_and_time(scene.community, question.needed_by),
            "number": question.id,
            "thread": letters.for_reader(member, shown.thread),
        },
        answer=ANSWER,
    )


def unanswered(scene: Scene, notice: Notice) -> Part | None:
    """*notice* (about a question that nobody answered) as a part of a message."""
    question = scene.tx.questions.get(notice.subject)
    if question is None:
        return None
    thread = scene.link(question.channel, question.ts)
    return view.unanswered(scene.community, question, thread)


def unanswered_letter(
    scene: Scene, member: Member, notice: Notice
) -> LetterPart | None:
    """*notice* (about a question that nobody answered) as a part of a letter."""
    question = scene.tx.questions.get(notice.subject)
    if question is None:
        return None
    thread = scene.link(question.channel, question.ts)
    return LetterPart(
        template="unanswered",
        summary=f"Your question{view.about(scene.community, question)}: no answer yet",
        values={
            "question": unmarked(question.text),
            "number": question.id,
            "thread": letters.for_reader(member, thread),
        },
        answer=CLOSE,
    )


def asked(scene: Scene, invitation: Invitation, kind: str = "invitation") -> Asked:
    """*invitation* with all that its reader needs to decide."""
    question = scene.tx.questions.get(invitation.question)
    if question is None:
        raise LookupError("the question of an invitation is not kept")
    # A closing notice asks once more, though time has freed its member for others.
    last_call = (
        kind == NoticeKind.CLOSING
        and invitation.state is InvitationState.EXPIRED
        and question.open
        and scene.now < question.needed_by
    )
    return Asked(
        invitation=invitation.id,
        question=question,
        asker=scene.member(question.asker),
        reason=invitation.reason,
        kind=kind,
        outcome="" if last_call else _outcome(scene, invitation),
        still_welcome=invitation.state is InvitationState.EXPIRED and question.open,
        thread=scene.link(question.channel, question.ts),
        closes=_closes(scene, question.needed_by),
    )


def _subject(scene: Scene, question: Question) -> str:
    """Topic and date, never the words."""
    closes = scene.community.almanac.local(question.needed_by).date()
    about = view.about(scene.community, question)
    return f"A question{about}, closes {day_words(closes)}"


def _outcome(scene: Scene, invitation: Invitation) -> str:
    if invitation.state is InvitationState.POSTPONED:
        return f"Put off: I will ask again {_when(scene, invitation)}."
    return _OUTCOMES.get(invitation.state, "")


def _closes(scene: Scene, needed_by: datetime) -> str:
    """How soon it closes, from today: people plan by days."""
    almanac = scene.community.almanac
    end = almanac.local(needed_by)
    days = (end.date() - almanac.local(scene.now).date()).days
    if days <= 0:
        return f"closes today at {end:%H:%M}"
    return "closes tomorrow" if days == 1 else f"closes on {day_words(end.date())}"


def _when(scene: Scene, invitation: Invitation) -> str:
    """When a question that was put off comes back: their next good time."""
    member = scene.member(invitation.member)
    times = member.good_times or scene.community.good_times
    back = times.next_moment(
        invitation.postponed_until or scene.now,
        scene.community.almanac,
        away_until=member.away_until,
    )
    return day_and_time(scene.community, back)
