"""Faults on request: what a bad day looks like from the app's side."""

from dataclasses import asdict, dataclass, field

from bot.simulator.errors import Json
from bot.simulator.transcript import Transcript

KINDS = frozenset(
    {"drop_after", "drop_before", "status", "status_after", "delay", "delay_after"}
    | {"ratelimited", "error"}
)


@dataclass
class Fault:
    """One kind of failure, for one Web API method (`*`: any), *count* times.

    `drop_before`/`drop_after`: the connection breaks before/after the call had its
    effect. `status`/`status_after`: HTTP *status* without/with the effect.
    `delay`/`delay_after`: *seconds* pass before/after the effect. `ratelimited`: 429
    with `Retry-After: seconds`. `error`: Slack's *error* code.
    """

    kind: str
    method: str = "*"
    count: int | None = 1
    status: int = 500
    seconds: float = 1
    error: str = "internal_error"
    #: Only calls for this channel, if given.
    channel: str | None = None

    def fits(self, method: str, channel: object) -> bool:
        """Tell whether this fault befalls a call."""
        if self.count == 0 or self.method not in {"*", method}:
            return False
        return self.channel is None or self.channel == channel


@dataclass
class Faults:
    """The faults in force."""

    transcript: Transcript
    in_force: list[Fault] = field(default_factory=list)
    #: None, "refuse" (connections break at once) or "503".
    down: str | None = None

    def add(self, fault: Fault) -> None:
        """Put a fault in force."""
        if fault.kind not in KINDS:
            raise ValueError(f"No such fault: {fault.kind}")
        self.in_force.append(fault)

    def clear(self) -> None:
        """Let everything work again."""
        self.in_force.clear()
        self.down = None

    def take(self, method: str, channel: object) -> Fault | None:
        """Use up one fault for this call, if one fits."""
        for fault in self.in_force:
            if fault.fits(method, channel):
                if fault.count is not None:
                    fault.count -= 1
                self.transcript.note("fault", method=method, fault=asdict(fault))
                self.in_force = [one for one in self.in_force if one.count != 0]
                return fault
        return None

    def as_json(self) -> Json:
        """Show what is in force."""
        return {"down": self.down, "faults": [asdict(one) for one in self.in_force]}
