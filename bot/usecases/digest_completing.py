"""Keeping digests complete: what is said, edited and deleted after the draft."""

from collections.abc import Sequence

from bot.domain.collation import collate
from bot.domain.completing import contribution
from bot.domain.digests import Digest, DigestId
from bot.domain.threads import Reply
from bot.owing import Scene, revisions
from bot.usecases.context import Context


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
    with ctx.begin() as tx:
        digest = tx.digests.get(digest_id)
        if digest is None:
            return
        found = [tx.threads.reply(reply) for reply in tx.digests.behind(digest)]
        replies = [reply for reply in found if reply is not None]
        if digest.published_at is not None:
            revisions.note(ctx.scene(tx), digest, replies)
        else:
            _take_in(ctx.scene(tx), digest, replies)


def _take_in(scene: Scene, digest: Digest, replies: Sequence[Reply]) -> None:
    """The draft takes in *replies*: it is another than the one that was approved."""
    asked = revisions.take_in(scene, digest, replies)
    everything = scene.tx.threads.replies(digest.thread)
    made = collate([contribution(reply) for reply in everything])
    revisions.revise(
        scene,
        digest,
        asked=asked,
        why=revisions.THREAD_CHANGED,
        resources=revisions.resources(made.resources, everything),
        still_open=[{"reply": reply, "text": text} for reply, text in made.still_open],
    )
