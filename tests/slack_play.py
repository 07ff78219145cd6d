"""A Slack in play for tests of the door and of the way out, with a small cast."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Channels, Community
from bot.domain.deadlines import Deadlines
from bot.domain.times import Almanac
from bot.gateways.clock import SystemClock
from bot.gateways.slack import Slack
from bot.gateways.slack_calls import reading_client, sending_client
from bot.gateways.slack_forms import SlackForms
from bot.gateways.slack_reading import SlackWorkspace
from bot.gateways.slack_socket import SocketAddress
from bot.ports import Act, Message
from bot.simulator.player import Player
from bot.simulator.server import SimulatorServer

AMIRA, BEN, GONE = "U0AMIRA", "U0BEN", "U0GONE"
QUESTIONS, DIGESTS, ELSEWHERE = "C0QUESTIONS", "C0DIGESTS", "C0ELSEWHERE"

SEED = {
    "people": [
        {
            "id": AMIRA,
            "name": "amira",
            "real_name": "Dr Amira Osei",
            "email": "amira@example.org",
        },
        {"id": BEN, "name": "ben", "real_name": "Dr Ben Hale"},
        {"id": GONE, "name": "gone", "deleted": True},
    ],
    "channels": [
        {"id": QUESTIONS, "name": "questions", "members": [AMIRA, BEN], "bot": True},
        {"id": DIGESTS, "name": "digests", "members": [AMIRA], "bot": True},
        {"id": ELSEWHERE, "name": "elsewhere", "members": [AMIRA]},
    ],
    "retry_delays": [0.05, 0.2, 0.2],
    "ack_within": 1.0,
}

COMMUNITY = Community(
    name="Colleagues",
    about="people who ask one another",
    channels=Channels(questions="questions", digests="digests"),
    topics=(),
    regions=(),
    roles={},
    deadlines=Deadlines(almanac=Almanac(zone=ZoneInfo("Europe/London"))),
)


@dataclass(frozen=True)
class Play:
    """One simulated Slack, the people in it, and our ways to it."""

    server: SimulatorServer
    player: Player

    @property
    def sending(self):
        return sending_client("xoxb-simulator", self.server.api_url, timeout=1)

    @property
    def reading(self):
        return reading_client("xoxb-simulator", self.server.api_url, timeout=2)

    @property
    def gateway(self):
        return Slack(self.sending)

    @property
    def workspace(self):
        return SlackWorkspace(self.reading)

    @property
    def forms(self):
        return SlackForms(self.sending)

    @property
    def address(self):
        return SocketAddress(reading_client("xapp-simulator", self.server.api_url))

    @property
    def amira(self):
        return self.player.person(AMIRA)

    @property
    def ben(self):
        return self.player.person(BEN)

    def texts(self, channel=QUESTIONS, thread=None):
        """What Amira sees there."""
        return [one["text"] for one in self.amira.sees(channel, thread)]


def playing(**more):
    """A Slack in play; as a context manager it is served."""
    return SimulatorServer(seed={**SEED, **more})


def message(key="notice:1", *, to=QUESTIONS, text="Good morning.", **more):
    """A message of ours."""
    return Message(
        key=key, to=to, body={"text": text}, act=more.pop("act", Act.POST), **more
    )


def a_minute_ago():
    return SystemClock().machine() - timedelta(minutes=1)
