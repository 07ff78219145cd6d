"""Web API: posting, changing and deleting messages."""

from typing import Any

from bot.simulator import messages
from bot.simulator.blocks import check_message
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.model import Channel, Message
from bot.simulator.webapi import Call, method

#: Characters of text `chat.update` and `chat.postEphemeral` take.
TEXT_MOST = messages.TEXT_LIMIT
_CUT = (
    "[WARN] Your message was truncated but still posted. "
    "The `text` field accepts up to 40,000 characters."
)


@method("chat.postMessage", scope="chat:write")
def post_message(call: Call) -> Json:
    """Post to a channel or, by user id, to a person's direct conversation."""
    channel = _destination(call)
    content = _content(call)
    message = messages.post(
        call.slack,
        channel,
        call.bot,
        content.pop("text"),
        by_app=True,
        thread_ts=call.args.text("thread_ts") or None,
        broadcast=call.args.flag("reply_broadcast"),
        **content,
        **_as_somebody_else(call),
    )
    shown = messages.as_json(call.slack, message, metadata=True)
    body: Json = {"channel": channel.id, "ts": message.ts, "message": shown}
    if len(call.args.text("text")) > messages.TEXT_LIMIT:
        about = {"messages": [_CUT], "warnings": ["message_truncated"]}
        body |= {"warning": "message_truncated", "response_metadata": about}
    return body


def _as_somebody_else(call: Call) -> Json:
    username = call.args.text("username")
    if not username or "chat:write.customize" not in call.slack.app.scopes:
        return {}
    return {"username": username, "subtype": "bot_message"}


def _destination(call: Call) -> Channel:
    name = call.args.required("channel")
    if name in call.slack.users:
        return _direct(call, name)
    channel = call.channel()
    member = call.bot in channel.members
    public = "chat:write.public" in call.slack.app.scopes
    if channel.is_archived:
        raise SlackRefuses("is_archived")
    if not member and not public:
        raise SlackRefuses("not_in_channel")
    return channel


def _direct(call: Call, user_id: str) -> Channel:
    user = call.slack.user(user_id)
    if user.is_bot or user.deleted or user_id == "USLACKBOT":
        raise SlackRefuses("channel_not_found")
    return call.slack.open_dm(user_id)


def _content(call: Call) -> Json:
    """Give checked text, blocks, attachments and metadata.

    Raises:
        SlackRefuses: nothing to show, or something Slack would not take.
    """
    blocks = call.args.structure("blocks", "invalid_blocks_format")
    attachments = call.args.structure("attachments", "invalid_attachments") or []
    text = call.args.text("text")
    if blocks:
        check_message(blocks)
    if not (text.strip() or blocks or attachments):
        raise SlackRefuses("no_text")
    metadata = _metadata(call.args.structure("metadata", "invalid_metadata_format"))
    given: Json = {"text": text, "blocks": blocks or [], "attachments": attachments}
    return given | {"metadata": metadata}


def _metadata(given: Any) -> Json | None:
    if given is None:
        return None
    if not isinstance(given, dict):
        raise SlackRefuses("invalid_metadata_format")
    if given and not (
        isinstance(given.get("event_type"), str)
        and isinstance(given.get("event_payload"), dict)
    ):
        raise SlackRefuses("invalid_metadata_schema")
    return given


@method("chat.update", scope="chat:write")
def update(call: Call) -> Json:
    """Change one of the bot's own messages."""
    message = _own(call, "cant_update_message")
    content = _content(call)
    if len(content["text"]) > TEXT_MOST:
        raise SlackRefuses("msg_too_long")
    changes = {
        name: content[name] for name in content if call.args.given.get(name) is not None
    }
    messages.edit(call.slack, message, call.bot, **changes)
    shown = messages.as_json(call.slack, message, metadata=True)
    about = {"channel": message.channel, "ts": message.ts, "text": message.text}
    return about | {"message": shown}


@method("chat.delete", scope="chat:write")
def delete(call: Call) -> Json:
    """Delete one of the bot's own messages."""
    message = _own(call, "cant_delete_message")
    messages.delete(call.slack, message)
    return {"channel": message.channel, "ts": message.ts}


def _own(call: Call, refusal: str) -> Message:
    channel = call.channel()
    message = call.slack.message(channel, call.args.required("ts"))
    if message.user != call.bot:
        raise SlackRefuses(refusal)
    if channel.is_archived:
        raise SlackRefuses("is_archived")
    return message


@method("chat.postEphemeral", scope="chat:write")
def post_ephemeral(call: Call) -> Json:
    """Show something to one person in a channel they are in."""
    channel = _destination(call)
    user_id = call.args.required("user")
    content = _content(call)
    if len(content["text"]) > TEXT_MOST:
        raise SlackRefuses("msg_too_long")
    if user_id not in call.slack.users:
        raise SlackRefuses("user_not_found")
    if user_id not in channel.members:
        raise SlackRefuses("user_not_in_channel")
    content["thread_ts"] = call.args.text("thread_ts")
    ts = messages.ephemeral(call.slack, channel, user_id, **content)
    return {"message_ts": ts}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    """Give a message's link."""
    channel = call.channel()
    message = call.slack.message(channel, call.args.required("message_ts"))
    return {"channel": channel.id, "permalink": call.slack.permalink(message)}
