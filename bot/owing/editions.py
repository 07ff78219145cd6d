"""Editions: the desk that coordinators read, what needs them, and each letter."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.editions import (
    Audience,
    Edition,
    Recipient,
    letter_key,
)
from bot.domain.members import Member
from bot.domain.queue import Need
from bot.owing import queue
from bot.owing.newsletters import gathered, newsletter
from bot.owing.scene import Scene
from bot.ports import Medium, Message, Priority
from bot.store import Progress, Transaction
from bot.views import newsletters as letters
from bot.views.editions import EditionDesk, EditionItem
from bot.views.links import Purpose
from bot.views.newsletters import Newsletter
from bot.views.questions import day_and_time

NOTHING = "Nothing was published that month: it may be best not to send one."


def need_key(edition: Edition) -> str:
    """The key of the item in *Needs you* that asks to read *edition*."""
    return f"edition:{edition.id}"


def need_reading(scene: Scene, edition: Edition) -> None:
    """Put *edition* in *Needs you*."""
    empty = newsletter(scene, edition, Audience.MEMBERS).empty
    queue.need(
        scene,
        need_key(edition),
        Need.EDITION,
        subject=edition.id,
        details={"why": NOTHING} if empty else None,
    )


def need_again(scene: Scene, edition: Edition) -> None:
    """Put *edition* in *Needs you* once more, after it was settled."""
    scene.tx.queue.forget(need_key(edition))
    need_reading(scene, edition)


def desk(scene: Scene, edition: Edition) -> EditionDesk:
    """*edition* with everything a coordinator needs to judge it."""
    news = newsletter(scene, edition, Audience.MEMBERS)
    whole = gathered(scene, edition.month, until=edition.approved_at)
    expected = scene.tx.recipients.expected()
    leaves = edition.leaves_at or leaving(scene)
    return EditionDesk(
        edition=edition.id,
        version=edition.version,
        stamp=news.stamp,
        month=edition.month.words,
        written=str(edition.month),
        state=edition.state,
        items=tuple(_items(whole, edition.left_out)),
        note=news.note,
        note_by=news.note_by,
        leaves=day_and_time(scene.community, leaves),
        members=expected.members,
        partners=len(scene.community.partners),
        progress=_progress(scene, edition),
        address=news.page,
        mail=scene.mail,
    )


def letter_to(
    scene: Scene, edition: Edition, to: Recipient, member: Member | None, contact: str
) -> Message:
    """One recipient's letter: the frozen words, with their own way out.

    *contact* is the address that answers go to, looked up once for many.
    """
    link = None
    if scene.links is not None:
        link = scene.links.to(Purpose.UNSUBSCRIBE, str(to.id))
    body: dict[str, object] = {"fill": letters.way_out(contact, link)}
    if member is not None and member.name:
        body["name"] = member.name
    return Message(
        key=letter_key(edition.id, to.id),
        medium=Medium.MAIL,
        to=(member.email if member else None) or to.address,
        body=body,
        wording=edition.words(to.audience),
        priority=Priority.BULK,
        member=to.member,
        unsolicited=member is not None,
    )


def take_back(tx: Transaction, address: str | None, *, at: datetime) -> None:
    """Letters of updates to *address* that have not gone do not go."""
    found = tx.recipients.of_address(address) if address else ()
    for key in tx.recipients.unsent(found):
        tx.outbox.withdraw(key, at=at)


def progress_words(progress: Progress) -> str:
    """How far an edition has got, in a sentence or two."""
    parts = [
        f"{progress.went} of {progress.all - progress.left_out} have gone",
        f"{progress.under_way} on their way" if progress.under_way else "",
        f"{progress.to_come} wait for a good time" if progress.to_come else "",
        f"{progress.left_out} left out" if progress.left_out else "",
        f"{progress.in_doubt} may have arrived" if progress.in_doubt else "",
        f"{progress.failed} did not go" if progress.failed else "",
    ]
    return f"{'; '.join(filter(None, parts))}."


def leaving(scene: Scene) -> datetime:
    """When an edition approved now leaves."""
    return scene.community.deadlines.mailing_leaves_at(scene.now)


def _progress(scene: Scene, edition: Edition) -> str:
    if edition.begun_at is None:
        return ""
    return progress_words(scene.tx.recipients.progress(edition.id))


def _items(whole: Newsletter, left_out: Sequence[str]) -> Iterator[EditionItem]:
    rows = [
        *(("Digest", one.key, one.title, one.accounted) for one in whole.stories),
        *(
            ("Question", one.key, one.title, f"Needed by {one.closes}; {one.heard}")
            for one in whole.questions
        ),
        *(("Call", one.key, one.title, one.when) for one in whole.calls),
    ]
    for kind, key, title, about in rows:
        yield EditionItem(
            key=key, kind=kind, title=title, about=about, out=key in left_out
        )
