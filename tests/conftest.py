"""What every test can ask for: a fresh database, on SQLite and on PostgreSQL."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.demo.chromium import NoBrowser, find
from bot.store import connect
from tests.databases import Postgres, Sqlite
from tests.postgres import server

MEMORY = Path("/dev/shm")  # noqa: S108 - where it is there, nobody waits for a disk


@pytest.fixture(scope="session")
def sqlite_databases():
    """Fresh SQLite files, kept in memory where the system can."""
    fast = MEMORY if os.access(MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="convenor-sqlite-", dir=fast) as folder:
        yield Sqlite(Path(folder))


@pytest.fixture(scope="session")
def postgres_databases():
    """Fresh databases on one PostgreSQL, started the first time a test needs it."""
    with server() as address:
        databases = Postgres(address)
        yield databases
        databases.close()


@pytest.fixture
def sqlite_url(sqlite_databases):
    """An empty community in a SQLite file."""
    return sqlite_databases.fresh()


@pytest.fixture
def postgres_url(postgres_databases):
    """An empty community on PostgreSQL."""
    url = postgres_databases.fresh()
    yield url
    postgres_databases.reuse(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """An empty community on each database in turn, its tables made."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return request.getfixturevalue(kind)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request):
    """A database without any table, of each kind in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_databases").fresh(empty=True)
        return
    databases = request.getfixturevalue("postgres_databases")
    url = databases.fresh(empty=True)
    yield url
    databases.drop(url)


@pytest.fixture
def begin(database_url):
    """An open store on each database in turn; closed afterwards."""
    store = connect(database_url)
    yield store
    store.close()


@pytest.fixture(scope="session")
def chromium():
    """The browser of this machine.

    Where none is found the tests are skipped; in continuous integration they fail.
    """
    try:
        return find()
    except NoBrowser as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
