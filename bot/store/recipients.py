"""Who gets an edition, kept: each of them once."""

from dataclasses import dataclass

from bot.store.session import StoreSession


@dataclass(frozen=True, slots=True)
class Recipients:
    """The recipients of every edition."""

    _session: StoreSession
