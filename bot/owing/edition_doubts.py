"""Letters of an update that wait for a decision, as coordinators see them."""

from collections.abc import Iterator, Sequence

from bot.domain.editions import Edition
from bot.owing.scene import Scene
from bot.store import Doubt
from bot.views import doubts as view
from bot.views.doubts import Doubts, Waiting

#: What mail servers' answers say in our words when a mailbox is no more.
_GONE = (
    *("mailbox does not exist", "domain does not exist", "mailbox is closed"),
    *("mailbox has moved", "not one that a letter can go to", "takes no mail"),
)


def doubts_shown(scene: Scene, edition: Edition) -> Doubts:
    """The letters of *edition* that wait for a decision."""
    progress = scene.tx.recipients.progress(edition.id)
    some = scene.tx.recipients.doubts(edition.id, most=2 * view.MOST_NAMED)
    doubtful = [one for one in some if one.may_have_arrived]
    unsent = [one for one in some if not one.may_have_arrived]
    most = view.MOST_NAMED
    return Doubts(
        edition=edition.id,
        month=edition.month.words,
        in_doubt=progress.in_doubt,
        failed=progress.failed,
        doubtful=tuple(_waiting(scene, doubtful[:most])),
        unsent=tuple(_waiting(scene, unsent[:most])),
        gone=sum(is_gone(one) for one in unsent),
    )


def is_gone(doubt: Doubt) -> bool:
    """Whether a letter did not go because its mailbox is no more."""
    return not doubt.may_have_arrived and any(why in doubt.why for why in _GONE)


def _waiting(scene: Scene, some: Sequence[Doubt]) -> Iterator[Waiting]:
    for one in some:
        member = scene.tx.members.get(one.member) if one.member else None
        yield Waiting(
            who=member.name if member and member.name else "A partner",
            address=one.address,
            why=one.why.removeprefix("uncertain: "),
        )
