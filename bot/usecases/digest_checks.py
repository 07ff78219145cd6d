"""Contributors and their lines: nobody is quoted in a way they have not seen."""

from dataclasses import replace

from bot.domain.collation import Place
from bot.domain.digests import Digest, DigestId, Kept, Line
from bot.domain.errors import (
    CommunityError,
    NotAllowed,
    NotFound,
    PatientDataFound,
    PatientDataPossible,
)
from bot.domain.guard import Verdict, inspect
from bot.domain.notices import NoticeKind
from bot.owing import Scene, digests, drafts, notices, revisions
from bot.store import Transaction
from bot.usecases.context import Context, asking

THEIRS = (
    "This line is somebody else’s, so only they can change it. Nothing was changed."
)
GONE = "This line is not in the digest any more. Nothing is needed from you."
PUBLISHED = (
    "The digest has been published, so the words cannot be changed here. You can leave "
    "your name off, or leave the line out. Or reply in the thread to add to it."
)
EMPTY = "Please type the words you would like to be quoted with."


def agree(ctx: Context, *, user: str, line: int) -> None:
    """*OK*: the author of *line* agrees to be quoted so.

    Raises:
        CommunityError: the line is somebody else's, or not there any more.
    """
    with ctx.begin() as tx:
        scene, digest, found = _held(ctx, tx, user, line)
        if found.agreed_at is None and digest.published_at is None:
            tx.digests.keep_line(replace(found, agreed_at=ctx.now()))
            _show(scene, found)


def line_of(ctx: Context, *, user: str, line: int) -> Line:
    """The line of that id, for its author to word anew.

    Raises:
        CommunityError: it is somebody else's, not there any more, or published.
    """
    with ctx.begin.read() as tx:
        _, digest, found = _theirs(ctx, tx, user, line)
        if digest.published_at is not None:
            raise CommunityError(PUBLISHED)
        return found


def change(
    ctx: Context, *, user: str, line: int, words: str, no_patient: bool = False
) -> None:
    """*Change it*: the author's new words take the line's place, and are marked so.

    Raises:
        PatientDataFound: the words seem to identify a patient.
        PatientDataPossible: they might, and *no_patient* was not ticked.
        CommunityError: it is somebody else's line, gone, or published.
    """
    words = words.strip()
    if not words:
        raise CommunityError(EMPTY, field="words")
    _guard(words, no_patient=no_patient)
    with ctx.begin() as tx:
        scene, digest, found = _held(ctx, tx, user, line)
        if digest.published_at is not None:
            raise CommunityError(PUBLISHED)
        after = replace(found, text=words, changed=True, agreed_at=ctx.now())
        if (found.text, found.changed) != (words, True):
            tx.digests.keep_line(after)
            revisions.revise(scene, digest, why=revisions.LINE_CHANGED)
        _show(scene, found)


def leave_name_off(ctx: Context, *, user: str, line: int) -> None:
    """*Leave my name off*: the line is shown as a member's; also after publication.

    Raises:
        CommunityError: it is somebody else's line, or gone.
    """
    with ctx.begin() as tx:
        scene, digest, found = _held(ctx, tx, user, line)
        if not found.named:
            return
        agreed = found.agreed_at or ctx.now()
        tx.digests.keep_line(replace(found, named=False, agreed_at=agreed))
        _revised(scene, digest)
        _show(scene, found)


def leave_out(ctx: Context, *, user: str, line: int) -> None:
    """*Leave me out*: the line goes, also after publication.

    Its reply stays in the ledger, and the replies it spoke for are placed anew.

    Raises:
        CommunityError: it is somebody else's line, or gone.
    """
    with ctx.begin() as tx:
        scene, digest, found = _held(ctx, tx, user, line)
        reply = tx.threads.reply(found.reply)
        if digest.published_at is not None and reply is not None:
            revisions.take_down(scene, digest, reply, Kept.LEFT_OUT)
            _revised(scene, digest)
        else:
            asked = drafts.take_out(scene, digest, found, Place.KEPT, Kept.LEFT_OUT)
            revisions.revise(scene, digest, why=revisions.LINE_CHANGED, asked=asked)
        _show(scene, found)


def end_checks(ctx: Context) -> int:
    """Take out lines that needed their author's yes and did not get it in time.

    Only in threads that were not asked through the bot; elsewhere silence permits the
    members' version. How many lines.
    """
    with ctx.begin.read() as tx:
        ended = [
            digest.id
            for digest in tx.digests.unpublished()
            if digest.approved_at is None and digest.check_ends_at <= ctx.now()
        ]
    return sum(_end_check(ctx, digest) for digest in ended)


def _end_check(ctx: Context, digest_id: DigestId) -> int:
    with ctx.begin() as tx:
        tx.digests.hold(digest_id)
        scene, digest = ctx.scene(tx), tx.digests.get(digest_id)
        if digest is None or drafts.asked_here(scene, digest):
            return 0
        silent = drafts.waiting(scene, digest)
        asked = False
        for line in silent:
            asked |= drafts.take_out(
                scene, digest, line, Place.KEPT, Kept.NOT_CONFIRMED
            )
        if silent:
            revisions.revise(scene, digest, why=revisions.LINE_CHANGED, asked=asked)
        return len(silent)


def _held(
    ctx: Context, tx: Transaction, user: str, line: int
) -> tuple[Scene, Digest, Line]:
    """Their line, in a digest that nobody else changes meanwhile."""
    found = tx.digests.line(line)
    if found is not None:
        tx.digests.hold(found.digest)
    return _theirs(ctx, tx, user, line)


def _theirs(
    ctx: Context, tx: Transaction, user: str, line: int
) -> tuple[Scene, Digest, Line]:
    member, found = asking(tx, user), tx.digests.line(line)
    digest = tx.digests.get(found.digest) if found else None
    if found is None or digest is None:
        raise NotFound
    if found.author != member.id:
        raise NotAllowed(THEIRS)
    if found.removed_at is not None or digest.dropped_at is not None:
        raise NotFound(GONE)
    return ctx.scene(tx), digest, found


def _revised(scene: Scene, digest: Digest) -> None:
    """The digest reads otherwise now: as a draft, or where it was published."""
    if digest.published_at is None:
        revisions.revise(scene, digest, why=revisions.LINE_CHANGED)
        return
    scene.tx.digests.change(digest.id)
    digests.show_published(scene, digest)


def _show(scene: Scene, line: Line) -> None:
    notices.show_again(scene, [NoticeKind.CHECK], line.id)


def _guard(words: str, *, no_patient: bool) -> None:
    finding = inspect(words)
    if finding.verdict is Verdict.REFUSE:
        raise PatientDataFound(finding.kinds, field="words")
    if finding.verdict is Verdict.ASK and not no_patient:
        raise PatientDataPossible(finding.kinds, field="words")
