"""Web API: channels, who is in them, and what was said."""

from bot.simulator import membership
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.model import Channel
from bot.simulator.pages import page
from bot.simulator.timeline import history_page, replies_page
from bot.simulator.webapi import Call, method


@method("conversations.open", scope="im:write")
def conversations_open(call: Call) -> Json:
    """Open the bot's direct conversation with one person."""
    if call.args.text("channel"):
        channel, known = call.channel(), True
    else:
        channel, known = _open_with(call, call.args.required("users"))
    if not call.args.flag("return_im"):
        shown: Json = {"id": channel.id}
    else:
        shown = channel.as_json(call.bot)
    extra = {"no_op": True, "already_open": True} if known else {}
    return {"channel": shown, **extra}


def _open_with(call: Call, users: str) -> tuple[Channel, bool]:
    if "," in users:
        call.need("mpim:write")
        raise SlackRefuses("method_not_supported_for_channel_type")
    user = call.slack.user(users)
    if user.deleted:
        raise SlackRefuses("user_disabled")
    if user.is_bot or user.id == "USLACKBOT":
        raise SlackRefuses("cannot_dm_bot")
    known = users in call.slack.direct
    return call.slack.open_dm(users), known


@method("conversations.info")
def info(call: Call) -> Json:
    """Describe one channel."""
    call.need("channels:read", "groups:read", "im:read", "mpim:read")
    channel = call.channel()
    call.need(f"{channel.family}:read")
    return {"channel": channel.as_json(call.bot)}


@method("conversations.list")
def list_all(call: Call) -> Json:
    """List the channels the app may know of."""
    channels, rest = page(call.args, _visible(call), lambda one: one.id, 100)
    return {"channels": [one.as_json(call.bot) for one in channels], **rest}


_FAMILY_OF = {
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}


def _visible(call: Call) -> list[Channel]:
    wanted = (call.args.text("types") or "public_channel").split(",")
    families = {_FAMILY_OF.get(kind.strip(), "") for kind in wanted}
    if "" in families:
        raise SlackRefuses("invalid_types")
    for family in sorted(families):
        call.need(f"{family}:read")
    hide_archived = call.args.flag("exclude_archived")
    return [
        channel
        for channel in call.slack.channels.values()
        if channel.family in families
        and (channel.family == "channels" or call.bot in channel.members)
        and not (hide_archived and channel.is_archived)
    ]


@method("users.conversations")
def of_user(call: Call) -> Json:
    """List the channels the bot, or a person, is in."""
    user_id = call.args.text("user") or call.bot
    call.slack.user(user_id)
    inside = [one for one in _visible(call) if user_id in one.members]
    channels, rest = page(call.args, inside, lambda one: one.id, 100)
    return {"channels": [one.as_json(call.bot) for one in channels], **rest}


@method("conversations.join", scope="channels:join")
def join(call: Call) -> Json:
    """Join a public channel."""
    channel = call.channel()
    if channel.is_private or channel.is_im:
        raise SlackRefuses("method_not_supported_for_channel_type")
    joined = membership.join(call.slack, channel, call.bot)
    body: Json = {"channel": channel.as_json(call.bot)}
    if not joined:
        warning = {"warnings": ["already_in_channel"]}
        body |= {"warning": "already_in_channel", "response_metadata": warning}
    return body


@method("conversations.members")
def members(call: Call) -> Json:
    """List who is in a channel."""
    channel = call.channel()
    call.need(f"{channel.family}:read")
    some, rest = page(call.args, channel.members, str, 100)
    return {"members": list(some), **rest}


def _readable(call: Call) -> Channel:
    every = ("channels", "groups", "im", "mpim")
    call.need(*(f"{family}:history" for family in every))
    channel = call.channel()
    call.need(f"{channel.family}:history")
    if call.bot not in channel.members:
        raise SlackRefuses("not_in_channel")
    return channel


@method("conversations.history")
def history(call: Call) -> Json:
    """Read a channel, newest first."""
    return history_page(call.slack, _readable(call), call.args)


@method("conversations.replies")
def replies(call: Call) -> Json:
    """Read a thread: its root, then its replies, oldest first."""
    return replies_page(call.slack, _readable(call), call.args)
