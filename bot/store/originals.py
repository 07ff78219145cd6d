"""Replies received elsewhere as they came, kept."""

from dataclasses import dataclass

from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Originals:
    """The files and words that replies were taken from."""

    _session: StoreSession
