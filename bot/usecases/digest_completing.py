"""Keeping digests complete: what is said, edited and deleted after the draft."""

from dataclasses import dataclass

from bot.domain.collation import Draft, collate
from bot.domain.completing import contribution
from bot.domain.digests import Digest, DigestId
from bot.domain.threads import Reply
from bot.owing import Scene, revisions
from bot.store import Transaction
from bot.usecases.context import Context


@dataclass(frozen=True, slots=True)
class _Seen:
    """A digest and its thread at one moment."""

    digest: Digest
    replies: tuple[Reply, ...]
    behind: tuple[Reply, ...]  #: those that the ledger has not caught up with


def keep_complete(ctx: Context) -> int:
    """Bring every ledger up to its thread: new, edited and deleted replies.

    How many digests changed. A draft changes, and what was approved is so no longer;
    from a published digest what was deleted goes at once, and coordinators are told.
    """
    with ctx.begin.read() as tx:
        behind = [digest.id for digest in tx.digests.incomplete()]
    for digest in behind:
        _complete(ctx, digest)
    return len(behind)


def _complete(ctx: Context, digest_id: DigestId) -> None:
    with ctx.begin.read() as tx:
        seen = _seen(tx, digest_id)
    if seen is None:
        return
    made = collate([contribution(reply) for reply in seen.replies])
    with ctx.begin() as tx:
        tx.digests.hold(digest_id)
        if _seen(tx, digest_id) != seen:
            return  # it goes on from what is there now, the next time
        if seen.digest.published_at is not None:
            revisions.note(ctx.scene(tx), seen.digest, seen.behind)
        else:
            _take_in(ctx.scene(tx), seen, made)


def _seen(tx: Transaction, digest_id: DigestId) -> _Seen | None:
    digest = tx.digests.get(digest_id)
    if digest is None:
        return None
    replies, behind = tx.threads.replies(digest.thread), set(tx.digests.behind(digest))
    return _Seen(digest, replies, tuple(one for one in replies if one.id in behind))


def _take_in(scene: Scene, seen: _Seen, made: Draft) -> None:
    """The draft takes in replies: it is another than the one that was approved."""
    digest, everything = seen.digest, seen.replies
    asked = revisions.take_in(scene, digest, seen.behind)
    revisions.revise(
        scene,
        digest,
        asked=asked,
        why=revisions.THREAD_CHANGED,
        resources=revisions.resources(made.resources, everything),
        still_open=[{"reply": reply, "text": text} for reply, text in made.still_open],
    )
