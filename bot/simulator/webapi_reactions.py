"""Web API: reactions."""

from bot.simulator import membership, messages
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.model import Message
from bot.simulator.webapi import Call, method


def _message(call: Call) -> Message:
    channel = call.channel()
    if call.bot not in channel.members:
        raise SlackRefuses("not_in_channel")
    return call.slack.message(channel, call.args.required("timestamp"))


@method("reactions.add", scope="reactions:write")
def add(call: Call) -> Json:
    """React to a message."""
    name = call.args.required("name").strip(":")
    membership.react(call.slack, _message(call), call.bot, name)
    return {}


@method("reactions.remove", scope="reactions:write")
def remove(call: Call) -> Json:
    """Take a reaction back."""
    name = call.args.required("name").strip(":")
    membership.unreact(call.slack, _message(call), call.bot, name)
    return {}


@method("reactions.get", scope="reactions:read")
def get(call: Call) -> Json:
    """Give a message with its reactions."""
    message = _message(call)
    shown = messages.as_json(call.slack, message)
    return {"type": "message", "channel": message.channel, "message": shown}
