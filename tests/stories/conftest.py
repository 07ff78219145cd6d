"""The stage: every story starts from an empty community, on each database."""

import pytest

from tests.stage import AGAIN, Stage


@pytest.fixture(params=["sqlite", AGAIN])
def database_url(request):
    """SQLite in make test, and PostgreSQL as well in make check.

    Stories of asking are told on both in make test too.
    """
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def stage(database_url):
    """An empty community, with a clock that only the story moves."""
    opened = Stage(database_url)
    yield opened
    opened.close()
