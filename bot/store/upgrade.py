"""Bringing the tables to this version, and refusing tables of another one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from bot.store.engine import Engines, open_engines
from bot.store.errors import StoreUnavailable
from bot.store.filelock import FileLock, lock_beside
from bot.store.unreachable import unreachable

UPGRADING = 260105  #: names the lock that upgrades of one database take in turn
MIGRATIONS = Path(__file__).parent / "migrations"


def migrations(connection: Connection | None = None) -> Config:
    """Alembic's settings, with nothing read from a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head() -> str | None:
    """The revision this version was written for; None while there is no migration."""
    return ScriptDirectory.from_config(migrations()).get_current_head()


def current(url: str) -> str | None:
    """The revision of the tables at *url*; None for an empty database.

    Raises:
        StoreUnavailable: the database cannot be reached.
    """
    engines = open_engines(url)
    try:
        with writing(engines):
            return revision(engines)
    finally:
        engines.dispose()


def upgrade(url: str) -> None:
    """Make or change the tables at *url*, all of it or nothing. Again does nothing.

    Raises:
        StoreUnavailable: it cannot be reached, or its tables are of a newer version.
    """
    engines = open_engines(url)
    try:
        with writing(engines):
            _refuse_the_future(revision(engines))
            with engines.write.begin() as connection:
                _alone(connection)
                command.upgrade(migrations(connection), "head")
    finally:
        engines.dispose()


@contextmanager
def writing(engines: Engines) -> Iterator[None]:
    """Keep other writers of the same SQLite file out."""
    if engines.file is None:
        yield
        return
    lock = FileLock(lock_beside(engines.file))
    try:
        with lock.held():
            yield
    finally:
        lock.close()


def revision(engines: Engines) -> str | None:
    """The revision of the tables.

    Raises:
        StoreUnavailable: the database cannot be reached.
    """
    try:
        with engines.write.begin() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise unreachable(engines.url, error) from None


def check_version(found: str | None) -> None:
    """Refuse tables of revision *found* unless this version was written for it.

    Raises:
        StoreUnavailable: they are older or newer; the advice says what to do.
    """
    _refuse_the_future(found)
    if found != head():
        raise StoreUnavailable(
            "The database's tables are older than this version of Convenor. "
            "Run `convenor db upgrade`, then start again."
        )


def _alone(connection: Connection) -> None:
    # On SQLite we are alone already: the transaction began as a writing one.
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(UPGRADING)))


def _refuse_the_future(found: str | None) -> None:
    known = ScriptDirectory.from_config(migrations()).walk_revisions()
    if found is not None and found not in {script.revision for script in known}:
        raise StoreUnavailable(
            "The database was last used by a newer version of Convenor (its tables are "
            f"at {found}). Install that version or a later one; nothing was changed."
        )
