"""What the app answers takes effect: form responses, command replies, addresses."""

from typing import Any

from bot.simulator import messages
from bot.simulator.blocks import check_message, check_view
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.forms import Form
from bot.simulator.responses import Address
from bot.simulator.world import World

#: What Slack's client says under a form, and after a command, that got no answer.
TROUBLE = "We had some trouble connecting. Try again?"


def take_submission(world: World, form: Form, answer: Json | None) -> Json:
    """Let the answer to a submitted form take effect and say how things stand.

    The result has `acked`; `errors` by block, when the app found any; `trouble`,
    when what it answered was not to be used.
    """
    if answer is None:
        return {"acked": False, "trouble": TROUBLE}
    action = answer.get("response_action")
    try:
        return {"acked": True, **_act(world, form, action, answer)}
    except SlackRefuses as refusal:
        world.transcript.note("fault", method="response_action", error=refusal.code)
        return {"acked": True, "trouble": TROUBLE, "why": refusal.answer()}


def _act(world: World, form: Form, action: Any, answer: Json) -> Json:
    forms = world.forms
    if action == "errors":
        return {"errors": _errors(world, form, answer.get("errors"))}
    if action == "clear":
        forms.clear(form.user)
    elif action == "update":
        forms.update(form, check_view(answer.get("view"), "modal"))
    elif action == "push":
        forms.push(form.user, check_view(answer.get("view"), "modal"))
    elif action is None:
        forms.close(form)
    else:
        raise SlackRefuses("invalid_arguments")
    return {}


def _errors(world: World, form: Form, errors: Any) -> Json:
    inputs = {
        block["block_id"]
        for block in form.view["blocks"]
        if block.get("type") == "input"
    }
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackRefuses("invalid_arguments")
    about = {"user": form.user, "view_id": form.id, "errors": errors}
    world.transcript.note("view", verb="errors", **about)
    return errors


def take_command_reply(world: World, payload: Json, answer: Json | None) -> Json:
    """Show what the app answered to a slash command."""
    if answer is None:
        return {"acked": False, "trouble": "operation_timeout"}
    text = answer.get("text") if isinstance(answer, dict) else str(answer)
    if text or (isinstance(answer, dict) and answer.get("blocks")):
        address = Address(payload["channel_id"], payload["user_id"], 0)
        content = answer if isinstance(answer, dict) else {"text": text}
        respond(world, address, content)
    return {"acked": True}


def respond(world: World, address: Address, content: Json) -> None:
    """Do what was posted to a response address.

    Raises:
        SlackRefuses: as posting would.
    """
    if content.get("blocks"):
        check_message(content["blocks"])
    if content.get("delete_original"):
        _delete_original(world, address)
    elif content.get("replace_original") and address.message_ts:
        _replace_original(world, address, content)
    elif not (content.get("text") or content.get("blocks")):
        raise SlackRefuses("no_text")
    else:
        _new_message(world, address, content)


def _delete_original(world: World, address: Address) -> None:
    slack = world.workspace
    if address.ephemeral:
        kept = [one for one in slack.ephemerals if one["ts"] != address.message_ts]
        slack.ephemerals[:] = kept
        about = {"channel": address.channel, "ts": address.message_ts}
        slack.transcript.note("ephemeral", verb="deleted", user=address.user, **about)
        return
    channel = slack.channel(address.channel)
    messages.delete(slack, slack.message(channel, address.message_ts or ""))


def _replace_original(world: World, address: Address, content: Json) -> None:
    slack = world.workspace
    if address.ephemeral:
        _replace_ephemeral(world, address, content)
        return
    channel = slack.channel(address.channel)
    message = slack.message(channel, address.message_ts or "")
    changes = {"text": content.get("text", ""), "blocks": content.get("blocks")}
    messages.edit(slack, message, slack.app.user_id, **changes)


def _replace_ephemeral(world: World, address: Address, content: Json) -> None:
    for shown in world.workspace.ephemerals:
        if shown["ts"] == address.message_ts:
            shown["text"] = content.get("text", "")
            shown["blocks"] = messages.with_block_ids(content.get("blocks") or [])
            about = {"channel": address.channel, "ts": shown["ts"]}
            about |= {"text": shown["text"], "user": address.user}
            world.transcript.note("ephemeral", verb="replaced", **about)


def _new_message(world: World, address: Address, content: Json) -> None:
    slack = world.workspace
    channel = slack.channel(address.channel)
    text, blocks = content.get("text") or "", content.get("blocks") or []
    thread_ts = content.get("thread_ts")
    if content.get("response_type") != "in_channel":
        shown = {"text": text, "blocks": blocks, "thread_ts": thread_ts}
        messages.ephemeral(slack, channel, address.user, **shown)
        return
    about = {"blocks": blocks, "thread_ts": thread_ts, "by_app": True}
    messages.post(slack, channel, slack.app.user_id, text, **about)
