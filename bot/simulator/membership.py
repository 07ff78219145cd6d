"""Joining, leaving and reacting: small acts, each with its events."""

from bot.simulator import messages
from bot.simulator.errors import SlackRefuses
from bot.simulator.model import Channel, Message
from bot.simulator.workspace import Workspace


def join(slack: Workspace, channel: Channel, user_id: str, inviter: str = "") -> bool:
    """Bring somebody into a channel; false if they were there already.

    Raises:
        SlackRefuses: the channel is archived, or is a direct conversation.
    """
    if channel.is_archived:
        raise SlackRefuses("is_archived")
    if channel.is_im:
        raise SlackRefuses("method_not_supported_for_channel_type")
    if user_id in channel.members:
        return False
    slack.user(user_id)
    channel.members.append(user_id)
    event = _member_event(slack, "joined", channel, user_id)
    slack.announce(event | ({"inviter": inviter} if inviter else {}), channel)
    text = f"<@{user_id}> has joined the channel"
    messages.post(slack, channel, user_id, text, subtype=f"{channel.kind}_join")
    return True


def leave(slack: Workspace, channel: Channel, user_id: str) -> bool:
    """Take somebody out of a channel; false if they were not in it."""
    if user_id not in channel.members:
        return False
    slack.announce(_member_event(slack, "left", channel, user_id), channel)
    channel.members.remove(user_id)
    return True


def _member_event(
    slack: Workspace, verb: str, channel: Channel, user_id: str
) -> dict[str, str]:
    return {
        "type": f"member_{verb}_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": slack.team.id,
        "event_ts": slack.clock.ts(),
    }


def react(slack: Workspace, message: Message, user_id: str, name: str) -> None:
    """Add a reaction.

    Raises:
        SlackRefuses: `already_reacted`.
    """
    users = message.reactions.setdefault(name, [])
    if user_id in users:
        raise SlackRefuses("already_reacted")
    users.append(user_id)
    _announce_reaction(slack, "added", message, user_id, name)


def unreact(slack: Workspace, message: Message, user_id: str, name: str) -> None:
    """Take a reaction back.

    Raises:
        SlackRefuses: `no_reaction`.
    """
    users = message.reactions.get(name, [])
    if user_id not in users:
        raise SlackRefuses("no_reaction")
    users.remove(user_id)
    if not users:
        del message.reactions[name]
    _announce_reaction(slack, "removed", message, user_id, name)


def _announce_reaction(
    slack: Workspace, verb: str, message: Message, user_id: str, name: str
) -> None:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {
        "type": f"reaction_{verb}",
        "user": user_id,
        "reaction": name,
        "item": item,
        "item_user": message.user,
        "event_ts": slack.clock.ts(),
    }
    about = {"channel": message.channel, "ts": message.ts}
    slack.transcript.note("reaction", verb=verb, user=user_id, name=name, **about)
    slack.announce(event, slack.channels[message.channel])
