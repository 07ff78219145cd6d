"""The shapes in which Slack tells the app what a person did."""

from bot.simulator.errors import Json
from bot.simulator.forms import Form
from bot.simulator.messages import as_json
from bot.simulator.model import Channel, Message
from bot.simulator.world import World


def person(world: World, user_id: str) -> Json:
    """Describe who acted."""
    user = world.workspace.user(user_id)
    about = {"id": user.id, "username": user.name, "name": user.name}
    return about | {"team_id": world.workspace.team.id}


def common(world: World, kind: str, user_id: str) -> Json:
    """Build what every interaction's payload begins with."""
    slack = world.workspace
    return {
        "type": kind,
        "user": person(world, user_id),
        "api_app_id": slack.app.app_id,
        "token": slack.app.verification,
        "team": {"id": slack.team.id, "domain": slack.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def with_trigger(world: World, kind: str, user_id: str) -> Json:
    """Add leave to open a form."""
    trigger_id = world.triggers.issue(user_id)
    return common(world, kind, user_id) | {"trigger_id": trigger_id}


def view_of(world: World, form: Form) -> Json:
    """Show a form as payloads do."""
    return form.as_json(world.workspace.app, world.workspace.team.id)


def short_channel(channel: Channel) -> Json:
    """Name a channel as payloads do."""
    return {"id": channel.id, "name": channel_name(channel)}


def channel_name(channel: Channel) -> str:
    """Give a channel's name; direct and private ones have a word instead."""
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def respond_at(
    world: World, channel: str, user: str, **about: str | bool | None
) -> str:
    """Make a response address."""
    secret = world.responses.issue(channel, user, **about)
    return f"{world.url}/respond/{secret}"


def about_message(world: World, channel: Channel, message: Message, user: str) -> Json:
    """Build what a payload says of the message acted on."""
    address = respond_at(
        world, channel.id, user, message_ts=message.ts, thread_ts=message.thread_ts
    )
    return {
        "channel": short_channel(channel),
        "message": as_json(world.workspace, message),
        "response_url": address,
    }


def command(world: World, user_id: str, channel: Channel, name: str, text: str) -> Json:
    """Build a slash command's payload: flat, and every value a string."""
    slack = world.workspace
    return {
        "token": slack.app.verification,
        "team_id": slack.team.id,
        "team_domain": slack.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user_id,
        "user_name": slack.user(user_id).name,
        "command": name,
        "text": text,
        "api_app_id": slack.app.app_id,
        "is_enterprise_install": "false",
        "response_url": respond_at(world, channel.id, user_id),
        "trigger_id": world.triggers.issue(user_id),
    }
