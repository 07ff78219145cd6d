"""Ending asks: whatever ends one, nothing more is said of it and its card says so."""

from datetime import datetime

from bot.domain.lifecycle import InvitationState
from bot.domain.notices import NoticeKind
from bot.domain.questions import Invitation, Question
from bot.owing import notices
from bot.owing.scene import Scene

ASKS = (NoticeKind.INVITATION, NoticeKind.REMINDER, NoticeKind.CLOSING)


def ended(scene: Scene, invitation: Invitation) -> None:
    """Say nothing more of *invitation*, and show what became of it where it stands."""
    for kind in ASKS:
        scene.tx.notices.withdraw(kind, invitation.id, at=scene.now)
    notices.show_again(scene, ASKS, invitation.id)


def put_off(scene: Scene, invitation: Invitation, until: datetime) -> None:
    """Ask again *until* then and not before; nothing is said of it meanwhile."""
    scene.tx.invitations.mark(invitation.id, postponed_until=until)
    for kind in (NoticeKind.REMINDER, NoticeKind.CLOSING):
        scene.tx.notices.withdraw(kind, invitation.id, at=scene.now)
    scene.tx.notices.put_off(NoticeKind.INVITATION, invitation.id, until=until)
    notices.show_again(scene, ASKS, invitation.id)


def end_all(scene: Scene, question: Question) -> None:
    """Nobody is waited for any more: every open ask of *question* closes."""
    for one in scene.tx.invitations.of_question(question.id):
        if one.open:
            scene.tx.invitations.mark(one.id, closed_at=scene.now)
        if one.open or one.state is InvitationState.EXPIRED:
            ended(scene, one)
