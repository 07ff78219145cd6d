"""Calls: members say whether they come; coordinators look after them."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.call_drafts import CallDraft, DayOff
from bot.domain.calls import SeenCall
from bot.domain.errors import PatientDataPossible
from bot.handlers.ids import number
from bot.handlers.registry import Door, Pressed, Push, Replace, Reply, Say
from bot.usecases import call_desk, calls
from bot.usecases.context import Context
from bot.views import call_forms as view
from bot.views.blocks import Block
from bot.views.call_forms import Desk
from bot.views.forms import NO_PATIENT

Opens = Callable[[Desk], Block]
Does = Callable[[Context, str, SeenCall, CallDraft], None]

#: Buttons that open a form about a call.
_OPENING: dict[str, Opens] = {
    "call_confirm_open": lambda desk: view.call_form(desk, confirm=True),
    "call_change_open": lambda desk: view.call_form(desk, confirm=False),
    "call_agenda_open": view.agenda_form,
    "call_answers_open": view.answer_form,
    "call_cancel_open": view.cancel_form,
    "call_drop_open": view.drop_form,
}


def register(door: Door, ctx: Context) -> None:
    """Say what everything about calls does."""
    _answering(door, ctx)
    _opening(door, ctx)
    _deciding(door, ctx)
    _looking_after(door, ctx)


def _answering(door: Door, ctx: Context) -> None:
    @door.action("call_answer")
    def answer(act: Pressed) -> Reply:
        return Say(
            calls.press(ctx, user=act.user, call=number(act.value), answer=act.argument)
        )


def _opening(door: Door, ctx: Context) -> None:
    def opens(form: Opens) -> Callable[[Pressed], Reply]:
        def open_form(act: Pressed) -> Reply:
            shown = form(_desk(ctx, act, number(act.value)))
            return Replace(shown) if act.in_form else Push(shown)

        return open_form

    door.action("call_desk")(opens(view.desk))
    for name, form in _OPENING.items():
        door.action(name)(opens(form))


def _deciding(door: Door, ctx: Context) -> None:
    @door.view(view.CONFIRM_FORM)
    def confirm(act: Pressed) -> Reply:
        return _filled_in(ctx, act, _confirm)

    @door.view(view.CHANGE_FORM)
    def change(act: Pressed) -> Reply:
        return _filled_in(ctx, act, _change)

    @door.view(view.DROP_FORM)
    def drop(act: Pressed) -> Reply:
        call_desk.drop(ctx, user=act.user, seen=_seen(act))
        return Say("There is no call this quarter. Nobody was told of it.")

    @door.view(view.CANCEL_FORM)
    def cancel(act: Pressed) -> Reply:
        call_desk.cancel(ctx, user=act.user, seen=_seen(act))
        return _shown(ctx, act)


def _looking_after(door: Door, ctx: Context) -> None:
    @door.view(view.AGENDA_FORM)
    def agenda(act: Pressed) -> Reply:
        return _filled_in(ctx, act, _agenda)

    @door.view(view.ANSWER_FORM)
    def note(act: Pressed) -> Reply:
        call_desk.note_answer(
            ctx,
            user=act.user,
            seen=_seen(act),
            who=act.form["who"],
            answer=act.form["answer"],
        )
        return _shown(ctx, act)


def _filled_in(ctx: Context, act: Pressed, does: Does) -> Reply:
    """Do what a form says; where something is doubtful, ask once more, in the form."""
    try:
        does(ctx, act.user, _seen(act), _draft(act))
    except PatientDataPossible as doubt:
        if NO_PATIENT in act.form:
            raise
        return _again(ctx, act, doubt=doubt.advice)
    except DayOff as off:
        if view.DAY_OFF in act.form:
            raise
        return _again(ctx, act, off=off.advice)
    return _shown(ctx, act)


def _again(ctx: Context, act: Pressed, *, doubt: str = "", off: str = "") -> Reply:
    """The form as it was filled in, so that nothing of it is lost, with a box more."""
    seen = _seen(act)
    asked = replace(_desk(ctx, act, seen.call), version=seen.version, draft=_draft(act))
    if act.name == view.AGENDA_FORM:
        return Replace(view.agenda_form(asked, doubt=doubt))
    confirm = act.name == view.CONFIRM_FORM
    return Replace(view.call_form(asked, confirm=confirm, doubt=doubt, off=off))


def _confirm(ctx: Context, user: str, seen: SeenCall, draft: CallDraft) -> None:
    call_desk.confirm(ctx, user=user, seen=seen, draft=draft)


def _change(ctx: Context, user: str, seen: SeenCall, draft: CallDraft) -> None:
    call_desk.change(ctx, user=user, seen=seen, draft=draft)


def _agenda(ctx: Context, user: str, seen: SeenCall, draft: CallDraft) -> None:
    call_desk.write_agenda(ctx, user=user, seen=seen, draft=draft)


def _desk(ctx: Context, act: Pressed, call: int) -> Desk:
    return call_desk.open_desk(ctx, user=act.user, call=call)


def _shown(ctx: Context, act: Pressed) -> Reply:
    return Replace(view.desk(_desk(ctx, act, _seen(act).call)))


def _seen(act: Pressed) -> SeenCall:
    call, _, version = act.private_metadata.partition(":")
    return SeenCall(call=number(call), version=number(version or "0"), once=act.once)


def _draft(act: Pressed) -> CallDraft:
    return CallDraft(
        day=act.form["day"],
        starts=act.form["starts"],
        minutes=act.form["minutes"],
        title=act.form["title"],
        dial_in=act.form["dial_in"],
        agenda=act.form["agenda"],
        day_off=bool(act.form[view.DAY_OFF]),
        no_patient=bool(act.form[NO_PATIENT]),
    )
