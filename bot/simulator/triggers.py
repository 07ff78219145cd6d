"""Triggers: leave to open one form, good once and for three seconds."""

import time
from dataclasses import dataclass, field

from bot.simulator.errors import SlackRefuses
from bot.simulator.identifiers import new_secret

#: Seconds a trigger lives.
TRIGGER_LIFE = 3.0


@dataclass
class Trigger:
    """What one trigger allows, and until when (steady clock)."""

    user: str
    until: float
    used: bool = False


@dataclass
class Triggers:
    """Every trigger given out."""

    life: float = TRIGGER_LIFE
    given: dict[str, Trigger] = field(default_factory=dict)

    def issue(self, user: str) -> str:
        """Give a trigger for something *user* just did."""
        name = f"{len(self.given) + 1}.{new_secret()[:12]}.{new_secret()}"
        self.given[name] = Trigger(user, time.monotonic() + self.life)
        return name

    def use(self, name: str) -> str:
        """Use a trigger up and tell whose it was.

        Raises:
            SlackRefuses: `invalid_trigger_id`, `exchanged_trigger_id` or
                `expired_trigger_id`.
        """
        trigger = self.given.get(name)
        if trigger is None:
            raise SlackRefuses("invalid_trigger_id")
        if trigger.used:
            raise SlackRefuses("exchanged_trigger_id")
        if time.monotonic() > trigger.until:
            raise SlackRefuses("expired_trigger_id")
        trigger.used = True
        return trigger.user
