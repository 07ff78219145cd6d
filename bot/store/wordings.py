"""Words that many messages share, kept once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store.schema.mailings import WordingRow
from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Wordings:
    """Shared words: a message that names them sends them, and adds its own."""

    _session: StoreSession

    def keep(self, body: Mapping[str, Any], *, at: datetime) -> int:
        """Keep *body*, once and for all; the number to name it by."""
        row = WordingRow(body=dict(body), made_at=at)
        self._session.add(row)
        self._session.flush()
        return row.id

    def get(self, wording: int) -> Mapping[str, Any]:
        """The shared words of that number."""
        return self._session.get_one(WordingRow, wording).body

    def change(self, wording: int, body: Mapping[str, Any]) -> None:
        """Keep other words under that number: of somebody who is to be forgotten."""
        self._session.get_one(WordingRow, wording).body = dict(body)
