"""What coordinators do to a draft. Two of them never overwrite one another."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.collation import Place, Section
from bot.domain.desk import Seen, may_take_out, moved_up, must_be_open
from bot.domain.digests import Digest, Line
from bot.domain.errors import (
    CommunityError,
    NotFound,
    OutOfDate,
    PatientDataFound,
    PatientDataPossible,
)
from bot.domain.guard import Verdict, inspect
from bot.domain.members import Member
from bot.domain.notices import NoticeKind
from bot.owing import Scene, desks, drafts, notices, queue
from bot.store import Transaction
from bot.usecases.context import Context, coordinating
from bot.views.desk import Desk
from bot.views.ledgers import Ledger

DROPPED = (
    "This draft was put aside meanwhile. If you need a new one, collate the thread "
    "again."
)
ONLY_ELSEWHERE = (
    "Its author was shown the line in Slack, and says so there. Nothing was changed."
)


def open_desk(ctx: Context, *, user: str, digest: int) -> Desk:
    """What a coordinator sees of the draft.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such digest.
    """
    with ctx.begin.read() as tx:
        coordinating(tx, user)
        return desks.desk(ctx.scene(tx), _digest(tx, digest))


def open_ledger(ctx: Context, *, user: str, digest: int) -> Ledger:
    """Where every reply went, and why.

    Raises:
        NotAllowed: they do not coordinate: reasons are for coordinators alone.
        NotFound: there is no such digest.
    """
    with ctx.begin.read() as tx:
        coordinating(tx, user)
        return desks.ledger(ctx.scene(tx), _digest(tx, digest))


def move(ctx: Context, *, user: str, seen: Seen, line: int, section: str) -> None:
    """Put *line* at the end of another section.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen)
        if edit is None:
            return
        scene, member, digest = edit
        found = _line(tx, digest, line)
        lines = tx.digests.lines(digest.id)
        last = max(one.position for one in lines)
        after = replace(found, section=Section(section), position=last + 1)
        tx.digests.keep_line(after)
        _changed(scene, member, digest, seen, "line moved", line=line)


def up(ctx: Context, *, user: str, seen: Seen, line: int) -> None:
    """Put *line* before the one above it in its section.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen)
        if edit is None:
            return
        scene, member, digest = edit
        found = _line(tx, digest, line)
        swap = moved_up(found, tx.digests.lines(digest.id))
        if swap is not None:
            position, other = swap
            tx.digests.keep_line(replace(other, position=found.position))
            tx.digests.keep_line(replace(found, position=position))
            _changed(scene, member, digest, seen, "line moved", line=line)


def take_out(ctx: Context, *, user: str, seen: Seen, line: int, reason: str) -> None:
    """Take *line* out, for one of the ledger's reasons; its reply stays in the ledger.

    The replies it spoke for are placed anew.

    Raises:
        CommunityError: it is the last dissent, or the reason is none; see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen)
        if edit is None:
            return
        scene, member, digest = edit
        found = _line(tx, digest, line)
        may_take_out(found, tx.digests.lines(digest.id), reason)
        asked = drafts.take_out(scene, digest, found, Place.KEPT, reason)
        more = desks.more_time(scene) if asked else {}
        _changed(scene, member, digest, seen, "line taken out", line=line, **more)


def confirm(ctx: Context, *, user: str, seen: Seen, line: int) -> None:
    """Note that the author of *line* has said yes to the coordinator.

    For authors who answer a letter, and for threads that were not asked through the
    bot, whose authors it cannot always reach.

    Raises:
        CommunityError: its author has a button for it; see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen)
        if edit is None:
            return
        scene, member, digest = edit
        found = _line(tx, digest, line)
        if drafts.asked_here(scene, digest) and not desks.by_letter(scene, found):
            raise CommunityError(ONLY_ELSEWHERE)
        tx.digests.keep_line(replace(found, agreed_at=ctx.now()))
        _changed(scene, member, digest, seen, "line confirmed", line=line)


def leave_name_off(ctx: Context, *, user: str, seen: Seen, line: int) -> None:
    """Show *line* as a member's, as its author has asked the coordinator.

    For authors who are reached by e-mail and have no button for it.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen)
        if edit is None:
            return
        scene, member, digest = edit
        found = _line(tx, digest, line)
        agreed = found.agreed_at or ctx.now()
        tx.digests.keep_line(replace(found, named=False, agreed_at=agreed))
        notices.show_again(scene, [NoticeKind.CHECK], found.id)
        _changed(scene, member, digest, seen, "name left off", line=line)


def reword(
    ctx: Context,
    *,
    user: str,
    seen: Seen,
    headings: Mapping[str, str],
    note: str,
    no_patient: bool = False,
) -> None:
    """Word the headings, and add a note that is marked as the coordinator's.

    Raises:
        PatientDataFound: the words seem to identify a patient.
        PatientDataPossible: they might, and *no_patient* was not ticked.
        CommunityError: see ``_edit``.
    """
    words = {name: text.strip() for name, text in headings.items()}
    _guard({**words, "note": note}, no_patient=no_patient)
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen)
        if edit is None:
            return
        scene, member, digest = edit
        _changed(
            scene,
            member,
            digest,
            seen,
            "digest reworded",
            headings={name: text for name, text in words.items() if text},
            note=note.strip(),
        )


def put_aside(ctx: Context, *, user: str, seen: Seen) -> None:
    """Put the draft aside: nothing is published, and the thread may be collated again.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen)
        if edit is None:
            return
        scene, member, digest = edit
        _changed(scene, member, digest, seen, "digest put aside", dropped_at=ctx.now())
        desks.stop_asking(scene, digest)
        queue.settle(scene, f"digest:{digest.id}", by=member.id)


def _edit(
    ctx: Context, tx: Transaction, user: str, seen: Seen
) -> tuple[Scene, Member, Digest] | None:
    """Everything an edit needs; None where this very act has been done before.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: the draft is not there, or was put aside.
        OutOfDate: somebody else has changed it since.
        IllegalMove: it is held or published.
    """
    member, digest = coordinating(tx, user), _digest(tx, seen.digest)
    if digest.last_act == seen.once:
        return None
    if digest.dropped_at is not None:
        raise NotFound(DROPPED)
    scene = ctx.scene(tx)
    must_be_open(drafts.state(scene, digest))
    if digest.version != seen.version:
        raise OutOfDate
    return scene, member, digest


def _changed(
    scene: Scene,
    member: Member,
    digest: Digest,
    seen: Seen,
    act: str,
    *,
    line: int | None = None,
    **values: object,
) -> None:
    tx = scene.tx
    tx.digests.change(digest.id, seen=seen.version, last_act=seen.once, **values)
    tx.audit.add(
        actor=member.id,
        act=act,
        subject=f"digest:{digest.id}",
        at=scene.now,
        detail={"line": line} if line else None,
    )


def _digest(tx: Transaction, digest: int) -> Digest:
    found = tx.digests.get(digest)
    if found is None:
        raise NotFound
    return found


def _line(tx: Transaction, digest: Digest, line: int) -> Line:
    found = tx.digests.line(line)
    if found is None or found.digest != digest.id or found.removed_at is not None:
        raise NotFound
    return found


def _guard(words: Mapping[str, str], *, no_patient: bool) -> None:
    for name, text in words.items():
        finding = inspect(text)
        if finding.verdict is Verdict.REFUSE:
            raise PatientDataFound(finding.kinds, field=name)
        if finding.verdict is Verdict.ASK and not no_patient:
            raise PatientDataPossible(finding.kinds, field=name)
