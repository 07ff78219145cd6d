"""Making sure that what was deleted has left no bytes in the database's files.

SQLite overwrites what is deleted (``secure_delete``), but its log holds earlier pages
until it is begun anew, and a file from before may hold some still.
"""

import sqlite3
from datetime import timedelta

from bot.store.engine import Engines, open_engines
from bot.store.filelock import FileLock, lock_beside

PATIENCE = timedelta(seconds=5)  #: that readers may take to end


def scrub(url: str, *, patience: timedelta = PATIENCE) -> bool:
    """Rewrite the file and empty its log; others wait meanwhile.

    False where a reader held on to the log for longer than *patience*, or the disk has
    no room: the log empties by itself as the bot goes on, and at the latest when it
    stops. On PostgreSQL there is nothing to do: the server clears old versions of rows
    away by itself (autovacuum).

    Raises:
        StoreUnavailable: the database cannot be used, or is busy for too long.
    """
    engines = open_engines(url)
    if engines.file is None:
        engines.dispose()
        return True
    lock = FileLock(lock_beside(engines.file))
    try:
        with lock.held():
            return _rewritten(engines, patience)
    finally:
        lock.close()


def _rewritten(engines: Engines, patience: timedelta) -> bool:
    connection = engines.write.raw_connection()
    try:
        # On the driver itself: neither may be part of a transaction.
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={patience // timedelta(milliseconds=1)}")
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    except sqlite3.OperationalError:  # no room for a second copy, or a busy reader
        return False
    finally:
        connection.close()
        engines.dispose()
    return not busy
