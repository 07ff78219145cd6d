"""All that happened, in order, for a judge who trusts neither bot nor simulator."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.simulator.clock import Clock
from bot.simulator.errors import Json


@dataclass
class Transcript:
    """An append-only list of entries, each with `seq`, `at` (Unix s) and `kind`.

    Kinds: `call` (Web API), `posted`, `updated`, `deleted`, `ephemeral`, `reaction`,
    `sent`, `acked`, `late_ack`, `redelivery`, `missed` (events and interactions),
    `socket`, `view`, `act` (what a person did), `letter` (by e-mail), `fault`.
    """

    clock: Clock
    entries: list[Json] = field(default_factory=list)

    def note(self, kind: str, **what: Any) -> None:
        """Append one entry."""
        seq = len(self.entries) + 1
        entry = {"seq": seq, "at": round(self.clock.now(), 6), "kind": kind, **what}
        self.entries.append(entry)

    def read(self, after: int = 0, kinds: frozenset[str] = frozenset()) -> list[Json]:
        """Give the entries after sequence number *after*, of *kinds* if any named."""
        newer = self.entries[max(after, 0) :]
        return [one for one in newer if not kinds or one["kind"] in kinds]

    def save(self, path: str) -> None:
        """Write everything to *path* as a JSON list."""
        text = json.dumps(self.entries, ensure_ascii=False, indent=1)
        Path(path).write_text(text, encoding="utf-8")
