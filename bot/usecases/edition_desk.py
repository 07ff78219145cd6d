"""What coordinators do to an update before it leaves. None overwrites another."""

from datetime import datetime

from bot.domain.editions import (
    EDITION,
    Audience,
    Edition,
    EditionAct,
    EditionState,
    Seen,
)
from bot.domain.errors import CommunityError, NotFound, OutOfDate
from bot.domain.lifecycle import move
from bot.domain.members import Member
from bot.domain.texts import admit, keepable
from bot.owing import Scene, editions, homes, newsletters, queue
from bot.store import Transaction
from bot.usecases.context import Context, coordinating

EMPTY = (
    "There is nothing in this update to send. Write a note, put something back, or "
    "choose “Not this month”."
)
NEWS = (
    "Something in this update has changed since you opened it, so nothing was "
    "approved. Please open it again and look."
)


def leave_out(ctx: Context, *, user: str, seen: Seen, item: str) -> None:
    """Leave *item* ("digest:7") out of the update.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, EditionAct.CHANGE)
        if edit is None:
            return
        scene, member, edition = edit
        if item not in newsletters.gathered(scene, edition.month).keys:
            raise NotFound
        left_out = [*(one for one in edition.left_out if one != item), item]
        _changed(scene, member, edition, seen, "item left out", left_out=left_out)


def put_back(ctx: Context, *, user: str, seen: Seen, item: str) -> None:
    """Put *item* back.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, EditionAct.CHANGE)
        if edit is None:
            return
        scene, member, edition = edit
        left_out = [one for one in edition.left_out if one != item]
        _changed(scene, member, edition, seen, "item put back", left_out=left_out)


def write_note(
    ctx: Context, *, user: str, seen: Seen, note: str, no_patient: bool = False
) -> None:
    """Write the note that stands at the top, marked as the coordinator's.

    Raises:
        PatientDataFound: the words seem to identify a patient.
        PatientDataPossible: they might, and *no_patient* was not ticked.
        CommunityError: see ``_edit``.
    """
    words = keepable(note).strip()
    doubts = admit(words, field="note", sure=no_patient)
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, EditionAct.CHANGE)
        if edit is None:
            return
        scene, member, edition = edit
        ctx.note_sure(tx, member, f"edition:{edition.id}", doubts)
        by = member.id if words else None
        _changed(scene, member, edition, seen, "note written", note=words, note_by=by)


def approve(ctx: Context, *, user: str, seen: Seen) -> datetime | None:
    """Approve the update as *seen*; returns when it leaves.

    None where this very act has been done before.

    Raises:
        OutOfDate: something has come in, or gone, since it was seen.
        CommunityError: there is nothing in it; see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, EditionAct.APPROVE)
        if edit is None:
            return None
        scene, member, edition = edit
        news = newsletters.newsletter(scene, edition, Audience.MEMBERS)
        if news.stamp != seen.stamp:
            raise OutOfDate(NEWS)
        if news.empty and not news.note:
            raise CommunityError(EMPTY)
        leaves = editions.leaving(scene)
        _changed(
            scene,
            member,
            edition,
            seen,
            "edition approved",
            approved_at=ctx.now(),
            approved_by=member.id,
            leaves_at=leaves,
        )
        homes.show_coordinators(scene)
        return leaves


def take_back(ctx: Context, *, user: str, seen: Seen) -> None:
    """*Take back* what was approved, while it is held.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, EditionAct.TAKE_BACK)
        if edit is None:
            return
        scene, member, edition = edit
        _changed(scene, member, edition, seen, "edition taken back", **UNAPPROVED)
        homes.show_coordinators(scene)


def drop(ctx: Context, *, user: str, seen: Seen) -> None:
    """*Not this month*: nobody gets it.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, EditionAct.DROP)
        if edit is None:
            return
        scene, member, edition = edit
        gone = {**UNAPPROVED, "dropped_at": ctx.now()}
        _changed(scene, member, edition, seen, "edition dropped", **gone)
        queue.settle(scene, editions.need_key(edition), by=member.id)


def resume(ctx: Context, *, user: str, seen: Seen) -> None:
    """*Take it up again*: it is a draft once more.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, EditionAct.RESUME)
        if edit is None:
            return
        scene, member, edition = edit
        _changed(scene, member, edition, seen, "edition resumed", dropped_at=None)
        editions.need_again(scene, _edition(tx, edition.id))


#: What an edition that is not approved any more has not.
UNAPPROVED: dict[str, object] = {
    "approved_at": None,
    "approved_by": None,
    "leaves_at": None,
}


def _edit(
    ctx: Context, tx: Transaction, user: str, seen: Seen, act: EditionAct
) -> tuple[Scene, Member, Edition] | None:
    """Everything an act needs; None where this very act has been done before.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such edition.
        IllegalMove: it is past that; the advice says what can be done.
        OutOfDate: somebody else has changed it since.
    """
    member = coordinating(tx, user)
    edition = tx.editions.held(seen.edition)
    if edition is None:
        raise NotFound
    if edition.last_act == seen.once:
        return None
    move(EDITION, _now(ctx, edition), act)
    if edition.version != seen.version:
        raise OutOfDate
    return ctx.scene(tx), member, edition


def _now(ctx: Context, edition: Edition) -> EditionState:
    """Where *edition* is; past its hold it counts as leaving, begun or not."""
    over = edition.leaves_at is not None and edition.leaves_at <= ctx.now()
    held = edition.state is EditionState.HELD
    return EditionState.SENDING if held and over and ctx.mail else edition.state


def _changed(
    scene: Scene,
    member: Member,
    edition: Edition,
    seen: Seen,
    act: str,
    **values: object,
) -> None:
    tx = scene.tx
    tx.editions.change(edition.id, seen=seen.version, last_act=seen.once, **values)
    tx.audit.add(
        actor=member.id, act=act, subject=f"edition:{edition.id}", at=scene.now
    )


def _edition(tx: Transaction, edition: int) -> Edition:
    found = tx.editions.get(edition)
    if found is None:
        raise NotFound
    return found
