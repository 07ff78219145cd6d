"""A community in play, on each database; every process of it ends with the test."""

import pytest

from tests.faults.play import Play


@pytest.fixture
def play(tmp_path, database_url):
    """A play on each database in turn."""
    one = Play(tmp_path, database_url)
    yield one
    one.close()


@pytest.fixture
def sqlite_play(tmp_path, sqlite_url):
    """A play where the database makes no difference."""
    one = Play(tmp_path, sqlite_url)
    yield one
    one.close()


@pytest.fixture
def postgres_play(tmp_path, postgres_url):
    """A play on PostgreSQL, where several bots may run."""
    one = Play(tmp_path, postgres_url)
    yield one
    one.close()
