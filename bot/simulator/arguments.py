"""A Web API call's arguments, whichever way they were sent."""

import json
from dataclasses import dataclass
from typing import Any

from bot.simulator.errors import Json, SlackRefuses

_TRUE = frozenset({"true", "1", True})  # True is 1


@dataclass(frozen=True)
class Arguments:
    """Arguments by name; forms send all as text, JSON bodies do not."""

    given: Json

    def text(self, name: str) -> str:
        """Give an argument as text, empty when absent."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """Give an argument that must be there.

        Raises:
            SlackRefuses: `invalid_arguments`.
        """
        value = self.text(name)
        if not value:
            message = f"[ERROR] missing required field: {name}"
            raise SlackRefuses("invalid_arguments", messages=[message])
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Give a yes or no."""
        value = self.given.get(name)
        if value is None:
            return default
        return (value.lower() if isinstance(value, str) else value) in _TRUE

    def number(self, name: str, default: int) -> int:
        """Give a whole number.

        Raises:
            SlackRefuses: `invalid_arguments`.
        """
        value = self.given.get(name)
        try:
            return default if value in {None, ""} else int(value)
        except (TypeError, ValueError):
            raise SlackRefuses("invalid_arguments") from None

    def structure(self, name: str, wrong: str = "invalid_arguments") -> Any:
        """Give an argument that is JSON: as it came, or parsed from text.

        Raises:
            SlackRefuses: *wrong*, when the text is not JSON.
        """
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackRefuses(wrong) from None
