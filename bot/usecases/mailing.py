"""Sending an update: its words frozen once, its recipients found, each letter owed.

Everything is done in short steps, each in its own transaction: whatever ends the
process, the next step goes on from what is kept, and nobody is owed two.
"""

from collections.abc import Callable, Mapping

from bot.domain.contacts import WEEK, next_contact
from bot.domain.editions import (
    Audience,
    Edition,
    EditionId,
    EditionState,
    Recipient,
    mailing_times,
)
from bot.domain.members import Member
from bot.domain.queue import Need
from bot.owing import Scene, editions, newsletters, queue
from bot.ports import Message
from bot.store import Transaction
from bot.usecases.context import Context

ENLISTED = "enlisted"  #: what an edition's last act is once its recipients are known
AT_ONCE = 500  #: recipients found in one step
LETTERS_AT_ONCE = 50  #: letters owed in one step


def to_send(ctx: Context) -> tuple[EditionId, ...]:
    """The editions whose hold is over and of which there is something to do.

    None while e-mail is not set up: then they wait, and it is shown.
    """
    if not ctx.mail:
        return ()
    with ctx.begin.read() as tx:
        waiting = tx.editions.to_send(now=ctx.now())
        return tuple(one for one in waiting if _anything(ctx, tx, one))


def send_some(ctx: Context, edition: EditionId) -> int:
    """Take *edition* one step on; how much was done."""
    with ctx.begin() as tx:
        found = tx.editions.held(edition)
        if found is None or found.leaves_at is None or found.leaves_at > ctx.now():
            return 0
        return _STEPS.get(found.state, _nothing)(ctx, ctx.scene(tx), found)


def parked(ctx: Context, tx: Transaction, message: Message) -> None:
    """A letter of an update did not go, or may not have: a person decides.

    One item for the whole edition, not one for each letter.
    """
    _, edition, _ = message.key.split(":")
    queue.need(ctx.scene(tx), f"doubt:{edition}", Need.DOUBT, subject=int(edition))


def _anything(ctx: Context, tx: Transaction, edition: EditionId) -> bool:
    found = tx.editions.get(edition)
    if found is None or found.last_act != ENLISTED:
        return True
    due = tx.recipients.due(edition, now=ctx.now(), most=1)
    return bool(due) or not tx.recipients.any_waiting(edition)


def _nothing(_ctx: Context, _scene: Scene, _edition: Edition) -> int:
    return 0


def _begin(_ctx: Context, scene: Scene, edition: Edition) -> int:
    """Freeze the words, once. What has become empty goes back to the coordinators."""
    if _has_become_empty(scene, edition):
        return _hand_back(scene, edition)
    others = None
    if scene.community.partners:
        others = _frozen(scene, edition, Audience.OTHERS)
    scene.tx.editions.change(
        edition.id,
        begun_at=scene.now,
        words_members=_frozen(scene, edition, Audience.MEMBERS),
        words_others=others,
        last_act=None,
    )
    queue.settle(scene, editions.need_key(edition), by=edition.approved_by)
    _audit(scene, edition, "edition begun")
    return 1


def _has_become_empty(scene: Scene, edition: Edition) -> bool:
    news = newsletters.newsletter(scene, edition, Audience.MEMBERS)
    return news.empty and not news.note


def _hand_back(scene: Scene, edition: Edition) -> int:
    """All that was approved has been withdrawn since: nobody gets an empty letter."""
    scene.tx.editions.change(
        edition.id, approved_at=None, approved_by=None, leaves_at=None, last_act=None
    )
    queue.settle(scene, editions.need_key(edition))
    found = scene.tx.editions.get(edition.id)
    if found is not None:
        editions.need_again(scene, found)
    _audit(scene, edition, "edition handed back")
    return 1


def _frozen(scene: Scene, edition: Edition, audience: Audience) -> int:
    words = newsletters.letter(scene, edition, audience)
    return scene.tx.wordings.keep(words, at=scene.now)


def _go_on(ctx: Context, scene: Scene, edition: Edition) -> int:
    """Find its recipients; then owe them their letters; then it is done."""
    if edition.last_act != ENLISTED:
        return _enlist(scene, edition)
    return _owe_some(ctx, scene, edition) or _finish(scene, edition)


_STEPS: Mapping[EditionState, Callable[[Context, Scene, Edition], int]] = {
    EditionState.HELD: _begin,
    EditionState.SENDING: _go_on,
}


def _enlist(scene: Scene, edition: Edition) -> int:
    """Make some more members recipients; the partners come last."""
    leaves = edition.leaves_at or scene.now
    found = scene.tx.recipients.enlist(edition, due_at=leaves, most=AT_ONCE)
    if not found:
        if edition.words_others is not None:
            scene.tx.recipients.add_partners(
                edition, scene.community.partners, due_at=leaves
            )
        scene.tx.editions.change(edition.id, last_act=ENLISTED)
    return found or 1


def _owe_some(ctx: Context, scene: Scene, edition: Edition) -> int:
    """Owe some of those whose time has come their letters; how many were dealt with."""
    due = scene.tx.recipients.due(edition.id, now=scene.now, most=LETTERS_AT_ONCE)
    suppressed = scene.tx.suppressions.among([one.address for one in due])
    for one in due:
        if one.address in suppressed:
            scene.tx.recipients.leave_out(one.id, at=scene.now)
        elif one.member is None:
            _owe(scene, edition, one, None)
        else:
            _owe_member(ctx, scene, edition, one)
    return len(due)


def _owe_member(ctx: Context, scene: Scene, edition: Edition, one: Recipient) -> None:
    """Owe a member theirs, if they are still here and may be contacted now."""
    member = scene.tx.members.held(one.member) if one.member else None
    if member is None or not _still_wants(scene, member):
        scene.tx.recipients.leave_out(one.id, at=scene.now)
        return
    at = next_contact(
        now=scene.now,
        good_times=member.good_times or mailing_times(scene.community.almanac),
        almanac=scene.community.almanac,
        away_until=member.away_until,
        recent=scene.tx.notices.contacts(member.id, since=scene.now - WEEK),
        rules=ctx.community.contacts,
    )
    if at > scene.now:
        scene.tx.recipients.put_off(one.id, until=at)
        return
    scene.tx.notices.note_contact(member.id, at=scene.now)
    _owe(scene, edition, one, member)


def _still_wants(scene: Scene, member: Member) -> bool:
    here = member.left_at is None and member.email is not None
    return here and not scene.tx.suppressions.holds(member.email or "")


def _owe(scene: Scene, edition: Edition, one: Recipient, member: Member | None) -> None:
    editions.owe(scene, edition, one, member)
    scene.tx.recipients.owed(one.id, at=scene.now)


def _finish(scene: Scene, edition: Edition) -> int:
    """Every recipient has been dealt with; or some wait for their time."""
    if scene.tx.recipients.any_waiting(edition.id):
        return 0
    scene.tx.editions.change(edition.id, finished_at=scene.now)
    _audit(scene, edition, "edition sent")
    return 1


def _audit(scene: Scene, edition: Edition, act: str) -> None:
    scene.tx.audit.add(
        actor=edition.approved_by or "",
        act=act,
        subject=f"edition:{edition.id}",
        at=scene.now,
    )
