"""What people put into fields: initial state, values chosen, what clients refuse."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.simulator.errors import ClientRefuses, Json

#: Element type to the name of its value in Slack's state, and of its initial value.
VALUE_NAME = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": (
        "selected_conversations",
        "initial_conversations",
    ),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Give every interactive element with the block it is in."""
    for block in blocks:
        inside = [block.get("element"), block.get("accessory")]
        if block.get("type") == "actions":
            inside += block.get("elements") or []
        for element in inside:
            if isinstance(element, dict) and element.get("action_id"):
                yield block, element


def initial_values(blocks: list[Json]) -> dict[str, Json]:
    """Build the `state.values` of a view nobody has touched."""
    values: dict[str, Json] = {}
    for block, element in elements(blocks):
        names = VALUE_NAME.get(element["type"])
        if names is None or element["type"] == "overflow":
            continue
        state = {"type": element["type"], names[0]: element.get(names[1])}
        if names[0] == "selected_options":
            state[names[0]] = element.get(names[1]) or []
        values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def find(blocks: list[Json], action_id: str, block_id: str = "") -> tuple[Json, Json]:
    """Find an element by its action id.

    Raises:
        ClientRefuses: it is not there to be used.
    """
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in {"", block["block_id"]}:
            return block, element
    raise ClientRefuses(f"There is nothing with action_id {action_id!r} here.")


def chosen(element: Json, value: Any) -> Json:
    """Give the state of *element* once *value* is put into it.

    For options, *value* is the option's `value`, or a list of them.

    Raises:
        ClientRefuses: the element does not offer that.
    """
    name = VALUE_NAME[element["type"]][0]
    convert: dict[str, Callable[[], Any]] = {
        "selected_option": lambda: _option(element, value),
        "selected_options": lambda: [_option(element, one) for one in value or []],
    }
    state = convert[name]() if name in convert else value
    _within_most(element, state)
    return {"type": element["type"], name: state}


def _option(element: Json, value: Any) -> Json | None:
    if value is None:
        return None
    if element["type"] in {"external_select", "multi_external_select"}:
        text = {"type": "plain_text", "text": str(value), "emoji": True}
        return {"text": text, "value": str(value)}
    for option in _options(element):
        if option["value"] == value:
            return option
    raise ClientRefuses(f"{element['action_id']!r} does not offer {value!r}.")


def _options(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    inside = [option for group in groups for option in group["options"]]
    return [*(element.get("options") or []), *inside]


def _within_most(element: Json, state: Any) -> None:
    most = element.get("max_selected_items")
    if most and isinstance(state, list) and len(state) > most:
        raise ClientRefuses(f"{element['action_id']!r} takes at most {most}.")


def missing(blocks: list[Json], values: dict[str, Json]) -> dict[str, str]:
    """Give what Slack's client says under each field that stops a submission."""
    wrong: dict[str, str] = {}
    for block in blocks:
        if block.get("type") != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        value = state.get(VALUE_NAME[element["type"]][0])
        reason = _wrong(element, value, optional=bool(block.get("optional")))
        if reason:
            wrong[block["block_id"]] = reason
    return wrong


def _wrong(element: Json, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else "Please complete this required field."
    if element["type"] == "plain_text_input":
        return _wrong_length(element, value)
    if element["type"] == "email_text_input" and "@" not in value:
        return "Must be a valid email address."
    return None


def _wrong_length(element: Json, value: str) -> str | None:
    most = element.get("max_length", 3000)
    least = element.get("min_length", 0)
    if len(value) > most:
        return f"Must be {most} characters or fewer."
    if len(value) < least:
        return f"Must be at least {least} characters."
    return None
