"""Looking at Slack from outside, before the bot runs: what it lets us do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice

from slack_sdk import WebClient

from bot.gateways.slack_calls import ask, call
from bot.gateways.slack_errors import SHUT_OUT, SlackFailure
from bot.gateways.slack_identity import ShutOut
from bot.gateways.slack_reading import PAGE
from bot.ports import Unreachable, Workspace

_NO_SOCKETS = SHUT_OUT | {"missing_scope", "not_allowed_token_type"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What Slack says of the bot's token."""

    bot_name: str
    workspace: str
    scopes: frozenset[str] | None  #: what was granted; None where Slack does not say
    slack_time: datetime | None  #: aware, UTC, to the second; None: it does not say


def look(client: WebClient) -> Sight:
    """Ask Slack who we are, what we may do and what time it is.

    Raises:
        Unreachable: Slack cannot be reached just now.
        ShutOut: the token is not accepted; the message says what to do.
    """
    try:
        response = ask(client, "auth.test")
    except SlackFailure as failure:
        if failure.code in _NO_SOCKETS:
            raise ShutOut(f"Slack does not accept it ({failure.code})") from None
        raise Unreachable(f"Slack {failure}") from failure
    headers = {str(name).lower(): value for name, value in response.headers.items()}
    return Sight(
        bot_name=str(response.get("user") or ""),
        workspace=str(response.get("team") or ""),
        scopes=_scopes(headers),
        slack_time=_time(headers),
    )


def check_app_token(client: WebClient) -> None:
    """Make sure that *client*, which has the app-level token, may open connections.

    Raises:
        Unreachable: Slack cannot be reached just now.
        ShutOut: the token is not accepted, or lacks connections:write.
    """
    try:
        call(client, "apps.connections.open")
    except SlackFailure as failure:
        if failure.code in _NO_SOCKETS:
            raise ShutOut(f"Slack does not accept it ({failure.code})") from None
        raise Unreachable(f"Slack {failure}") from failure


def replies_read(workspace: Workspace, channel: str) -> int | None:
    """How many replies were read in the latest thread of *channel* (an id).

    None where there is no thread among its latest messages to try it on.

    Raises:
        Unreachable: messages or replies cannot be read; it says which.
    """
    latest = islice(workspace.history(channel, oldest="0"), PAGE)
    begun = next((one for one in latest if one.reply_count), None)
    if begun is None:
        return None
    thread = workspace.replies(channel, begun.ts) or ()
    return sum(one.ts != begun.ts for one in thread)


def _scopes(headers: Mapping[str, str]) -> frozenset[str] | None:
    said = headers.get("x-oauth-scopes")
    if said is None:
        return None
    return frozenset(scope.strip() for scope in said.split(",") if scope.strip())


def _time(headers: Mapping[str, str]) -> datetime | None:
    try:
        return parsedate_to_datetime(headers.get("date", "")).astimezone(UTC)
    except ValueError:
        return None
