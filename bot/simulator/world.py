"""Everything one simulated Slack consists of, put together."""

from dataclasses import dataclass, field

from bot.simulator.backstage import Backstage
from bot.simulator.clock import Clock
from bot.simulator.delivery import Delivery
from bot.simulator.events import EventsApi
from bot.simulator.faults import Faults
from bot.simulator.forms import Forms
from bot.simulator.limits import Limits
from bot.simulator.model import App, Team
from bot.simulator.post_office import PostOffice
from bot.simulator.responses import ResponseAddresses
from bot.simulator.sockets import Sockets
from bot.simulator.transcript import Transcript
from bot.simulator.triggers import Triggers
from bot.simulator.webhooks import Webhook
from bot.simulator.workspace import Workspace


@dataclass(eq=False)
class World:
    """A workspace, its app's connections, and what may go wrong between them."""

    app: App = field(default_factory=App)
    team: Team = field(default_factory=Team)
    clock: Clock = field(default_factory=Clock)
    #: Where the server answers, once it does.
    url: str = "http://127.0.0.1"

    def __post_init__(self) -> None:
        self.transcript = Transcript(self.clock)
        self.workspace = Workspace(self.clock, self.transcript, self.team, self.app)
        self.delivery = Delivery(self.transcript)
        self.events = EventsApi(self.workspace, self.delivery)
        self.sockets = Sockets(self.delivery, self.app.app_id)
        self.forms = Forms(self.transcript)
        self.triggers = Triggers()
        self.responses = ResponseAddresses()
        self.faults = Faults(self.transcript)
        self.limits = Limits()
        self.backstage = Backstage(self.clock)
        self.post_office = PostOffice(self.clock, self.transcript)

    def use_http(self, request_url: str) -> None:
        """Deliver to *request_url* from now on; Socket Mode gets nothing."""
        webhook = Webhook(request_url, self.app.signing_secret, self.delivery)
        self.delivery.ways = [webhook]
        self.delivery.closed_to_sockets = True

    def go_live(self) -> None:
        """From now on, tell the app what happens; before, the stage was being set."""
        self.workspace.announce = self.events.announce
