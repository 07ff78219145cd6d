"""Invitations, as the peers they are for see them."""

from datetime import datetime

from bot.domain.lifecycle import InvitationState
from bot.domain.notices import NoticeKind
from bot.domain.questions import Invitation
from bot.domain.times import day_words
from bot.owing.scene import Scene
from bot.views.questions import Asked, day_and_time

_OUTCOMES = {
    InvitationState.ANSWERED: "You answered. Thank you.",
    InvitationState.DECLINED: "Not one for you: that is fine. Thank you for saying so.",
    InvitationState.SUGGESTED: "You suggested a colleague. Thank you.",
    InvitationState.EXPIRED: "No need to answer; if you would still like to, do.",
    InvitationState.CLOSED: "This question has closed. Thank you all the same.",
}


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
