"""What coordinators do with a call: confirm, change, cancel, and note who comes."""

from dataclasses import dataclass

from bot.domain.call_drafts import CallDraft, check_words, plan_of
from bot.domain.calls import (
    CALL,
    Call,
    CallAct,
    CallVersion,
    Plan,
    Rsvp,
    SeenCall,
    Source,
    given,
)
from bot.domain.errors import (
    CommunityError,
    NotFound,
    OutOfDate,
)
from bot.domain.lifecycle import move
from bot.domain.members import Member
from bot.owing import Scene, call_desks, call_news, homes, letters, queue
from bot.store import Transaction
from bot.usecases.context import Context, coordinating
from bot.views.call_forms import Desk

_NOBODY = "I know no member of that name or address. Nothing was noted."
_BEGUN = (
    "This call has begun, so nobody would hear in time that it is cancelled, and "
    "nothing was changed. If it did not take place, move it to another time."
)
_SEVERAL = (
    "Several members have that name, so nothing was noted. Please give their e-mail "
    "address instead."
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """One coordinator's act on one call, held until it is done."""

    scene: Scene
    by: Member
    call: Call
    once: str

    def keep(self, act: str, **values: object) -> Call:
        """Change the call, and note who did what."""
        tx = self.scene.tx
        changed = tx.calls.change(self.call.id, last_act=self.once, **values)
        subject = f"call:{self.call.id}"
        tx.audit.add(actor=self.by.id, act=act, subject=subject, at=self.scene.now)
        return changed


def open_desk(ctx: Context, *, user: str, call: int) -> Desk:
    """The call with everything a coordinator needs to look after it.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such call.
    """
    with ctx.begin.read() as tx:
        coordinating(tx, user)
        return call_desks.desk(ctx.scene(tx), _found(tx.calls.get(call)))


def confirm(ctx: Context, *, user: str, seen: SeenCall, draft: CallDraft) -> None:
    """Confirm a proposed call as *draft* has it: members are told of it.

    Raises:
        CommunityError: see ``_edit`` and ``plan_of``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, CallAct.CONFIRM)
        if edit is None:
            return
        plan = plan_of(draft, now=ctx.now(), almanac=ctx.community.almanac)
        call = edit.keep(
            "call confirmed",
            **_columns(plan),
            agenda=draft.agenda.strip(),
            organiser=_organiser(edit),
            confirmed_at=ctx.now(),
            confirmed_by=edit.by.id,
        )
        tx.calls.freeze(call, at=ctx.now())
        call_news.post(edit.scene, call)
        queue.settle(edit.scene, call.item_key, by=edit.by.id)
        homes.show_coordinators(edit.scene)


def change(ctx: Context, *, user: str, seen: SeenCall, draft: CallDraft) -> None:
    """Change a confirmed call to what *draft* has: calendars are told what differs.

    Where its time moves, everyone is asked anew whether they come. A new agenda alone
    is kept for the reminder.

    Raises:
        CommunityError: see ``_edit`` and ``plan_of``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, CallAct.CHANGE)
        if edit is None:
            return
        plan = plan_of(draft, now=ctx.now(), almanac=ctx.community.almanac)
        agenda = draft.agenda.strip()
        if plan == edit.call.plan:
            _note(edit, agenda)
        else:
            _tell(edit, plan, agenda)
        homes.show_coordinators(edit.scene)


def write_agenda(ctx: Context, *, user: str, seen: SeenCall, draft: CallDraft) -> None:
    """Write the agenda: it goes out with the reminder.

    Raises:
        CommunityError: see ``_edit``; the agenda is too long, or describes a patient.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, CallAct.NOTE)
        if edit is None:
            return
        check_words({"agenda": draft.agenda}, no_patient=draft.no_patient)
        _note(edit, draft.agenda.strip())


def note_answer(
    ctx: Context, *, user: str, seen: SeenCall, who: str, answer: str
) -> None:
    """Note what a member said by word of mouth about coming.

    Raises:
        CommunityError: nobody is known as *who*, or several are; *answer* is none; see
            ``_edit``.
    """
    said = given(answer, field="answer")
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, CallAct.ANSWER)
        if edit is None:
            return
        member = _member(tx, who)
        tx.calls.answer(
            Rsvp(
                call=edit.call.id,
                member=member.id,
                answer=said,
                source=Source.COORDINATOR,
                at=ctx.now(),
            )
        )
        call = edit.keep("call answer noted")
        call_news.answered(edit.scene, call, member, said)


def cancel(ctx: Context, *, user: str, seen: SeenCall) -> None:
    """Cancel a confirmed call: everyone who knew of it is told, and calendars too.

    Raises:
        CommunityError: it has begun; see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, CallAct.CANCEL)
        if edit is None:
            return
        if edit.call.starts_at <= ctx.now():
            raise CommunityError(_BEGUN)
        _new_version(edit, "call cancelled", cancelled_at=ctx.now())
        homes.show_coordinators(edit.scene)


def drop(ctx: Context, *, user: str, seen: SeenCall) -> None:
    """*Not this quarter*: the proposal is dropped, and nobody hears of it.

    Raises:
        CommunityError: see ``_edit``.
    """
    with ctx.begin() as tx:
        edit = _edit(ctx, tx, user, seen, CallAct.DROP)
        if edit is None:
            return
        call = edit.keep("call dropped", dropped_at=ctx.now())
        queue.settle(edit.scene, call.item_key, by=edit.by.id)


def _edit(
    ctx: Context, tx: Transaction, user: str, seen: SeenCall, act: CallAct
) -> _Edit | None:
    """The act as far as it may go on; None where it has been done before.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such call.
        IllegalMove: it has no place in the call's life now.
        OutOfDate: somebody else has changed the call since it was seen.
    """
    call, by = _found(tx.calls.held(seen.call)), coordinating(tx, user)
    if call.last_act == seen.once:
        return None
    move(CALL, call.state(ctx.now()), act)
    if call.version != seen.version:
        raise OutOfDate
    return _Edit(ctx.scene(tx), by, call, seen.once)


def _note(edit: _Edit, agenda: str) -> None:
    if agenda == edit.call.agenda:
        return
    call = edit.keep("call agenda written", agenda=agenda)
    if call.confirmed_at is not None:
        call_news.show_post(edit.scene, call)


def _tell(edit: _Edit, plan: Plan, agenda: str) -> None:
    moved = plan.starts_at != edit.call.starts_at
    values: dict[str, object] = {**_columns(plan), "agenda": agenda}
    if moved:
        edit.scene.tx.calls.ask_anew(edit.call.id)
        values["agenda_told_at"] = None
    _new_version(edit, "call moved" if moved else "call changed", **values)


def _new_version(edit: _Edit, act: str, **values: object) -> None:
    """Tell calendars something newer; what is older and has not gone never goes."""
    tx = edit.scene.tx
    versions = tx.calls.versions(edit.call.id)
    organiser = edit.call.organiser or _organiser(edit)  # who confirmed may be erased
    values |= {"sequence": edit.call.sequence + 1, "organiser": organiser}
    call = edit.keep(act, **values)
    for older in versions:
        _forget(edit.scene, older)
    tx.calls.freeze(call, at=edit.scene.now)
    call_news.show_post(edit.scene, call)
    call_news.tell_thread(edit.scene, call, versions[-1])


def _forget(scene: Scene, older: CallVersion) -> None:
    """What calendars were to be told before, and has not gone, never goes."""
    telling = scene.tx.calls.telling
    telling.supersede(older, at=scene.now)
    parked = telling.parked(older)
    scene.tx.backlog.drop_messages(parked, at=scene.now)
    queue.settle_parked(scene, parked)


def _organiser(edit: _Edit) -> str:
    """The address that calendars answer to: of who confirms, else of a coordinator."""
    if edit.by.email:
        return edit.by.email
    other = letters.answers_to(edit.scene)
    return other.email or "" if other else ""


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title,
        "starts_at": plan.starts_at,
        "minutes": plan.minutes,
        "dial_in": plan.dial_in,
    }


def _member(tx: Transaction, who: str) -> Member:
    by_email = tx.members.by_email(who.strip()) if "@" in who else None
    found = [by_email] if by_email else list(tx.members.named(who.strip()))
    here = [member for member in found if member.left_at is None]
    if len(here) != 1:
        raise CommunityError(_SEVERAL if here else _NOBODY, field="who")
    return here[0]


def _found(call: Call | None) -> Call:
    if call is None:
        raise NotFound
    return call
