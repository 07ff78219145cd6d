"""A simulated Slack for each test, and what is needed to be app and people there."""

import pytest
from slack_sdk import WebClient

from bot.simulator import Player, SimulatorServer
from tests.conformance.hearing import Ears

SEED = {
    "people": [
        {"id": "U0AMIRA", "name": "amira", "email": "amira@example.org"},
        {"id": "U0BRYN", "name": "bryn", "email": "bryn@example.org"},
        {"id": "U0GONE", "name": "gone", "deleted": True},
    ],
    "channels": [
        {"id": "C0ASK", "name": "questions", "members": ["U0AMIRA"], "bot": True},
        {"id": "C0OPEN", "name": "open", "members": ["U0AMIRA"]},
        {
            "id": "C0STAFF",
            "name": "staff",
            "members": ["U0BRYN"],
            "is_private": True,
        },
    ],
    "ack_within": 2,
    "retry_delays": [0, 0.1, 0.2],
}


@pytest.fixture
def server():
    """A simulated Slack of its own."""
    with SimulatorServer(seed=SEED) as running:
        yield running


@pytest.fixture
def slack(server):
    """The bot's Web API client, which never tries again by itself."""
    return WebClient("xoxb-simulator", base_url=server.api_url, retry_handlers=[])


@pytest.fixture
def player(server):
    """Whoever plays people."""
    return Player(server.url)


@pytest.fixture
def hasty(player):
    """A Slack that waits a fifth of a second for acknowledgements, not two."""
    player.do("delays", ack_within=0.2)


@pytest.fixture
def amira(player):
    """A person."""
    return player.person("U0AMIRA")


@pytest.fixture
def ears(server):
    """Make Socket Mode connections."""

    def make(**how):
        return Ears(server.api_url, "xapp-simulator", **how)

    return make
