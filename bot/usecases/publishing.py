"""From approval to publication: a person approves, and there is time to think again."""

from datetime import datetime

from bot.domain.desk import Seen
from bot.domain.digests import Digest, DigestId
from bot.domain.errors import CommunityError, NotFound, OutOfDate
from bot.domain.lifecycle import DIGEST, DigestAct, move
from bot.domain.notices import NoticeKind
from bot.domain.questions import Question
from bot.owing import Scene, desks, digests, drafts, homes, notices, queue
from bot.store import Transaction
from bot.usecases.context import Context, coordinating
from bot.views.digests import DigestPage

EMPTY = (
    "There is nothing in this digest to show, so it cannot be published. Put it aside, "
    "and collate the thread again once there is more."
)
NEWS = (
    "Something has happened in the thread that the draft does not account for yet, so "
    "nothing was approved. Please open it again in a minute."
)
_ASKS = (NoticeKind.INVITATION, NoticeKind.REMINDER, NoticeKind.CLOSING)


def approve(ctx: Context, *, user: str, seen: Seen) -> None:
    """Approve the draft as *seen*: it is published after the hold.

    Raises:
        NotAllowed: they do not coordinate.
        OutOfDate: it is not what they were looking at, or a reply is unaccounted for.
        IllegalMove: contributors are still looking, or it is past approval.
        CommunityError: it holds nothing.
    """
    with ctx.begin() as tx:
        member, digest = coordinating(tx, user), _digest(tx, seen.digest)
        if digest.last_act == seen.once:
            return
        scene = ctx.scene(tx)
        move(DIGEST, drafts.state(scene, digest), DigestAct.APPROVE)
        if tx.digests.behind(digest):
            raise OutOfDate(NEWS)
        if not desks.holds_anything(scene, digest):
            raise CommunityError(EMPTY)
        tx.digests.approve(
            digest,
            seen=seen.version,
            by=member.id,
            at=ctx.now(),
            publish_at=ctx.community.deadlines.publish_at(ctx.now()),
            once=seen.once,
        )
        _audit(scene, member.id, "digest approved", digest)
        homes.show_coordinators(scene)


def take_back(ctx: Context, *, user: str, digest: int, once: str) -> None:
    """*Take back* what was approved, while it is held.

    Raises:
        NotAllowed: they do not coordinate.
        IllegalMove: it was published, or is not approved.
    """
    with ctx.begin() as tx:
        tx.digests.hold(digest)
        member, found = coordinating(tx, user), _digest(tx, digest)
        if found.last_act == once:
            return
        scene = ctx.scene(tx)
        move(DIGEST, drafts.state(scene, found), DigestAct.TAKE_BACK)
        tx.digests.change(
            found.id,
            approved_at=None,
            approved_by=None,
            publish_at=None,
            reread_at=None,
            last_act=once,
        )
        _audit(scene, member.id, "digest taken back", found)
        homes.show_coordinators(scene)


def to_publish(ctx: Context) -> tuple[DigestId, ...]:
    """The digests whose hold is over and whose threads have been read since."""
    with ctx.begin.read() as tx:
        return tuple(
            digest.id for digest in tx.digests.unpublished() if _due(ctx, digest)
        )


def publish(ctx: Context, digest: DigestId) -> bool:
    """Publish *digest*, if nothing has happened to it or in its thread. False if not.

    Until this is done it can be taken back; from then on it is published.
    """
    with ctx.begin() as tx:
        tx.digests.hold(digest)
        found = tx.digests.get(digest)
        if found is None or not _due(ctx, found) or tx.digests.behind(found):
            return False
        thread = tx.threads.get(found.thread)
        if thread is None or drafts.not_taken_in(tx, thread):
            return False
        tx.digests.change(found.id, published_at=ctx.now())
        _published(ctx.scene(tx), _digest(tx, found.id))
        return True


def published(ctx: Context, digest: int) -> DigestPage:
    """*digest* as members read it, to be exported.

    Raises:
        NotFound: there is no such digest.
    """
    with ctx.begin.read() as tx:
        return digests.page(ctx.scene(tx), _digest(tx, digest))


def _published(scene: Scene, digest: Digest) -> None:
    tx = scene.tx
    digests.announce(scene, digest)
    question = tx.questions.of_thread(digest.thread)
    if question is not None:
        tx.questions.mark(question.id, collated_at=scene.now)
        _close_invitations(scene, question)
    digests.settle_offers(scene, digest)
    queue.settle(scene, f"digest:{digest.id}", by=digest.approved_by)
    for line in tx.digests.lines(digest.id):
        tx.notices.withdraw(NoticeKind.CHECK, line.id, at=scene.now)
        notices.show_again(scene, [NoticeKind.CHECK], line.id)
    tx.notices.want_by_letter(NoticeKind.DIGEST, digest.id, due_at=_next_good(scene))
    _audit(scene, digest.approved_by or "", "digest published", digest)


def _next_good(scene: Scene) -> datetime:
    """When most can be reached next: until then nobody need look who may be."""
    almanac = scene.community.almanac
    return scene.community.good_times.next_moment(scene.now, almanac)


def _close_invitations(scene: Scene, question: Question) -> None:
    """Nobody is asked any more: the answers are there for all to read."""
    for invitation in scene.tx.invitations.of_question(question.id):
        if invitation.open:
            scene.tx.invitations.mark(invitation.id, closed_at=scene.now)
            for kind in _ASKS:
                scene.tx.notices.withdraw(kind, invitation.id, at=scene.now)
        notices.show_again(scene, _ASKS, invitation.id)


def _due(ctx: Context, digest: Digest) -> bool:
    held = digest.approved_at is not None and digest.reread_at is not None
    return held and digest.publish_at is not None and digest.publish_at <= ctx.now()


def _digest(tx: Transaction, digest: int) -> Digest:
    found = tx.digests.get(digest)
    if found is None:
        raise NotFound
    return found


def _audit(scene: Scene, actor: str, act: str, digest: Digest) -> None:
    scene.tx.audit.add(
        actor=actor, act=act, subject=f"digest:{digest.id}", at=scene.now
    )
