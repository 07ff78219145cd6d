"""The ways out, tested against a Slack in play over real HTTP."""

import pytest

from bot.simulator.player import Player
from tests.slack_play import Play, playing


@pytest.fixture(scope="module")
def _server():
    with playing() as server:
        yield server


@pytest.fixture
def slack(_server):
    """The Slack in play; it works again after each test."""
    player = Player(_server.url)
    yield Play(_server, player)
    player.do("clear")
