"""Bundles: what is due for a member, as one contact: in Slack, by letter, or both."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.members import Member
from bot.domain.notices import Notice, NoticeKind, bundle_key, letter_key
from bot.owing import asks, calendars, calls, checks, digest_letters, needs, notices
from bot.owing.letters import letter_to
from bot.owing.scene import Scene
from bot.ports import Medium, Message, Priority
from bot.views import notices as view
from bot.views.letters import Part

Write = Callable[[Scene, Member, Notice], Part | None]
Owe = Callable[[Scene, Member, Notice, str], None]

#: How each kind of notice is put into words in a letter.
LETTERS: Mapping[NoticeKind, Write] = {
    NoticeKind.INVITATION: asks.letter,
    NoticeKind.REMINDER: asks.letter,
    NoticeKind.CLOSING: asks.letter,
    NoticeKind.UNANSWERED: asks.unanswered_letter,
    NoticeKind.CHECK: checks.letter,
    NoticeKind.NEEDED: needs.letter,
    NoticeKind.DIGEST: digest_letters.letter,
    NoticeKind.AGENDA: calls.agenda_letter,
}

#: Kinds that go as a message of their own, never bundled with others: each owes it
#: under the key that it is given. It owes one in any case: it is a contact.
ALONE: Mapping[NoticeKind, Owe] = {NoticeKind.CALL: calendars.invite}


def reaches(scene: Scene, member: Member) -> bool:
    """Whether *member* can be told anything just now."""
    return not member.by_letter_only or (scene.mail and member.email is not None)


def together(due: Sequence[Notice]) -> list[Notice]:
    """Those of *due* (at least one) that go as one message with the first of them."""
    if due[0].kind in ALONE:
        return [due[0]]
    return [one for one in due if one.kind not in ALONE]


def send(scene: Scene, member: Member, said: Sequence[Notice]) -> None:
    """Owe *said*, which goes together, by the way *member* wishes to be reached.

    However many messages carry it, it is one bundle: one contact. What cannot be put
    into words any more is dropped, and is none.
    """
    alone = ALONE.get(said[0].kind)
    if alone:
        bundle = scene.tx.notices.bundle(member.id, said, at=scene.now)
        alone(scene, member, said[0], bundle_key(bundle))
        return
    shown = [] if member.by_letter_only else notices.parts(scene, said)
    written = _letter_parts(scene, member, said)
    if shown or written:
        bundle = scene.tx.notices.bundle(member.id, said, at=scene.now)
        _owe(scene, member, bundle, shown, written)
        return
    for one in said:
        scene.tx.notices.drop(one.id, at=scene.now)


def _owe(
    scene: Scene,
    member: Member,
    bundle: int,
    shown: Sequence[view.Part],
    written: Sequence[Part],
) -> None:
    key = bundle_key(bundle)
    if shown and member.slack:
        body = view.bundle(shown)
        scene.owe(_message(key, Medium.SLACK, member.slack, body, member))
        key = letter_key(bundle)
    if written and member.email:
        letter = dict(letter_to(scene, member, written))
        scene.owe(_message(key, Medium.MAIL, member.email, letter, member))


def _letter_parts(scene: Scene, member: Member, said: Sequence[Notice]) -> list[Part]:
    if not scene.mail or not member.gets_letters:
        return []
    written = (
        LETTERS[one.kind](scene, member, one) for one in said if one.kind in LETTERS
    )
    return [part for part in written if part is not None]


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
