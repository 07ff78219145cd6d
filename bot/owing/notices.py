"""What the bot has said unasked, in Slack and by letter, shown as it is now."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.notices import Notice, NoticeKind, bundle_key, letter_key
from bot.owing import asks, calls, checks, needs
from bot.owing.scene import Scene
from bot.ports import Medium, Message
from bot.views import notices as view

Compose = Callable[[Scene, Notice], view.Part | None]

#: How each kind of notice is put into words in Slack. What is not here is said by
#: letter alone; ``bundles`` has the letters.
COMPOSE: Mapping[NoticeKind, Compose] = {
    NoticeKind.INVITATION: asks.part,
    NoticeKind.REMINDER: asks.part,
    NoticeKind.CLOSING: asks.part,
    NoticeKind.UNANSWERED: asks.unanswered,
    NoticeKind.CHECK: checks.part,
    NoticeKind.NEEDED: needs.part,
    NoticeKind.CALL: calls.part,
    NoticeKind.AGENDA: calls.agenda_part,
}


def show_again(scene: Scene, kinds: Sequence[NoticeKind], subject: int) -> None:
    """Let every message that says something about *subject* say it as it is now.

    What stands in Slack is changed. A letter that waits is taken back, and what it
    still has to say is said anew; one that has gone cannot be changed.
    """
    for notice in scene.tx.notices.about(kinds, subject):
        if notice.bundle is not None:
            _show_bundle(scene, notice.bundle)


def parts(scene: Scene, notices: Sequence[Notice]) -> list[view.Part]:
    """*notices* in words for Slack; those that have none there are left out."""
    composed = (
        COMPOSE[notice.kind](scene, notice)
        for notice in notices
        if notice.kind in COMPOSE
    )
    return [part for part in composed if part is not None]


def take_back_twin(scene: Scene, bundle: int) -> bool:
    """Take back the letter beside a message in Slack; whether it waited.

    What Slack has no words for waits to be said again, by letter.
    """
    if not scene.tx.outbox.withdraw(letter_key(bundle), at=scene.now):
        return False
    for notice in scene.tx.notices.in_bundle(bundle):
        if notice.kind not in COMPOSE:
            scene.tx.notices.let_go(notice.id)
    return True


def tells_calendar(notices: Sequence[Notice]) -> bool:
    """Whether the letter of a bundle is for a calendar, which Slack cannot tell."""
    return any(notice.kind is NoticeKind.CALL for notice in notices)


def _show_bundle(scene: Scene, bundle: int) -> None:
    said = scene.tx.outbox.find(bundle_key(bundle))
    if said is not None and said.medium is Medium.SLACK:
        _show_in_slack(scene, bundle, said)
        if not tells_calendar(scene.tx.notices.in_bundle(bundle)):
            take_back_twin(scene, bundle)
    elif scene.tx.outbox.withdraw(bundle_key(bundle), at=scene.now):
        scene.tx.notices.lapse(bundle, at=scene.now)


def _show_in_slack(scene: Scene, bundle: int, said: Message) -> None:
    shown = parts(scene, scene.tx.notices.in_bundle(bundle))
    if shown:
        scene.change(bundle_key(bundle), view.bundle(shown), to=said.to)
