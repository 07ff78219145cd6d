"""What we keep: tables, and the one way to read and write them."""

from bot.store.audit import Entry
from bot.store.backlog import WaitingEvent, WaitingMessage
from bot.store.copies import Repeated
from bot.store.errors import ReadOnly, Stale, StoreUnavailable
from bot.store.inbox import Taken
from bot.store.library import Library
from bot.store.members import fingerprint
from bot.store.outbox import Owed
from bot.store.personal import Person, Put
from bot.store.recipients import Doubt, Expected, Progress
from bot.store.retention import Found, Old
from bot.store.scrubbing import scrub
from bot.store.sending import Outgoing
from bot.store.threads import APP, Tally
from bot.store.transaction import Begin, Store, Transaction, connect
from bot.store.upgrade import current, upgrade

__all__ = [
    "APP",
    "Begin",
    "Doubt",
    "Entry",
    "Expected",
    "Found",
    "Library",
    "Old",
    "Outgoing",
    "Owed",
    "Person",
    "Progress",
    "Put",
    "ReadOnly",
    "Repeated",
    "Stale",
    "Store",
    "StoreUnavailable",
    "Taken",
    "Tally",
    "Transaction",
    "WaitingEvent",
    "WaitingMessage",
    "connect",
    "current",
    "fingerprint",
    "scrub",
    "upgrade",
]
