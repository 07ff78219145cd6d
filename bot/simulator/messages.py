"""Posting, changing and showing messages, with the events each act gives rise to."""

from typing import Any

from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.identifiers import new_block_id
from bot.simulator.model import Channel, Message
from bot.simulator.text import as_rich_text, broadcasts, mentions, stored
from bot.simulator.workspace import Workspace

#: Characters kept of a message's text; the rest is cut.
TEXT_LIMIT = 40_000
#: Repliers named on a thread's root.
SHOWN_REPLIERS = 5


def post(
    slack: Workspace, channel: Channel, user: str, text: str, **more: Any
) -> Message:
    """Post as anybody; *more* takes the fields of `Message`.

    Raises:
        SlackRefuses: the channel is archived, or the thread does not exist.
    """
    if channel.is_archived:
        raise SlackRefuses("is_archived")
    message = Message(
        channel.id, slack.clock.ts(), user, stored(text)[:TEXT_LIMIT], **more
    )
    message.thread_ts = _root_of(channel, message.thread_ts)
    if message.is_reply and message.broadcast:
        message.subtype = "thread_broadcast"
    message.plain = not message.blocks
    message.blocks = with_block_ids(message.blocks) or _repeated(message)
    _place(channel, message)
    _note(slack, "posted", message)
    _announce(slack, channel, message)
    return message


def _root_of(channel: Channel, thread_ts: str | None) -> str | None:
    """Find the root of the thread named; a reply's timestamp means its thread."""
    if not thread_ts:
        return None
    named = channel.messages.get(thread_ts)
    if named is None or (
        named.subtype == "tombstone" and not channel.threads.get(named.ts)
    ):
        raise SlackRefuses("thread_not_found")
    return named.thread_ts or named.ts


def _repeated(message: Message) -> list[Json]:
    """Repeat plain text as a rich text block, as Slack does."""
    if not message.text or message.subtype in {"channel_join", "channel_leave"}:
        return []
    return [as_rich_text(message.text, new_block_id())]


def with_block_ids(blocks: list[Json]) -> list[Json]:
    """Give every block that lacks one an id."""
    return [
        block if block.get("block_id") else {**block, "block_id": new_block_id()}
        for block in blocks
    ]


def _place(channel: Channel, message: Message) -> None:
    channel.messages[message.ts] = message
    if not message.is_reply:
        channel.timeline.append(message.ts)
        return
    root = message.thread_ts or ""
    channel.threads.setdefault(root, []).append(message.ts)
    channel.messages[root].thread_ts = root
    if message.broadcast:
        channel.timeline.append(message.ts)


def _announce(slack: Workspace, channel: Channel, message: Message) -> None:
    shown = as_json(slack, message)
    event = {
        **shown,
        "channel": channel.id,
        "channel_type": channel.kind,
        "event_ts": message.ts,
    }
    slack.announce(event, channel)
    bot = slack.app.user_id
    if not channel.is_im and message.user != bot and mentions(message.text, bot):
        keys = ("user", "ts", "client_msg_id", "text", "team", "thread_ts", "blocks")
        about = {key: shown[key] for key in keys if key in shown}
        mention = {"type": "app_mention", **about, "channel": channel.id}
        slack.announce({**mention, "event_ts": message.ts}, channel)


def edit(slack: Workspace, message: Message, by: str, **changes: Any) -> Message:
    """Change text, blocks, attachments or metadata and announce `message_changed`."""
    channel = slack.channels[message.channel]
    before = as_json(slack, message)
    _apply(message, changes)
    message.edited = {"user": by, "ts": slack.clock.ts()}
    _note(slack, "updated", message)
    _announce_change(slack, channel, message, before)
    return message


def _apply(message: Message, changes: Json) -> None:
    """Change what is given; blocks not given stay, as Slack documents."""
    if changes.get("text") is not None:
        message.text = stored(changes["text"])[:TEXT_LIMIT]
    if changes.get("blocks") is not None:
        message.blocks = with_block_ids(changes["blocks"])
        message.plain = not message.blocks
    if changes.get("attachments") is not None:
        message.attachments = changes["attachments"]
    if changes.get("metadata") is not None:
        message.metadata = changes["metadata"] or None
    if message.plain:
        message.blocks = _repeated(message)


def _announce_change(
    slack: Workspace, channel: Channel, message: Message, before: Json
) -> None:
    now = slack.clock.ts()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel.id,
        "ts": now,
        "event_ts": now,
        "channel_type": channel.kind,
        "message": as_json(slack, message),
        "previous_message": before,
    }
    slack.announce(event, channel)


def delete(slack: Workspace, message: Message) -> None:
    """Delete a message; a root with replies leaves a tombstone.

    Announces `message_deleted`, or `message_changed` to a tombstone.
    """
    channel = slack.channels[message.channel]
    before = as_json(slack, message)
    _note(slack, "deleted", message)
    if channel.threads.get(message.ts):
        _entomb(message)
        _announce_change(slack, channel, message, before)
        return
    _remove(channel, message)
    now = slack.clock.ts()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": channel.id,
        "ts": now,
        "event_ts": now,
        "deleted_ts": message.ts,
        "channel_type": channel.kind,
        "previous_message": before,
    }
    slack.announce(event, channel)


def _entomb(message: Message) -> None:
    """Leave only what a deleted root still shows."""
    message.subtype = "tombstone"
    message.user = "USLACKBOT"
    message.text = "This message was deleted."
    message.blocks, message.attachments = [], []
    message.metadata, message.by_app = None, False
    message.extra = {"hidden": True}
    message.reactions = {}


def _remove(channel: Channel, message: Message) -> None:
    del channel.messages[message.ts]
    if message.ts in channel.timeline:
        channel.timeline.remove(message.ts)
    if not message.is_reply:
        return
    root_ts = message.thread_ts or ""
    siblings = channel.threads[root_ts]
    siblings.remove(message.ts)
    if not siblings:
        del channel.threads[root_ts]
        _childless(channel, channel.messages[root_ts])


def _childless(channel: Channel, root: Message) -> None:
    """Let a root whose last reply went be an ordinary message, or go at last."""
    root.thread_ts = None
    if root.subtype == "tombstone":
        del channel.messages[root.ts]
        channel.timeline.remove(root.ts)


def as_json(slack: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """Show *message* as history, replies and events do."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts}
    shown |= {"text": message.text, "team": slack.team.id, **message.extra}
    shown |= _only_given(
        subtype=message.subtype,
        blocks=message.blocks,
        attachments=message.attachments,
        edited=message.edited,
        thread_ts=message.thread_ts,
        metadata=message.metadata if metadata else None,
        username=message.username,
        reactions=_reactions(message),
    )
    shown |= _by_app(slack) if message.by_app else {}
    return shown | _thread(slack.channels[message.channel], message)


def _only_given(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value}


def _by_app(slack: Workspace) -> Json:
    app = slack.app
    profile = {
        "id": app.bot_id,
        "app_id": app.app_id,
        "name": app.name,
        "deleted": False,
        "team_id": slack.team.id,
    }
    return {"bot_id": app.bot_id, "app_id": app.app_id, "bot_profile": profile}


def _reactions(message: Message) -> list[Json]:
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in message.reactions.items()
    ]


def _thread(channel: Channel, message: Message) -> Json:
    if message.is_reply:
        root = channel.messages.get(message.thread_ts or "")
        return {"parent_user_id": root.user} if root else {}
    replies = channel.threads.get(message.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(channel.messages[ts].user for ts in replies))
    return {
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1],
        "reply_users": users[:SHOWN_REPLIERS],
        "is_locked": False,
        "subscribed": False,
    }


def _note(slack: Workspace, kind: str, message: Message) -> None:
    slack.transcript.note(
        kind,
        channel=message.channel,
        ts=message.ts,
        thread_ts=message.thread_ts,
        user=message.user,
        by_app=message.by_app,
        text=message.text,
        blocks=message.blocks,
        metadata=message.metadata,
        alerts=broadcasts(message.text),
    )


def ephemeral(slack: Workspace, channel: Channel, user: str, **content: Any) -> str:
    """Show something to one person in a channel; gives its timestamp."""
    ts = slack.clock.ts()
    shown = {
        "type": "message",
        "subtype": "bot_message",
        "is_ephemeral": True,
        "channel": channel.id,
        "to": user,
        "user": slack.app.user_id,
        "bot_id": slack.app.bot_id,
        "app_id": slack.app.app_id,
        "ts": ts,
        "text": stored(content.get("text") or "")[:TEXT_LIMIT],
        "blocks": with_block_ids(content.get("blocks") or []),
    }
    if content.get("thread_ts"):
        shown["thread_ts"] = content["thread_ts"]
    slack.ephemerals.append(shown)
    about = {key: shown.get(key) for key in ("channel", "ts", "thread_ts", "text")}
    slack.transcript.note("ephemeral", user=user, blocks=shown["blocks"], **about)
    return ts
