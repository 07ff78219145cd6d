"""Sending an update: its words frozen once, its recipients found, each letter owed.

Everything is done in short steps, each in its own transaction: whatever ends the
process, the next step goes on from what is kept, and nobody is owed two.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.contacts import WEEK, ContactRules, next_contact
from bot.domain.editions import (
    Audience,
    Edition,
    EditionId,
    EditionState,
    Recipient,
    mailing_times,
)
from bot.domain.members import Member, MemberId
from bot.domain.queue import Need
from bot.domain.times import GoodTimes
from bot.owing import Scene, editions, newsletters, queue
from bot.ports import Message
from bot.store import Transaction
from bot.usecases.context import Context

ENLISTED = "enlisted"  #: what an edition's last act is once its recipients are known
AT_ONCE = 250  #: recipients found in one step
LETTERS_AT_ONCE = 50  #: letters owed in one step
_NEVER = datetime.max.replace(tzinfo=UTC)


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
    tx, now = scene.tx, scene.now
    due = tx.recipients.due(edition.id, now=now, most=LETTERS_AT_ONCE)
    if not due:
        return 0
    batch = _batch(ctx, scene, edition, due)
    later = {one.id: batch.when(one) for one in due if batch.wants(one)}
    ready = [one for one in due if later.get(one.id, _NEVER) <= now]
    for one in due:
        if one.id in later and one not in ready:
            tx.recipients.put_off(one.id, until=later[one.id])
    tx.outbox.owe_all(map(batch.letter, ready), due_at=now)
    tx.notices.note_contacts([one.member for one in ready if one.member], at=now)
    tx.recipients.owed([one.id for one in ready], at=now)
    tx.recipients.leave_out([one.id for one in due if one.id not in later], at=now)
    return len(due)


def _batch(
    ctx: Context, scene: Scene, edition: Edition, due: Sequence[Recipient]
) -> "_Batch":
    tx, ids = scene.tx, [one.member for one in due if one.member]
    members = {one.id: one for one in tx.members.some_held(ids)}
    addresses = [*(one.address for one in due), *_addresses(members.values())]
    return _Batch(
        scene=scene,
        edition=edition,
        contact=newsletters.contact(scene),
        members=members,
        suppressed=tx.suppressions.among(addresses),
        contacts=tx.notices.contacts_of(ids, since=scene.now - WEEK),
        rules=ctx.community.contacts,
        times=mailing_times(scene.community.almanac),
    )


def _addresses(members: Iterable[Member]) -> Iterator[str]:
    return (one.email for one in members if one.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Some recipients, and what is looked up once for all of them."""

    scene: Scene
    edition: Edition
    contact: str
    members: Mapping[MemberId, Member]  #: those who are still here
    suppressed: frozenset[str]
    contacts: Mapping[MemberId, Sequence[datetime]]  #: this week's
    rules: ContactRules
    times: GoodTimes  #: of those who gave none

    def wants(self, one: Recipient) -> bool:
        """Whether they still get it, at the address they were known by and have now."""
        if one.address in self.suppressed:
            return False
        if one.member is None:
            return True
        member = self._member(one)
        return bool(member and member.email and member.email not in self.suppressed)

    def when(self, one: Recipient) -> datetime:
        """When they may be contacted unasked; a partner, in working hours."""
        member, almanac = self._member(one), self.scene.community.almanac
        if member is None:
            return self.times.next_moment(self.scene.now, almanac)
        return next_contact(
            now=self.scene.now,
            good_times=member.good_times or self.times,
            almanac=almanac,
            away_until=member.away_until,
            recent=self.contacts.get(member.id, ()),
            rules=self.rules,
        )

    def letter(self, one: Recipient) -> Message:
        """Theirs."""
        member = self._member(one)
        return editions.letter_to(self.scene, self.edition, one, member, self.contact)

    def _member(self, one: Recipient) -> Member | None:
        return self.members.get(one.member) if one.member else None


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
