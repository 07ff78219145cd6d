"""Who the bot is in Slack."""

from dataclasses import dataclass

from slack_sdk import WebClient

from bot.gateways.slack_calls import call
from bot.gateways.slack_errors import SHUT_OUT, SlackFailure
from bot.ports import Unreachable


class ShutOut(Exception):
    """Slack does not accept the bot's token; trying again cannot help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The bot, as its token shows it."""

    bot_user: str
    address: str  #: the workspace's own, "https://example.slack.com/"
    workspace: str


def identify(client: WebClient) -> Identity:
    """Ask Slack who we are.

    Raises:
        Unreachable: Slack cannot be reached just now.
        ShutOut: the token is not accepted; the message says what to do.
    """
    try:
        answer = call(client, "auth.test")
    except SlackFailure as failure:
        if failure.code in SHUT_OUT:
            raise ShutOut(
                f"Slack does not accept SLACK_BOT_TOKEN ({failure.code}). Copy the "
                "Bot User OAuth Token again from the app’s page, under OAuth & "
                "Permissions, and restart."
            ) from None
        raise Unreachable(f"Slack {failure}") from failure
    return Identity(
        bot_user=str(answer["user_id"]),
        address=str(answer.get("url") or ""),
        workspace=str(answer.get("team") or ""),
    )
