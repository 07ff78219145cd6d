"""Where the stories about delivery and intake take place."""

import pytest

from tests.usecases.postroom import PostRoom


@pytest.fixture
def room(begin):
    """A post room on a fresh database, on each database in turn."""
    return PostRoom(begin)
