"""Quarterly calls, kept: dates, what calendars were told, and who comes."""

from dataclasses import dataclass

from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Calls:
    """Every call: proposed, confirmed, moved, held or cancelled."""

    _session: StoreSession
