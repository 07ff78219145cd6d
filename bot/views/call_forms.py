"""What coordinators fill in about a call, and the desk from which they do."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.call_drafts import CallDraft
from bot.domain.calls import AGENDA_MOST, DIAL_IN_MOST, TITLE_MOST, Answer, CallState
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.calls import ANSWERS, Shown, tally
from bot.views.forms import no_patient
from bot.views.mrkdwn import escape, plain

CONFIRM_FORM, CHANGE_FORM = "call_confirm", "call_change"
AGENDA_FORM, ANSWER_FORM = "call_agenda", "call_answers"
CANCEL_FORM, DROP_FORM = "call_cancel", "call_drop"
DAY_OFF = "day_off"  #: the field with the box to tick for a day nobody works

_STATES = {
    CallState.PROPOSED: "*Proposed.* Nobody has been told of it.",
    CallState.CONFIRMED: "*Confirmed.* Members have been told.",
    CallState.HELD: "*Over.*",
    CallState.CANCELLED: "*Cancelled.* Members have been told.",
    CallState.DROPPED: "*Not this quarter.* Nobody was told of it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A call with everything a coordinator needs to look after it."""

    shown: Shown
    version: int  #: that was looked at
    draft: CallDraft  #: what the form about it begins with
    answers: Sequence[tuple[Answer, Sequence[str]]]  #: names, by what they said


def desk(desk_: Desk) -> Block:
    """The desk: how the call stands, who comes, and what can be done."""
    shown = desk_.shown
    joining = plain(shown.dial_in, 800) or "_How to join is not said yet._"
    body = [
        blocks.header(shown.title),
        blocks.text(f"*{escape(shown.when)}*\n{joining}\n{_STATES[shown.state]}"),
    ]
    if shown.agenda:
        body.append(blocks.text(f"*Agenda*\n{plain(shown.agenda, 2000)}"))
    if shown.state is CallState.CONFIRMED:
        body += _looking_after(desk_)
    body += _who(desk_)
    return blocks.form("call_desk", "The call", body, close="Close")


def call_form(desk_: Desk, *, confirm: bool, doubt: str = "", off: str = "") -> Block:
    """Confirm a call or change it: everything that calendars are told.

    *doubt* is the guard's, *off* says why nobody works that day; each adds a box.
    """
    draft = desk_.draft
    fields = [
        blocks.day("day", "Day", initial=draft.day, optional=False),
        blocks.typed(
            "starts", "Begins at", initial=draft.starts, most=5, hint="As in 12:30"
        ),
        *_day_off(off),
        blocks.typed("minutes", "Minutes", initial=draft.minutes, most=3),
        blocks.typed("title", "Title", initial=draft.title, most=TITLE_MOST),
        blocks.typed(
            "dial_in",
            "How to join",
            initial=draft.dial_in,
            lines=True,
            optional=True,
            most=DIAL_IN_MOST,
            hint="A number and PIN, or an address; it stands in everyone’s calendar",
        ),
        _agenda_field(draft),
        *no_patient(doubt),
    ]
    told = (
        "Members are told once you confirm: in Slack, and by e-mail with an "
        "invitation for their calendar."
        if confirm
        else "Those who said they would come are told at once, others as soon as they "
        "may be. The entry in their calendars changes."
    )
    return blocks.form(
        CONFIRM_FORM if confirm else CHANGE_FORM,
        "Confirm the call" if confirm else "Change the call",
        [blocks.text(told), *fields],
        submit="Confirm" if confirm else "Change",
        about=f"{desk_.shown.id}:{desk_.version}",
    )


def agenda_form(desk_: Desk, *, doubt: str = "") -> Block:
    """Write the agenda; open questions are put beside it by themselves."""
    told = (
        "It goes out with the reminder, a week before. Questions that are still open "
        "then are put below it as suggestions."
    )
    fields = [blocks.text(told), _agenda_field(desk_.draft), *no_patient(doubt)]
    return _sub(AGENDA_FORM, "Agenda", fields, desk_, submit="Save")


def answer_form(desk_: Desk) -> Block:
    """Note what a member has said by word of mouth, or by a calendar's reply."""
    fields = [
        blocks.typed(
            "who", "Who", most=150, hint="Their whole name, or their e-mail address"
        ),
        blocks.chosen(
            "answer",
            "What did they say?",
            [(answer.value, label) for answer, label in ANSWERS.items()],
            kind="radio_buttons",
        ),
    ]
    return _sub(ANSWER_FORM, "Who comes", fields, desk_, submit="Note it")


def cancel_form(desk_: Desk) -> Block:
    """Make sure that the call is meant to be cancelled."""
    told = (
        f"Cancel {escape(desk_.shown.name)}, {escape(desk_.shown.when)}? Those who "
        "said they would come are told at once, and it goes from everyone’s calendar. "
        "This cannot be taken back."
    )
    return _sub(
        CANCEL_FORM, "Cancel the call", [blocks.text(told)], desk_, submit="Cancel it"
    )


def drop_form(desk_: Desk) -> Block:
    """Make sure that there is to be no call this quarter."""
    told = "No call this quarter? Nobody has been told of it, and nobody will be."
    return _sub(
        DROP_FORM, "Not this quarter", [blocks.text(told)], desk_, submit="No call"
    )


def _looking_after(desk_: Desk) -> list[Block]:
    call = str(desk_.shown.id)
    row = blocks.buttons(
        Button(label="Move or change", action="call_change_open", value=call),
        Button(label="Agenda", action="call_agenda_open", value=call),
        Button(label="Note an answer", action="call_answers_open", value=call),
        Button(label="Cancel the call", action="call_cancel_open", value=call),
    )
    return [row]


def _who(desk_: Desk) -> list[Block]:
    if desk_.shown.state is CallState.PROPOSED:
        return []
    body = [blocks.text(f"*Who comes*\n{tally(desk_.shown.counts)}")]
    for answer, names in desk_.answers:
        label = ANSWERS.get(answer, "Would have come at an earlier time, asked again")
        body.append(blocks.text(f"*{label}*\n{plain(', '.join(names), 2500)}"))
    return [*body, blocks.small("Only coordinators see who said what.")]


def _agenda_field(draft: CallDraft) -> Block:
    return blocks.typed(
        "agenda",
        "Agenda",
        initial=draft.agenda,
        lines=True,
        optional=True,
        most=AGENDA_MOST,
        hint="You can write it later; it goes out with the reminder",
    )


def _day_off(off: str) -> list[Block]:
    if not off:
        return []
    return [
        blocks.text(f":warning: *{escape(off)}*"),
        blocks.several(
            DAY_OFF, "Please check", [("yes", "Yes, on that day")], kind="checkboxes"
        ),
    ]


def _sub(
    callback: str, title: str, fields: Sequence[Block], desk_: Desk, *, submit: str
) -> Block:
    about = f"{desk_.shown.id}:{desk_.version}"
    return blocks.form(callback, title, fields, submit=submit, about=about)
