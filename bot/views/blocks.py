"""Block Kit's pieces, each within Slack's limits.

Source:
    docs.slack.dev, "Block Kit", reference of blocks and of block elements.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.mrkdwn import BUTTON, HEADER, OPTION, SECTION, shorten

Block = dict[str, Any]

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
MOST_OPTIONS, MOST_GROUPS = 100, 100
TITLE = 24
INPUT = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button: what it says, what it does, and to what."""

    label: str
    action: str
    value: str
    style: str | None = None  #: "primary" or "danger"; never the only sign


def text(mrkdwn: str, accessory: Block | None = None) -> Block:
    """A paragraph. *mrkdwn* is escaped already and at most 3,000 characters."""
    block: Block = {
        "type": "section",
        "text": {"type": "mrkdwn", "text": mrkdwn[:SECTION] or " "},
    }
    return block | ({"accessory": accessory} if accessory else {})


def header(words: str) -> Block:
    """A heading in plain text."""
    return {"type": "header", "text": _plain(shorten(words, HEADER))}


def small(*mrkdwn: str) -> Block:
    """Small print: up to ten pieces of escaped mrkdwn."""
    pieces = [piece[:2000] for piece in mrkdwn if piece][:10]
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": piece} for piece in pieces],
    }


def rule() -> Block:
    """A line across."""
    return {"type": "divider"}


def buttons(*row: Button) -> Block:
    """Up to 25 buttons in a row."""
    return {"type": "actions", "elements": [button(one) for one in row[:25]]}


def button(one: Button) -> Block:
    """A button, as an element."""
    element: Block = {
        "type": "button",
        "text": _plain(shorten(one.label, BUTTON)),
        "action_id": one.action,
        "value": one.value,
    }
    return element | ({"style": one.style} if one.style else {})


def menu(action: str, options: Sequence[tuple[str, str]]) -> Block:
    """An overflow menu of two to five (value, label) options, as an element."""
    return {"type": "overflow", "action_id": action, "options": _options(options)}


def typed(  # a field has as many parts as it has
    field: str,
    label: str,
    *,
    initial: str = "",
    hint: str = "",
    optional: bool = False,
    lines: bool = False,
    most: int = INPUT,
) -> Block:
    """A field to type in; its value is found under *field*."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": field,
        "multiline": lines,
        "max_length": most,
    }
    if initial:
        element["initial_value"] = initial[:most]
    return _field(field, label, element, hint=hint, optional=optional)


def chosen(  # a field has as many parts as it has
    field: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    initial: str | None = None,
    kind: str = "static_select",
    hint: str = "",
    optional: bool = False,
) -> Block:
    """A field to choose one of (value, label) *options*; or *kind* radio_buttons."""
    offered = _options(options)
    element: Block = {"type": kind, "action_id": field, **_in_groups(offered)}
    for option in offered:
        if option["value"] == initial:
            element["initial_option"] = option
    return _field(field, label, element, hint=hint, optional=optional)


def sought(  # a field has as many parts as it has
    field: str,
    label: str,
    action: str,
    *,
    initial: tuple[str, str] | None = None,
    hint: str = "",
) -> Block:
    """A field that looks up what is typed: the door's *action* offers the choices."""
    element: Block = {
        "type": "external_select",
        "action_id": action,
        "min_query_length": 0,
    }
    if initial:
        [element["initial_option"]] = _options([initial])
    return _field(field, label, element, hint=hint, optional=False)


def several(  # a field has as many parts as it has
    field: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    initial: Sequence[str] = (),
    kind: str = "multi_static_select",
    hint: str = "",
) -> Block:
    """A field to choose any of (value, label) *options*; *kind* may be checkboxes."""
    offered = _options(options)
    element: Block = {"type": kind, "action_id": field, **_in_groups(offered)}
    picked = [one for one in offered if one["value"] in set(initial)]
    if picked:
        element["initial_options"] = picked
    return _field(field, label, element, hint=hint, optional=True)


def day(
    field: str,
    label: str,
    *,
    initial: str | None = None,
    hint: str = "",
    optional: bool = True,
) -> Block:
    """A field to pick a day, given and taken as YYYY-MM-DD."""
    element: Block = {"type": "datepicker", "action_id": field}
    if initial:
        element["initial_date"] = initial
    return _field(field, label, element, hint=hint, optional=optional)


def form(  # a form has as many parts as it has
    callback: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "Cancel",
    about: str = "",
) -> Block:
    """A modal; *about* (at most 3,000 characters) comes back when it is sent."""
    view: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(shorten(title, TITLE)),
        "close": _plain(close),
        "blocks": list(blocks)[:MOST_IN_VIEW],
        "private_metadata": about,
    }
    return view | ({"submit": _plain(submit)} if submit else {})


def home(blocks: Sequence[Block]) -> Block:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks)[:MOST_IN_VIEW]}


def note(title: str, mrkdwn: str) -> Block:
    """A small modal that only says something."""
    return form("note", title, [text(mrkdwn)], close="Close")


def _field(
    field: str, label: str, element: Block, *, hint: str, optional: bool
) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field,
        "label": _plain(label),
        "element": element,
        "optional": optional,
    }
    return block | ({"hint": _plain(hint)} if hint else {})


def _options(options: Sequence[tuple[str, str]]) -> list[Block]:
    return [
        {"text": _plain(shorten(label, OPTION)), "value": value}
        for value, label in options[: MOST_OPTIONS * MOST_GROUPS]
    ]


def _in_groups(options: list[Block]) -> Block:
    """A list of at most a hundred, or groups of a hundred: Slack takes no more."""
    if len(options) <= MOST_OPTIONS:
        return {"options": options}
    starts = range(0, len(options), MOST_OPTIONS)
    return {"option_groups": [_group(options, start) for start in starts]}


def _group(options: list[Block], start: int) -> Block:
    inside = options[start : start + MOST_OPTIONS]
    label = f"{start + 1}–{start + len(inside)}"
    return {"label": _plain(label), "options": inside}


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": words or " ", "emoji": True}
