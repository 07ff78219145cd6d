"""Response addresses: where an app may answer what a person did."""

import time
from dataclasses import dataclass, field

from bot.simulator.errors import SlackRefuses
from bot.simulator.identifiers import new_secret

#: Seconds an address is good for, and how often.
ADDRESS_LIFE = 1800.0
USES = 5


@dataclass
class Address:
    """One response address: where it leads, and what is left of it."""

    channel: str
    user: str
    until: float
    #: The message acted on, if it was one, and whether only its reader sees it.
    message_ts: str | None = None
    ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = 0


@dataclass
class ResponseAddresses:
    """Every response address given out."""

    given: dict[str, Address] = field(default_factory=dict)

    def issue(self, channel: str, user: str, **about: str | bool | None) -> str:
        """Give a fresh address's secret."""
        secret = new_secret()
        address = Address(channel, user, time.monotonic() + ADDRESS_LIFE)
        for name, value in about.items():
            setattr(address, name, value)
        self.given[secret] = address
        return secret

    def use(self, secret: str) -> Address:
        """Use an address once.

        Raises:
            SlackRefuses: `used_url` or `expired_url`.
        """
        address = self.given.get(secret)
        if address is None or time.monotonic() > address.until:
            raise SlackRefuses("expired_url")
        if address.uses >= USES:
            raise SlackRefuses("used_url")
        address.uses += 1
        return address
