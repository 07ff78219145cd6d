"""Opening the database: SQLite in one file, or PostgreSQL by its address.

SQLite here means: write-ahead log, every commit on disk (``synchronous=FULL``), one
writing connection that also does every checkpoint, and readers beside it that cannot
write. A lock on a file beside the database lets one *process* write at a time, so the
bot and several command lines can work on it together: SQLite before 3.51.3 can damage
a database when two connections write and checkpoint at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from bot.store.errors import StoreUnavailable

BUSY_TIMEOUT = 30_000  #: milliseconds that SQLite waits for another writer
READERS = 16  #: connections kept for reading


@dataclass(frozen=True, slots=True)
class Engines:
    """The ways in: one to write by, one to read by. On PostgreSQL they are the same."""

    url: URL
    write: Engine
    read: Engine
    file: Path | None  #: SQLite's file

    def dispose(self) -> None:
        """Close every connection; the writing one last, since it does checkpoints."""
        self.read.dispose()
        self.write.dispose()


def parse(url: str) -> URL:
    """The address, with the driver we use.

    Raises:
        StoreUnavailable: it is not an address of a database we can use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreUnavailable(
            "DATABASE_URL is not a database address. Examples: "
            "sqlite:///convenor.db or postgresql://user:password@host/name"
        ) from None
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "postgresql+psycopg" or _is_sqlite_file(parsed):
        return parsed
    raise StoreUnavailable(
        "DATABASE_URL must name a SQLite file (sqlite:///convenor.db) "
        "or a PostgreSQL database (postgresql://user:password@host/name)."
    )


def open_engines(url: str) -> Engines:
    """Prepare the connections; nothing is opened yet.

    Raises:
        StoreUnavailable: the address, the driver or the folder is missing.
    """
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    engine = _postgres(parsed)
    return Engines(parsed, engine, engine, None)


def _is_sqlite_file(url: URL) -> bool:
    named = url.database not in {None, "", ":memory:"}
    return url.drivername in {"sqlite", "sqlite+pysqlite"} and named


def _sqlite(url: URL) -> Engines:
    file = Path(str(url.database)).absolute()
    if not file.parent.is_dir():
        raise StoreUnavailable(
            f"The folder {file.parent} for the database does not exist. "
            "Create it, or change DATABASE_URL."
        )
    write = create_engine(url, poolclass=QueuePool, pool_size=1, max_overflow=0)
    read = create_engine(url, poolclass=QueuePool, pool_size=READERS, max_overflow=0)
    event.listen(write, "connect", _settle("PRAGMA journal_mode=WAL"))
    event.listen(
        read,
        "connect",
        _settle("PRAGMA query_only=ON", "PRAGMA wal_autocheckpoint=0"),
    )
    event.listen(write, "begin", _begin_by("BEGIN IMMEDIATE"))
    event.listen(read, "begin", _begin_by("BEGIN"))
    return Engines(url, write, read, file)


def _settle(*pragmas: str) -> Callable[[Any, object], None]:
    def on_connect(connection: Any, _record: object) -> None:
        # The driver would begin transactions by itself, and too late.
        connection.isolation_level = None
        for pragma in (
            f"PRAGMA busy_timeout={BUSY_TIMEOUT}",
            *pragmas,
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
            "PRAGMA secure_delete=ON",  # what is deleted leaves no bytes behind
        ):
            connection.execute(pragma)

    return on_connect


def _begin_by(statement: str) -> Callable[[Any], None]:
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(statement)

    return on_begin


def _postgres(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    except ModuleNotFoundError:
        raise StoreUnavailable(
            "PostgreSQL needs its driver: pip install 'convenor[postgres]'"
        ) from None
