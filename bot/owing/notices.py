"""Bundles: what the bot says unasked, as one message for each member."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.members import Member
from bot.domain.notices import Notice, NoticeKind, bundle_key
from bot.owing import asks, checks, needs
from bot.owing.scene import Scene
from bot.ports import Medium, Message, Priority
from bot.views import notices as view
from bot.views import questions as questions_view

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
        summary=questions_view.summary(scene.community, shown.question),
        blocks=questions_view.invitation(scene.community, shown),
    )


#: How each kind of notice is put into words.
COMPOSE: Mapping[NoticeKind, Compose] = {
    NoticeKind.INVITATION: _ask,
    NoticeKind.REMINDER: _ask,
    NoticeKind.CLOSING: _ask,
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
