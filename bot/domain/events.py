"""What is kept of an event in Slack: the fields we need, and guarded text.

Slack repeats a person's words in many places of one event (``blocks``, attachments,
the previous version of an edited message, file titles). Each projection here is a
list of what is copied; everything else is left behind. Text that identifies a patient
is blanked before anything is kept: the event then says ``hidden`` and the *kinds* of
what was seen, never the text.

An event as kept is one flat mapping with a ``type``. A ``message`` also has a
``change``: ``new``, ``edited`` or ``deleted``.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.guard import Verdict, inspect
from bot.domain.texts import keepable

KEY_EVENT = "convenor_message"  #: the ``event_type`` of our own messages' metadata

Kept = dict[str, Any]

#: Kinds of message that carry a person's or an app's words.
_SPOKEN = frozenset(
    {None, "bot_message", "file_share", "me_message", "thread_broadcast"}
)
_TOMBSTONE = "tombstone"  #: what stands where a root with replies was deleted


def project(event: Mapping[str, Any]) -> Kept | None:
    """What to keep of Slack's *event*; None for an event that means nothing to us."""
    projection = _PROJECTIONS.get(str(event.get("type")))
    return projection(event) if projection else None


def message_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What we need of a message, wherever Slack shows it: the fields of ``Heard``.

    The text is as it was written: it is not guarded yet.
    """
    return {
        "ts": str(raw.get("ts", "")),
        "thread_ts": raw.get("thread_ts"),
        "author": raw.get("user"),
        "text": _text(raw.get("text")),
        "bot": bool(raw.get("bot_id")),
        "edited_ts": (raw.get("edited") or {}).get("ts"),
        "files": _permalinks(raw),
        "key_hash": _key_hash(raw),
    }


def is_spoken(raw: Mapping[str, Any]) -> bool:
    """Whether a message in Slack carries words, rather than "has joined"."""
    return raw.get("subtype") in _SPOKEN


def person_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What we need of a user, as Slack describes one: the fields of ``Person``.

    The name is the full one where there is one: people are quoted by it.
    """
    profile = raw.get("profile") or {}
    names = (
        profile.get("real_name"),
        raw.get("real_name"),
        profile.get("display_name"),
        raw.get("name"),
    )
    user = str(raw.get("id", ""))
    return {
        "id": user,
        "name": next((name for name in names if name), user),
        "email": profile.get("email") or None,
        "bot": bool(raw.get("is_bot")) or user == "USLACKBOT",
        "gone": bool(raw.get("deleted")),
    }


def spoken(
    channel: str, fields: Mapping[str, Any], *, change: str, channel_type: str = ""
) -> Kept:
    """A message as it is kept: *fields* (of ``message_fields``) with guarded text."""
    return {
        "type": "message",
        "change": change,
        "channel": channel,
        "channel_type": channel_type,
        **fields,
        "files": [_safe_link(link) for link in fields["files"]],
        **guarded(fields["text"]),
    }


def withdrawn(channel: str, ts: str, thread_ts: str | None) -> Kept:
    """A message that was deleted, as it is kept."""
    return {
        "type": "message",
        "change": "deleted",
        "channel": channel,
        "ts": ts,
        "thread_ts": thread_ts,
    }


def guarded(text: str) -> dict[str, Any]:
    """*text* as it may be kept, whether it was hidden, and the kinds of what was seen.

    Weaker combinations stay readable: their kinds are kept, so that a person can be
    asked.
    """
    finding = inspect(text)
    hidden = finding.verdict is Verdict.REFUSE
    return {
        "text": "" if hidden else keepable(text),
        "hidden": hidden,
        "kinds": sorted(finding.kinds),
    }


def _message(event: Mapping[str, Any]) -> Kept | None:
    channel, kind = str(event.get("channel", "")), event.get("subtype")
    if kind == "message_deleted":
        gone = event.get("previous_message") or {}
        ts = str(event.get("deleted_ts") or gone.get("ts", ""))
        return withdrawn(channel, ts, gone.get("thread_ts"))
    if kind == "message_changed":
        return _changed(channel, event)
    if not is_spoken(event):
        return None
    return _spoken(channel, event, event, change="new")


def _changed(channel: str, event: Mapping[str, Any]) -> Kept | None:
    message = event.get("message") or {}
    if message.get("subtype") == _TOMBSTONE:
        return withdrawn(channel, str(message.get("ts", "")), message.get("thread_ts"))
    if not is_spoken(message):
        return None
    return _spoken(channel, message, event, change="edited")


def _spoken(
    channel: str, message: Mapping[str, Any], event: Mapping[str, Any], *, change: str
) -> Kept:
    return spoken(
        channel,
        message_fields(message),
        change=change,
        channel_type=_text(event.get("channel_type")),
    )


def _mention(event: Mapping[str, Any]) -> Kept:
    return {
        **_copied("channel", "ts", "thread_ts", "user")(event),
        **guarded(_text(event.get("text"))),
    }


def _reaction(event: Mapping[str, Any]) -> Kept | None:
    item = event.get("item") or {}
    if item.get("type") != "message":
        return None
    return {
        **_copied("user", "reaction", "item_user")(event),
        "channel": item.get("channel"),
        "ts": item.get("ts"),
    }


def _person(event: Mapping[str, Any]) -> Kept:
    user = event.get("user") or {}
    return {"type": event["type"], "person": person_fields(user)}


def _renamed(event: Mapping[str, Any]) -> Kept:
    channel = event.get("channel") or {}
    return {
        "type": event["type"],
        "channel": channel.get("id"),
        "name": channel.get("name"),
    }


def _copied(*names: str) -> Callable[[Mapping[str, Any]], Kept]:
    def copy(event: Mapping[str, Any]) -> Kept:
        return {"type": event["type"], **{name: event.get(name) for name in names}}

    return copy


_PROJECTIONS: Mapping[str, Callable[[Mapping[str, Any]], Kept | None]] = {
    "message": _message,
    "app_mention": _mention,
    "app_home_opened": _copied("user", "tab", "channel"),
    "member_joined_channel": _copied("user", "channel", "inviter"),
    "member_left_channel": _copied("user", "channel"),
    "reaction_added": _reaction,
    "reaction_removed": _reaction,
    "team_join": _person,
    "user_change": _person,
    "channel_archive": _copied("channel", "user"),
    "channel_unarchive": _copied("channel", "user"),
    "channel_rename": _renamed,
}


def _permalinks(raw: Mapping[str, Any]) -> tuple[str, ...]:
    files = raw.get("files") or ()
    return tuple(str(file["permalink"]) for file in files if file.get("permalink"))


_NAMED_FILE = re.compile(r"^(.*/files/[^/]+/[^/]+/)([^/]+)$")


def _safe_link(link: str) -> str:
    """A file's address ends in its name, which may name a patient: then it goes."""
    parts = _NAMED_FILE.match(link)
    if parts is None:
        return link
    words = re.sub(r"[_\-.]+", " ", parts[2])
    return link if inspect(words).verdict is Verdict.PASS else parts[1]


def _key_hash(raw: Mapping[str, Any]) -> str | None:
    """Of our own messages: which message owed this is."""
    metadata = raw.get("metadata") or {}
    if metadata.get("event_type") != KEY_EVENT:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
