"""What the page knows besides Slack: the bot's own account, the community's time."""

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.clock import Clock
from bot.simulator.errors import Json

#: The machine's own names: no other host is ever asked.
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Seconds the bot is given to answer.
PATIENCE = 3.0
OK = 200
UNTOLD = (
    "Nobody has said where the bot's own pages are: start the simulator with "
    "--bot-status URL."
)


@dataclass
class Backstage:
    """Where the bot's own pages are, and what time it has been for the community."""

    clock: Clock
    #: The address of the bot's pages, such as http://127.0.0.1:8080; empty if unknown.
    pages: str = ""
    #: Pairs (Unix seconds here, Unix seconds in the community): the community's time
    #: was that then, and ran on at the same pace.
    stretches: list[tuple[float, float]] = field(default_factory=list)

    def look_at(self, url: str) -> None:
        """Ask the bot at *url* from now on.

        Raises:
            ValueError: it is not an http address of this machine.
        """
        where = urlsplit(url)
        if where.scheme != "http" or where.hostname not in LOOPBACK:
            raise ValueError(f"{url!r} is not an http address of this machine.")
        self.pages = f"http://{where.netloc}"

    def time_is(self, moment: float) -> None:
        """The community's time is *moment* (Unix seconds) from now on."""
        self.stretches.append((self.clock.now(), moment))

    def account(self) -> Json:
        """What the bot says of itself, in `status` and `owed`: None where it does not.

        `why` says in words what is missing. Blocks for a few seconds at worst.
        """
        if not self.pages:
            return {"status": None, "owed": None, "why": UNTOLD}
        status, why_status = self._ask("/status")
        owed, why_owed = self._ask("/owed")
        return {"status": status, "owed": owed, "why": why_status or why_owed}

    def _ask(self, path: str) -> tuple[Any, str]:
        connection = HTTPConnection(urlsplit(self.pages).netloc, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != OK:
                return None, f"The bot does not say: {path} answers {answer.status}."
            return json.loads(body), ""
        except (OSError, HTTPException):
            return None, "The bot does not answer: it may not be running."
        except ValueError:
            return None, f"What the bot says at {path} cannot be read."
        finally:
            connection.close()
