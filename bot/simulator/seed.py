"""The workspace as it is when the curtain rises.

A seed is a JSON object, all of it optional: `scopes`, `events`, `commands`,
`shortcuts` (lists; the app's grants and subscriptions), `menu` (what shortcuts are
called), `app` and `team` (their fields), `people` (each with `User` fields), `channels`
(each with `Channel` fields; `bot`: true puts the app in it), `retry_delays` and
`ack_within` (seconds), `limits` ("slack" enforces rate limits), `request_url` (deliver
there, signed, and not by Socket Mode), `trigger_life` (seconds), `now` (Unix seconds),
`bot_status` (the address of the bot's own pages).
An app manifest as JSON can be given in its place: see `from_manifest`.
"""

from bot.simulator.errors import Json
from bot.simulator.model import App, Team
from bot.simulator.world import World

KNOWN = frozenset(
    {"scopes", "events", "commands", "shortcuts", "app", "team", "people", "channels"}
    | {"retry_delays", "ack_within", "limits", "request_url", "trigger_life", "now"}
    | {"menu", "bot_status"}
)


def sow(seed: Json) -> World:
    """Build a world from *seed*; nothing in it is announced to the app.

    Raises:
        ValueError: the seed names something that does not exist.
    """
    unknown = sorted(set(seed) - KNOWN)
    if unknown:
        raise ValueError(f"A seed has no {', '.join(unknown)}.")
    app = App(**seed.get("app", {}))
    for name in ("scopes", "events", "commands", "shortcuts", "menu"):
        if seed.get(name) is not None:
            setattr(app, name, list(seed[name]))
    world = World(app, Team(**seed.get("team", {})))
    _settings(world, seed)
    for person in seed.get("people", []):
        world.workspace.add_user(**person)
    for channel in seed.get("channels", []):
        _channel(world, channel)
    world.go_live()
    return world


def _settings(world: World, seed: Json) -> None:
    delivery = world.delivery
    if "retry_delays" in seed:
        delivery.retry_delays = tuple(float(one) for one in seed["retry_delays"])
    delivery.ack_within = float(seed.get("ack_within", delivery.ack_within))
    world.triggers.life = float(seed.get("trigger_life", world.triggers.life))
    if "request_url" in seed:
        world.use_http(seed["request_url"])
    if "bot_status" in seed:
        world.backstage.look_at(seed["bot_status"])
    world.limits.enforced = seed.get("limits") == "slack"
    if "now" in seed:
        world.clock.move_to(float(seed["now"]))


def _channel(world: World, about: Json) -> None:
    fields = {key: one for key, one in about.items() if key != "bot"}
    if about.get("bot"):
        fields["members"] = [*fields.get("members", []), world.app.user_id]
    world.workspace.add_channel(**fields)


def from_manifest(manifest: Json) -> Json:
    """Give the part of a seed that an app manifest decides."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    seed: Json = {
        "scopes": manifest.get("oauth_config", {}).get("scopes", {}).get("bot"),
        "events": settings.get("event_subscriptions", {}).get("bot_events"),
    }
    commands = features.get("slash_commands")
    if commands is not None:
        seed["commands"] = [one["command"] for one in commands]
    shortcuts = features.get("shortcuts")
    if shortcuts is not None:
        seed["shortcuts"] = [one["callback_id"] for one in shortcuts]
        seed["menu"] = shortcuts
    return seed
