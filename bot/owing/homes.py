"""Home tabs: what each member sees there now."""

from collections.abc import Sequence
from uuid import uuid4

from bot.domain.members import Member
from bot.domain.queue import Item
from bot.owing import asks, calls, needs
from bot.owing.questions import standing
from bot.owing.scene import Scene
from bot.ports import Act, Message, Priority
from bot.store import Transaction
from bot.views import home as view
from bot.views.links import Purpose
from bot.views.mrkdwn import link


def show(scene: Scene, member: Member) -> None:
    """Owe *member* their Home as it is now, instead of one that has not gone yet."""
    if not member.slack:
        return
    slot = f"home:{member.id}"
    scene.owe(
        Message(
            key=f"{slot}:{uuid4().hex}",
            act=Act.HOME,
            to=member.slack,
            body=view.home(scene.community, _shown(scene, member)),
            slot=slot,
            priority=Priority.PERSON,
            member=member.id,
        )
    )


def show_coordinators(scene: Scene) -> None:
    """Owe every coordinator their Home as it is now."""
    for member in scene.tx.members.coordinators():
        show(scene, member)


def gets_update(tx: Transaction, member: Member) -> bool | None:
    """Whether *member* gets the monthly update; None without an address for it."""
    return None if member.email is None else not tx.suppressions.holds(member.email)


def _calendar(scene: Scene, member: Member) -> str:
    """The address of their own calendar of calls; "" without a public address."""
    if scene.links is None:
        return ""
    return f"{scene.links.to(Purpose.CALENDAR, member.id)}.ics"


def _shown(scene: Scene, member: Member) -> view.Shown:
    tx = scene.tx
    waiting = tx.queue.waiting() if member.coordinates else ()
    return view.Shown(
        member=member,
        now=scene.now,
        asked=[asks.asked(scene, one) for one in tx.invitations.open_of(member.id)],
        questions=[
            (question, standing(scene, question))
            for question in tx.questions.asked_by(member.id, most=view.MOST_QUESTIONS)
        ],
        digests=_digests(scene),
        coming_up=calls.coming_up(scene, member),
        needs=_needs(scene, waiting) if member.coordinates else None,
        waiting=len(waiting),
        update=gets_update(tx, member),
        calendar=_calendar(scene, member),
    )


def _needs(scene: Scene, waiting: Sequence[Item]) -> list[view.NeedShown]:
    return [needs.shown(scene, item) for item in waiting[: view.MOST_NEEDS]]


def _digests(scene: Scene) -> list[tuple[str, str]]:
    found = []
    for digest in scene.tx.digests.latest(view.MOST_DIGESTS):
        address = scene.tx.digests.address(digest.thread, scene.places.link)
        if address:
            found.append((digest.title, link(address, digest.title)))
    return found
