"""Which events the app hears of, and the wrapping they come in."""

from dataclasses import dataclass

from bot.simulator.delivery import Delivery
from bot.simulator.errors import Json
from bot.simulator.identifiers import new_id
from bot.simulator.model import App, Channel
from bot.simulator.workspace import Workspace

#: The scope without which Slack sends no such event ({} is channels, groups or im).
SCOPE_NEEDED = {
    "message": "{}:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "member_joined_channel": "{}:read",
    "member_left_channel": "{}:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "channel_created": "channels:read",
    "channel_rename": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "group_rename": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
}
#: What the manifest calls message events, by the channel's kind.
SUBSCRIPTION = {"channel": "message.channels", "group": "message.groups"}


@dataclass
class EventsApi:
    """Wraps what happens in the workspace and hands it to delivery."""

    workspace: Workspace
    delivery: Delivery

    def announce(self, event: Json, channel: Channel | None) -> None:
        """Deliver *event* if the app may hear of it and asked to."""
        app = self.workspace.app
        if channel is not None and app.user_id not in channel.members:
            return
        if _granted(app, event, channel) and _subscribed(app, event, channel):
            self.delivery.dispatch("events_api", self._wrapped(event))

    def _wrapped(self, event: Json) -> Json:
        slack = self.workspace
        app, team = slack.app, slack.team.id
        authorization = {
            "enterprise_id": None,
            "team_id": team,
            "user_id": app.user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        event.setdefault("event_ts", slack.clock.ts())
        return {
            "token": app.verification,
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(slack.clock.now()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{new_id('')}",
        }


def _granted(app: App, event: Json, channel: Channel | None) -> bool:
    needed = SCOPE_NEEDED.get(event["type"])
    if needed is None:
        return True
    return needed.format(channel.family if channel else "channels") in app.scopes


def _subscribed(app: App, event: Json, channel: Channel | None) -> bool:
    if app.events is None:
        return True
    name = event["type"]
    if name == "message" and channel is not None:
        name = SUBSCRIPTION.get(channel.kind, "message.im")
    return name in app.events
