"""People at work: buttons, menus, forms, commands and shortcuts.

Each act is sent to the app at once and returns the envelope it went in, or None
where Slack's client would tell the app nothing.
"""

from dataclasses import dataclass
from typing import Any

from bot.simulator import payloads
from bot.simulator.delivery import Envelope
from bot.simulator.errors import ClientRefuses, Json
from bot.simulator.forms import Form
from bot.simulator.inputs import VALUE_NAME, chosen, elements, find, missing
from bot.simulator.model import Channel
from bot.simulator.world import World

INTERACTIVE = "interactive"


@dataclass(frozen=True)
class Place:
    """Where a person sees the thing they use."""

    #: "message", "ephemeral", "home" or "modal".
    kind: str
    blocks: list[Json]
    #: What the payload says of it.
    about: Json
    form: Form | None = None


def message_place(world: World, user: str, channel_id: str, ts: str) -> Place:
    """Find a message in front of a person, one only they see included."""
    channel = world.workspace.channel(channel_id)
    if channel.is_archived:
        raise ClientRefuses("The channel is archived.")
    if user not in channel.members and channel.is_private:
        raise ClientRefuses("That person does not see this channel.")
    for shown in world.workspace.ephemerals:
        if (shown["ts"], shown["to"]) == (ts, user):
            return _ephemeral_place(world, user, channel, shown)
    message = world.workspace.message(channel, ts)
    container = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel.id,
        "is_ephemeral": False,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    about = payloads.about_message(world, channel, message, user)
    about |= {"container": container, "state": {"values": {}}}
    return Place("message", message.blocks, about)


def _ephemeral_place(world: World, user: str, channel: Channel, shown: Json) -> Place:
    container = {
        "type": "message",
        "message_ts": shown["ts"],
        "channel_id": channel.id,
        "is_ephemeral": True,
    }
    address = payloads.respond_at(
        world, channel.id, user, message_ts=shown["ts"], ephemeral=True
    )
    about = {
        "container": container,
        "channel": payloads.short_channel(channel),
        "state": {"values": {}},
        "response_url": address,
    }
    return Place("ephemeral", shown["blocks"], about)


def form_place(world: World, form: Form | None) -> Place:
    """Give an open modal or Home as a place.

    Raises:
        ClientRefuses: nothing is open.
    """
    if form is None:
        raise ClientRefuses("Nothing is open.")
    view = payloads.view_of(world, form)
    about = {"container": {"type": "view", "view_id": form.id}, "view": view}
    return Place("view", form.view["blocks"], about, form)


def press(
    world: World,
    user: str,
    place: Place,
    *,
    action_id: str,
    block_id: str = "",
    value: Any = None,
) -> Envelope | None:
    """Use an element: press a button, or choose *value* in anything else."""
    block, element = _meant(place, action_id, block_id, value)
    state = _state(element, value)
    if place.form is not None and element["type"] != "button":
        place.form.values.setdefault(block["block_id"], {})[action_id] = state
    if block["type"] == "input" and not block.get("dispatch_action"):
        return None
    action = _action(world, block, element, state)
    payload = payloads.with_trigger(world, "block_actions", user) | place.about
    if place.form is not None:
        payload["view"] = payloads.view_of(world, place.form)
    _note(world, user, "used", action_id=action_id, block_id=block["block_id"])
    return world.delivery.dispatch(INTERACTIVE, payload | {"actions": [action]})


def _meant(
    place: Place, action_id: str, block_id: str, value: Any
) -> tuple[Json, Json]:
    """Find the element; of several buttons alike, the one that has *value*."""
    for block, element in elements(place.blocks):
        named = element["action_id"] == action_id
        here = block_id in {"", block.get("block_id")}
        is_button = element["type"] == "button" and value is not None
        if named and here and is_button and element.get("value") == value:
            return block, element
    return find(place.blocks, action_id, block_id)


def _state(element: Json, value: Any) -> Json:
    if element["type"] != "button":
        return chosen(element, value)
    if value is not None and element.get("value") != value:
        raise ClientRefuses(f"No such button with value {value!r}.")
    pressed = {"type": "button", "text": element["text"]}
    return pressed | {key: element[key] for key in ("value", "style") if key in element}


def _action(world: World, block: Json, element: Json, state: Json) -> Json:
    ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
    return {**ids, **state, "action_ts": world.workspace.clock.ts()}


def fill(form: Form, values: Json) -> None:
    """Put values into a modal's fields.

    *values* is `{block_id: {action_id: value}}`, or `{name: value}` where a name is
    an action id or a block id.

    Raises:
        ClientRefuses: there is no such field, or it does not take that.
    """
    for name, value in values.items():
        block, element = _field(form, name, value)
        inside = value[element["action_id"]] if isinstance(value, dict) else value
        state = chosen(element, inside)
        form.values.setdefault(block["block_id"], {})[element["action_id"]] = state


def _field(form: Form, name: str, value: Any) -> tuple[Json, Json]:
    for block, element in elements(form.view["blocks"]):
        inside = not isinstance(value, dict) or element["action_id"] in value
        fits = name == element["action_id"] or (name == block["block_id"] and inside)
        if fits and element["type"] in VALUE_NAME:
            return block, element
    raise ClientRefuses(f"The form has no field {name!r}.")


def submit(world: World, user: str, values: Json) -> tuple[Form, Envelope]:
    """Fill in and submit the modal in front.

    Raises:
        ClientRefuses: nothing is open, or Slack's client would not submit it.
    """
    form = world.forms.top(user)
    if form is None:
        raise ClientRefuses("Nothing is open.")
    if form.view.get("submit") is None:
        raise ClientRefuses("This form has no submit button.")
    fill(form, values)
    wrong = missing(form.view["blocks"], form.values)
    if wrong:
        raise ClientRefuses(f"The form cannot be submitted yet: {wrong}")
    payload = payloads.with_trigger(world, "view_submission", user)
    payload |= {"view": payloads.view_of(world, form), "response_urls": []}
    _note(world, user, "submitted", view_id=form.id)
    return form, world.delivery.dispatch(INTERACTIVE, payload)


def close(world: World, user: str, *, everything: bool = False) -> Envelope | None:
    """Close the modal in front, or all of them."""
    form = world.forms.top(user)
    if form is None:
        raise ClientRefuses("Nothing is open.")
    everything = everything or bool(form.view.get("clear_on_close"))
    payload = payloads.common(world, "view_closed", user)
    payload |= {"view": payloads.view_of(world, form), "is_cleared": everything}
    if everything:
        world.forms.clear(user)
    else:
        world.forms.close(form)
    _note(world, user, "closed", view_id=form.id)
    if not form.view.get("notify_on_close"):
        return None
    return world.delivery.dispatch(INTERACTIVE, payload)


def command(world: World, user: str, channel_id: str, text: str) -> Envelope:
    """Type a slash command.

    Raises:
        ClientRefuses: the app has no such command.
    """
    name, _, rest = text.partition(" ")
    known = world.app.commands
    granted = "commands" in world.app.scopes
    if not granted or (known is not None and name not in known):
        raise ClientRefuses(f"{name} is not a valid command.")
    channel = world.workspace.channel(channel_id)
    payload = payloads.command(world, user, channel, name, rest.strip())
    _note(world, user, "commanded", command=name, text=rest, channel=channel.id)
    return world.delivery.dispatch("slash_commands", payload)


def shortcut(world: World, user: str, callback_id: str) -> Envelope:
    """Use a global shortcut."""
    _known_shortcut(world, callback_id)
    payload = payloads.with_trigger(world, "shortcut", user)
    payload |= {"callback_id": callback_id, "action_ts": world.clock.ts()}
    _note(world, user, "shortcut", callback_id=callback_id)
    return world.delivery.dispatch(INTERACTIVE, payload)


def message_shortcut(
    world: World, user: str, callback_id: str, channel_id: str, ts: str
) -> Envelope:
    """Use a shortcut from a message's menu."""
    _known_shortcut(world, callback_id)
    channel = world.workspace.channel(channel_id)
    message = world.workspace.message(channel, ts)
    payload = payloads.with_trigger(world, "message_action", user)
    payload |= payloads.about_message(world, channel, message, user)
    payload |= {"callback_id": callback_id, "message_ts": ts}
    payload["action_ts"] = world.clock.ts()
    _note(world, user, "message_shortcut", callback_id=callback_id, ts=ts)
    return world.delivery.dispatch(INTERACTIVE, payload)


def _known_shortcut(world: World, callback_id: str) -> None:
    known = world.app.shortcuts
    if known is not None and callback_id not in known:
        raise ClientRefuses(f"There is no shortcut {callback_id!r}.")


def open_home(world: World, user: str, tab: str = "home") -> None:
    """Open the app's Home or Messages tab, which the app hears of."""
    channel = world.workspace.open_dm(user)
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel.id}
    event |= {"tab": tab, "event_ts": world.clock.ts()}
    home = world.forms.homes.get(user)
    if tab == "home" and home is not None:
        event["view"] = payloads.view_of(world, home)
    _note(world, user, "opened_home", tab=tab)
    world.workspace.announce(event, None)


def _note(world: World, user: str, verb: str, **about: Any) -> None:
    world.transcript.note("act", verb=verb, user=user, **about)
