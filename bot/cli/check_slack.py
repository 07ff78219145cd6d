"""What ``convenor check`` asks of Slack."""

from collections.abc import Iterator
from datetime import timedelta

from bot import app
from bot.cli.findings import Finding, ok, problem, skipped, warning
from bot.domain.community import Community
from bot.gateways.clock import SystemClock
from bot.gateways.slack_identity import ShutOut
from bot.gateways.slack_probe import Sight, check_app_token, look, replies_read
from bot.ports import Channel, Unreachable, Workspace
from bot.settings import Settings
from bot.settings.manifest import scopes

APART = timedelta(seconds=30)  #: clocks further apart than this are remarked on
NETWORK = "Check the network, a proxy or firewall, and SLACK_API_URL."


def slack_findings(
    settings: Settings, community: Community, *, http: bool = False
) -> Iterator[Finding]:
    """The tokens, scopes, clocks and channels, as far as Slack lets us look.

    With *http* there is no app-level token.
    """
    parts = app.slack(settings)
    workspace = parts.workspace
    sight: Sight | None = None
    try:
        sight = look(workspace.client)
        yield ok("Slack", f"{sight.workspace} knows the bot as @{sight.bot_name}")
    except Unreachable as error:
        yield problem("Slack", f"{error}.", NETWORK)
        yield skipped("Tokens, channels", "Slack has to be reached first.")
        return
    except ShutOut as error:
        yield problem("Bot token", f"{error}.", _field(settings, "slack_bot_token"))
    if not http:
        yield from _app_token(settings, parts)
    if sight is None:
        yield skipped("Scopes, channels", "The bot's token has to be mended first.")
        return
    yield from _scopes(sight)
    yield from _clocks(sight)
    yield from _channels(workspace, community, sight)


def _app_token(settings: Settings, parts: app.SlackParts) -> Iterator[Finding]:
    try:
        check_app_token(parts.app_client)
    except ShutOut as error:
        yield problem("App token", f"{error}.", _field(settings, "slack_app_token"))
    except Unreachable as error:
        yield problem("App token", f"{error}.", NETWORK)
    else:
        yield ok("App token", "opens connections to Slack (Socket Mode)")


def _scopes(sight: Sight) -> Iterator[Finding]:
    if sight.scopes is None:
        yield warning("Scopes", "This server does not say which scopes were granted.")
        return
    wanted = scopes()
    missing = sorted(wanted.needed - sight.scopes)
    spare = sorted(sight.scopes - wanted.needed - wanted.optional)
    if missing:
        yield problem(
            "Scopes",
            f"Missing: {', '.join(missing)}.",
            "Add them on your Slack app's page OAuth & Permissions, or paste "
            "slack-app-manifest.yaml again; then install the app to the workspace "
            "again.",
        )
    if spare:
        yield warning(
            "Scopes",
            f"More than the bot needs: {', '.join(spare)}.",
            "Remove them on your Slack app's page OAuth & Permissions.",
        )
    if not missing and not spare:
        yield ok("Scopes", "all that are needed, and no others")


def _clocks(sight: Sight) -> Iterator[Finding]:
    if sight.slack_time is None:
        yield skipped("Clock", "This server does not say what time it is.")
        return
    apart = SystemClock().machine() - sight.slack_time
    if abs(apart) > APART:
        way = "ahead of" if apart > timedelta(0) else "behind"
        yield warning(
            "Clock",
            f"This machine is {_length(abs(apart))} {way} Slack.",
            "Switch on time synchronisation (NTP) on this machine.",
        )
    else:
        yield ok("Clock", "agrees with Slack's")


def _channels(
    workspace: Workspace, community: Community, sight: Sight
) -> Iterator[Finding]:
    here = community.channels
    try:
        questions = workspace.channel(here.questions)
        yield _channel("Questions", here.questions, questions, sight)
        digests = workspace.channel(here.digests)
        yield _channel("Digests", here.digests, digests, sight)
    except Unreachable as error:
        yield problem("Channels", f"They cannot be looked up: {error}.", NETWORK)
        return
    if questions is None or not questions.member:
        yield skipped("Replies", "The bot has to be in the questions channel first.")
    else:
        yield _replies(workspace, questions)


def _channel(what: str, name: str, found: Channel | None, sight: Sight) -> Finding:
    shown = f"#{found.name if found else name.removeprefix('#')}"
    if found is None:
        return problem(
            what,
            f"There is no channel {shown} that the bot can see.",
            "Make it, or mend its name in community.toml. Give a private channel by "
            "its id, and invite the bot there first.",
        )
    if found.archived:
        return problem(what, f"{shown} is archived.", "Unarchive it, or name another.")
    if not found.member:
        invite = f"In {shown}, type: /invite @{sight.bot_name}"
        return problem(what, f"The bot is not in {shown}.", invite)
    return ok(what, f"{shown} is there, and the bot is in it")


def _replies(workspace: Workspace, channel: Channel) -> Finding:
    try:
        read = replies_read(workspace, channel.id)
    except Unreachable as error:
        return problem(
            "Replies",
            f"Threads in #{channel.name} cannot be read: {error}.",
            "Check that the scope channels:history (groups:history for a private "
            "channel) was granted, and that this is an internal app.",
        )
    if read is None:
        return ok("Replies", f"messages can be read; #{channel.name} has no thread yet")
    said = "1 reply" if read == 1 else f"{read} replies"
    return ok("Replies", f"threads can be read (the latest has {said})")


def _length(apart: timedelta) -> str:
    seconds = int(apart.total_seconds())
    if apart < timedelta(minutes=2):
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes"


def _field(settings: Settings, name: str) -> str:
    return type(settings).model_fields[name].description or ""
