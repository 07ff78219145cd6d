"""What a coordinator fills in to change a draft. Each stands in the desk's place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.collation import Section
from bot.domain.digests import TAKE_OUT
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.desk import LINE, Desk, DeskLine
from bot.views.digests import HEADINGS
from bot.views.forms import no_patient
from bot.views.ledgers import REASONS
from bot.views.mrkdwn import quote

MOVE_FORM, OUT_FORM = "digest_move", "digest_out"
REWORD_FORM, ASIDE_FORM = "digest_reword", "digest_aside"
NOTE_LIMIT, HEADING_LIMIT = 2500, 100
SECTIONS = tuple(section.value for section in Section)


def move_form(shown: Desk, line: DeskLine, page: int) -> Block:
    """Choose another section for a line."""
    options = [(s.value, shown.headings[s]) for s in Section]
    fields = [
        blocks.text(quote(line.said.text, LINE)),
        blocks.chosen(
            "section",
            "Where does it belong?",
            options,
            initial=line.section.value,
            kind="radio_buttons",
        ),
    ]
    return _sub(
        MOVE_FORM,
        "Move a line",
        fields,
        shown,
        about=f"{page}:{line.id}",
        submit="Move",
    )


def out_form(shown: Desk, line: DeskLine, page: int) -> Block:
    """Say why a line is taken out."""
    options = [(reason.value, REASONS[reason]) for reason in TAKE_OUT]
    fields = [
        blocks.text(quote(line.said.text, LINE)),
        blocks.chosen(
            "reason",
            "Why is it not quoted?",
            options,
            kind="radio_buttons",
            hint="The reply stays in the ledger, with this reason",
        ),
    ]
    return _sub(
        OUT_FORM,
        "Take out a line",
        fields,
        shown,
        about=f"{page}:{line.id}",
        submit="Take out",
    )


def reword_form(shown: Desk, *, doubt: str = "") -> Block:
    """Word the headings, and add a note."""
    fields = [
        blocks.typed(
            section.value,
            f"Heading: {HEADINGS[section]}",
            initial=shown.headings[section],
            most=HEADING_LIMIT,
            optional=True,
        )
        for section in Section
    ]
    note = blocks.typed(
        "note",
        "Your note",
        initial=shown.note,
        lines=True,
        optional=True,
        most=NOTE_LIMIT,
        hint="Shown as the coordinator’s. Contributors’ words cannot be changed here.",
    )
    fields = [*fields, note, *no_patient(doubt)]
    return _sub(
        REWORD_FORM, "Headings and note", fields, shown, about="0", submit="Save"
    )


def typed(shown: Desk, *, headings: Mapping[str, str], note: str, version: int) -> Desk:
    """*shown* with what a coordinator has typed, seen as of *version*."""
    named = {Section(name): words for name, words in headings.items()}
    return replace(shown, headings=named, note=note, version=version)


def aside_form(shown: Desk) -> Block:
    """Make sure that the draft is meant to be put aside."""
    told = (
        "Put this draft aside? Nothing is published. You can collate the thread again."
    )
    return _sub(
        ASIDE_FORM,
        "Put aside",
        [blocks.text(told)],
        shown,
        about="0",
        submit="Put aside",
    )


def _sub(
    callback: str,
    title: str,
    fields: Sequence[Block],
    shown: Desk,
    *,
    about: str,
    submit: str,
) -> Block:
    """A form that stands in the place of the desk, with a way back to it."""
    back = Button(
        label="Back to the draft", action="open_digest", value=str(shown.digest)
    )
    return blocks.form(
        callback,
        title,
        [blocks.buttons(back), *fields],
        submit=submit,
        about=f"{shown.digest}:{shown.version}:{about}",
    )
