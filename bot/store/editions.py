"""Editions of the monthly update, kept."""

from dataclasses import dataclass

from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Editions:
    """Every edition: drafted, approved, sent."""

    _session: StoreSession
