"""The stage: every story starts from an empty community, on each database."""

import pytest

from tests.stage import Stage


@pytest.fixture
def stage(database_url):
    """An empty community, with a clock that only the story moves."""
    opened = Stage(database_url)
    yield opened
    opened.close()
