"""Asking Slack for the address of a Socket Mode connection."""

from dataclasses import dataclass

from slack_sdk import WebClient

from bot.gateways.slack_calls import call
from bot.gateways.slack_errors import SHUT_OUT, SlackFailure
from bot.ports import Unreachable


@dataclass(frozen=True, slots=True)
class SocketAddress:
    """Each call gives a new address, good for one connection.

    *client* carries the app-level token (``reading_client`` with it).
    """

    client: WebClient

    def __call__(self) -> str:
        """The address; it holds a ticket, so it is never logged.

        Raises:
            Unreachable: Slack gave none.
        """
        try:
            answer = call(self.client, "apps.connections.open")
        except SlackFailure as failure:
            if failure.code in SHUT_OUT:
                raise Unreachable(
                    f"Slack does not accept SLACK_APP_TOKEN ({failure.code}): copy it "
                    "again from Basic Information, App-Level Tokens, and restart"
                ) from failure
            raise Unreachable(f"Slack {failure}") from failure
        return str(answer["url"])
