"""Letters of an update that did not go, or may not have: a coordinator decides."""

from collections.abc import Collection

from bot.domain.editions import Edition
from bot.domain.errors import NotFound
from bot.domain.members import Member
from bot.owing import Scene, edition_doubts, queue
from bot.store import Doubt, Transaction
from bot.store.suppressions import MAILBOX
from bot.usecases.context import Context, coordinating
from bot.views.doubts import AGAIN, STOP, Doubts

AT_ONCE = 500  #: letters looked at together


def doubts(ctx: Context, *, user: str, edition: int) -> Doubts:
    """The letters of *edition* that wait for a decision.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such edition.
    """
    with ctx.begin.read() as tx:
        coordinating(tx, user)
        return edition_doubts.doubts_shown(ctx.scene(tx), _edition(tx, edition))


def decide(ctx: Context, *, user: str, edition: int, wanted: Collection[str]) -> str:
    """Do what was *wanted* (``AGAIN``, ``STOP``), and leave the rest as it is.

    A letter that may have arrived is never sent again here. Returns what was done, in
    words.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such edition.
    """
    with ctx.begin() as tx:
        member, found = coordinating(tx, user), _edition(tx, edition)
        scene = ctx.scene(tx)
        again = stopped = left = 0
        while some := tx.recipients.doubts(found.id, most=AT_ONCE):
            gone = _gone(some) if STOP in wanted else []
            retry = _unsent(some, gone) if AGAIN in wanted else []
            rest = [one for one in some if one not in retry]
            stopped += _stop(scene, gone)
            again += _send_again(scene, retry)
            left += _drop(scene, rest)
        _settle(scene, member, found, {"again": again, "stopped": stopped})
        return _said(again, stopped, left - stopped)


def _gone(some: Collection[Doubt]) -> list[Doubt]:
    return [one for one in some if edition_doubts.is_gone(one)]


def _unsent(some: Collection[Doubt], gone: Collection[Doubt]) -> list[Doubt]:
    return [one for one in some if not one.may_have_arrived and one not in gone]


def _stop(scene: Scene, gone: Collection[Doubt]) -> int:
    for one in gone:
        scene.tx.suppressions.add(one.address, at=scene.now, why=MAILBOX)
    return len(gone)


def _send_again(scene: Scene, some: Collection[Doubt]) -> int:
    scene.tx.backlog.replay_messages([one.key for one in some])
    return len(some)


def _drop(scene: Scene, some: Collection[Doubt]) -> int:
    scene.tx.backlog.drop_messages([one.key for one in some], at=scene.now)
    return len(some)


def _settle(
    scene: Scene, member: Member, edition: Edition, detail: dict[str, int]
) -> None:
    key = f"doubt:{edition.id}"
    queue.settle(scene, key, by=member.id)
    scene.tx.queue.forget(key)  # more of them may yet fail
    scene.tx.audit.add(
        actor=member.id,
        act="letters decided",
        subject=f"edition:{edition.id}",
        at=scene.now,
        detail=detail,
    )


def _said(again: int, stopped: int, left: int) -> str:
    parts = [
        f"Trying {again} again." if again else "",
        f"No more updates go to {stopped}." if stopped else "",
        f"Left {left} as they are." if left else "",
    ]
    return " ".join(filter(None, parts)) or "No letter waits any more."


def _edition(tx: Transaction, edition: int) -> Edition:
    found = tx.editions.get(edition)
    if found is None:
        raise NotFound
    return found
