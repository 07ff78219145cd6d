"""What we keep: tables, and the one way to read and write them."""

from bot.store.audit import Entry
from bot.store.errors import ReadOnly, Stale, StoreUnavailable
from bot.store.inbox import Taken
from bot.store.outbox import Owed
from bot.store.sending import Outgoing
from bot.store.transaction import Begin, Store, Transaction, connect
from bot.store.upgrade import current, upgrade

__all__ = [
    "Begin",
    "Entry",
    "Outgoing",
    "Owed",
    "ReadOnly",
    "Stale",
    "Store",
    "StoreUnavailable",
    "Taken",
    "Transaction",
    "connect",
    "current",
    "upgrade",
]
