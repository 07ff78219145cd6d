"""Fresh databases with every table, quickly: for tests only.

The tables come from the models; that the migrations make the same ones is a test.
"""

import shutil
from itertools import count
from pathlib import Path

import psycopg
from alembic import command
from sqlalchemy import make_url

from bot.store.engine import open_engines
from bot.store.schema import Base
from bot.store.upgrade import head, migrations

_numbers = count(1)


def make_tables(url):
    """Make every table at *url*, marked as being of this version."""
    engines = open_engines(url)
    with engines.write.begin() as connection:
        Base.metadata.create_all(connection)
        if head() is not None:
            command.stamp(migrations(connection), "head")
    engines.dispose()


class Sqlite:
    """Copies of one prepared file."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._pattern = folder / "pattern.db"
        make_tables(f"sqlite:///{self._pattern}")

    def fresh(self, *, empty=False):
        path = self._folder / f"{next(_numbers)}.db"
        if not empty:
            shutil.copy(self._pattern, path)
        return f"sqlite:///{path}"


class Postgres:
    """Databases made from one prepared pattern, on one server.

    Making one takes half a second and emptying one a few milliseconds, so a database
    that a test has done with is emptied and given to the next.
    """

    def __init__(self, server: str):
        self._server = server
        self._clean: list[str] = []
        self._pattern = f"pattern_{id(self)}"
        self._make(self._pattern, "template0")
        make_tables(self._url(self._pattern))

    def fresh(self, *, empty=False):
        if self._clean and not empty:
            return self._clean.pop()
        name = f"test_{id(self)}_{next(_numbers)}"
        self._make(name, "template0" if empty else self._pattern)
        return self._url(name)

    def reuse(self, url):
        """Empty a database that was made from the pattern, for the next test."""
        tables = ", ".join(f'"{name}"' for name in Base.metadata.tables)
        name = make_url(url).database
        self._do(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # noqa: S608
            f"WHERE datname = '{name}'"
        )
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as found:
            found.execute(f"TRUNCATE {tables} RESTART IDENTITY")
            # A test may have played a database from the future.
            found.execute("UPDATE alembic_version SET version_num = %s", (head(),))
        self._clean.append(url)

    def drop(self, url):
        name = make_url(url).database
        self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self):
        for url in self._clean:
            self.drop(url)
        self.drop(self._url(self._pattern))

    def _make(self, name, pattern):
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{pattern}" STRATEGY FILE_COPY')

    def _url(self, name):
        url = make_url(self._server).set(database=name)
        return url.render_as_string(hide_password=False)

    def _do(self, statement):
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)
