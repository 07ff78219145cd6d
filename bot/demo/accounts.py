"""Where every reply went, as the bot's own use cases tell a coordinator."""

import json
from dataclasses import dataclass

from bot.demo.playground import Playground


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where the replies of one thread went."""

    digest: int
    root: str  #: the thread, by the time of its first message
    places: dict[str, int]  #: how many replies are where, by the ledger's words
    unassigned: int
    markdown: str
    html: str


def digests(play: Playground, user: str) -> list[Account]:
    """Every digest, oldest first, as the coordinator of that Slack user id sees it.

    Raises:
        PlayFailed: they cannot be read.
    """
    said = play.workshop.read("bot.demo.reading", user).splitlines()
    return [Account(**json.loads(line)) for line in said]
