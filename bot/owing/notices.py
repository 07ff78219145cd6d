"""Bundles: what the bot says unasked, as one message for each member."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.members import Member
from bot.domain.notices import Notice, NoticeKind, bundle_key
from bot.owing import asks, checks, needs
from bot.owing.scene import Scene
from bot.ports import Medium, Message, Priority
from bot.views import notices as view
from bot.views import questions as questions_view
from bot.views.mrkdwn import escape

Compose = Callable[[Scene, Notice], view.Part | None]


def send(scene: Scene, member: Member, notices: Sequence[Notice]) -> None:
    """Owe *notices* to *member* as one message, by the way they wish to be reached."""
    bundle = scene.tx.notices.bundle(member.id, notices, at=scene.now)
    body = view.bundle(_parts(scene, notices))
    key = bundle_key(bundle)
    if not member.by_letter_only and member.slack:
        scene.owe(_message(key, Medium.SLACK, member.slack, body, member))
    elif member.email:
        scene.owe(_message(key, Medium.MAIL, member.email, body, member))


def show_again(scene: Scene, kinds: Sequence[NoticeKind], subject: int) -> None:
    """Owe the change of every message that says something about *subject*."""
    for notice in scene.tx.notices.about(kinds, subject):
        if notice.bundle is not None:
            _show_bundle(scene, notice.bundle)


def take_back_letters(scene: Scene, kinds: Sequence[NoticeKind], subject: int) -> None:
    """A letter that waits, and is about nothing else, is not needed any more."""
    for notice in scene.tx.notices.about(kinds, subject):
        if notice.bundle is None or len(scene.tx.notices.in_bundle(notice.bundle)) > 1:
            continue
        key = bundle_key(notice.bundle)
        message = scene.tx.outbox.find(key)
        if message is not None and message.medium is Medium.MAIL:
            scene.tx.outbox.withdraw(key, at=scene.now)


def _show_bundle(scene: Scene, bundle: int) -> None:
    member = scene.member(scene.tx.notices.member_of(bundle))
    if member.by_letter_only or not member.slack:
        return  # a letter that has gone cannot be changed
    parts = _parts(scene, scene.tx.notices.in_bundle(bundle))
    if parts:
        scene.change(bundle_key(bundle), view.bundle(parts), to=member.slack)


def _parts(scene: Scene, notices: Sequence[Notice]) -> list[view.Part]:
    composed = (COMPOSE[notice.kind](scene, notice) for notice in notices)
    return [part for part in composed if part is not None]


def _ask(scene: Scene, notice: Notice) -> view.Part | None:
    invitation = scene.tx.invitations.get(notice.subject)
    if invitation is None:
        return None
    shown = asks.asked(scene, invitation, kind=notice.kind.value)
    return view.Part(
        summary=escape(questions_view.summary(scene.community, shown.question)),
        blocks=questions_view.invitation(scene.community, shown),
    )


def _unanswered(scene: Scene, notice: Notice) -> view.Part | None:
    question = scene.tx.questions.get(notice.subject)
    if question is None:
        return None
    thread = scene.link(question.channel, question.ts)
    return questions_view.unanswered(scene.community, question, thread)


#: How each kind of notice is put into words.
COMPOSE: Mapping[NoticeKind, Compose] = {
    NoticeKind.INVITATION: _ask,
    NoticeKind.REMINDER: _ask,
    NoticeKind.CLOSING: _ask,
    NoticeKind.UNANSWERED: _unanswered,
    NoticeKind.CHECK: checks.part,
    NoticeKind.NEEDED: needs.part,
}


def _message(
    key: str, medium: Medium, to: str, body: dict[str, object], member: Member
) -> Message:
    return Message(
        key=key,
        medium=medium,
        to=to,
        body=body,
        priority=Priority.INVITATION,
        member=member.id,
        unsolicited=True,
    )
