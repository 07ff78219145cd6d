"""The queue *Needs you*: items opened and done, and who is told."""

from collections.abc import Collection, Mapping

from bot.domain.members import Member, MemberId
from bot.domain.notices import NoticeKind
from bot.domain.queue import Item, Need
from bot.owing import homes, notices
from bot.owing.scene import Scene


def need(
    scene: Scene,
    key: str,
    what: Need,
    *,
    subject: int | None = None,
    details: Mapping[str, str | int] | None = None,
) -> None:
    """Put it in the queue, once; its owner is told and every coordinator sees it."""
    owner, deputy = _hands(scene)
    item = scene.tx.queue.open(
        key,
        what,
        subject=subject,
        owner=owner.id if owner else None,
        deputy=deputy.id if deputy else None,
        at=scene.now,
        details=details,
    )
    if item is None:
        return
    if owner:
        scene.tx.notices.want(owner.id, NoticeKind.NEEDED, item, due_at=scene.now)
    homes.show_coordinators(scene)


def find_owner(scene: Scene, item: Item) -> None:
    """Put *item*, which is in nobody's hands, into a coordinator's, who is told."""
    owner, deputy = _hands(scene)
    if owner is None:
        return
    scene.tx.queue.give(
        item.id,
        owner=owner.id,
        deputy=deputy.id if deputy else None,
        at=scene.now,
    )
    scene.tx.notices.want(owner.id, NoticeKind.NEEDED, item.id, due_at=scene.now)
    homes.show_coordinators(scene)


def settle(scene: Scene, key: str, by: MemberId | None = None) -> bool:
    """It no longer needs anyone. False if it was not waiting."""
    item = next((one for one in scene.tx.queue.waiting() if one.key == key), None)
    if item is None or not scene.tx.queue.done(key, at=scene.now, by=by):
        return False
    scene.tx.notices.withdraw(NoticeKind.NEEDED, item.id, at=scene.now)
    notices.show_again(scene, (NoticeKind.NEEDED,), item.id)
    homes.show_coordinators(scene)
    return True


def settle_paused(scene: Scene, member: MemberId, by: MemberId | None = None) -> None:
    """A member is asked again: nobody is needed for that any more."""
    for item in scene.tx.queue.waiting():
        if item.need is Need.PAUSED and item.details.get("member") == member:
            settle(scene, item.key, by=by)


def settle_parked(scene: Scene, keys: Collection[str] | None) -> None:
    """Messages were sent again or dropped, all of them where *keys* is None."""
    for item in scene.tx.queue.waiting():
        key = item.details.get("key")
        if item.need is Need.PARKED and (keys is None or key in keys):
            settle(scene, item.key)
            scene.tx.queue.forget(item.key)


def show(scene: Scene) -> None:
    """Show every coordinator the queue as it is now."""
    homes.show_coordinators(scene)


def _hands(scene: Scene) -> tuple[Member | None, Member | None]:
    """Who owns a new item, and who stands in: those who are here come first."""
    present = scene.tx.members.coordinators()
    here = sorted(present, key=lambda one: one.away(scene.now))
    return (here[0] if here else None, here[1] if len(here) > 1 else None)
