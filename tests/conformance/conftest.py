"""The target: the simulator, or what the environment names (docs/conformance.md)."""

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.simulator import Player, SimulatorServer
from tests.conformance.hearing import Ears
from tests.conformance.report import Findings

FINDINGS = pytest.StashKey[Findings]()
NEEDED = ("BOT_TOKEN", "APP_TOKEN", "CHANNEL")
SEED = {
    "people": [
        {"id": "U0AMIRA", "name": "amira", "email": "amira@example.org"},
        {"id": "U0BRYN", "name": "bryn", "email": "bryn@example.org"},
    ],
    "channels": [
        {"id": "C0ASK", "name": "questions", "members": ["U0AMIRA"], "bot": True}
    ],
    "ack_within": 1,
    "retry_delays": [0, 0.1, 0.2],
}


@dataclass
class Target:
    """A Slack, or something that should be like one."""

    name: str
    api_url: str
    bot_token: str
    app_token: str
    channel: str
    #: Plays people, where the target lets somebody.
    player: Player | None = None
    #: Seconds to wait for a redelivery.
    patience: float = 10

    def client(self, token=None):
        """A Web API client as the bot's own is made."""
        chosen = self.bot_token if token is None else token
        client = WebClient(token=chosen, base_url=self.api_url)
        client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=3))
        return client

    def ears(self, **how):
        """A Socket Mode connection."""
        return Ears(self.api_url, self.app_token, **how)

    def words(self, about="hello"):
        """Text nobody else has posted."""
        return f"{about} {uuid4().hex[:8]}"


def _elsewhere(url):
    missing = [name for name in NEEDED if not os.environ.get(f"CONFORMANCE_{name}")]
    if missing:
        wanted = ", ".join(f"CONFORMANCE_{name}" for name in missing)
        pytest.exit(f"CONFORMANCE_SLACK_API_URL is set; set {wanted} too.", 2)
    given = {name.lower(): os.environ[f"CONFORMANCE_{name}"] for name in NEEDED}
    return Target(url, url.rstrip("/") + "/", **given, patience=90)


@pytest.fixture(scope="session")
def target():
    """The Slack under test."""
    url = os.environ.get("CONFORMANCE_SLACK_API_URL")
    if url:
        yield _elsewhere(url)
        return
    with SimulatorServer(seed=SEED) as server:
        tokens = ("xoxb-simulator", "xapp-simulator")
        where = Target("the simulator", server.api_url, *tokens, "C0ASK")
        where.player = Player(server.url)
        yield where


@pytest.fixture(autouse=True)
def named(target, request):
    """Put the target's name on the report."""
    request.config.stash[FINDINGS].target = target.name


@pytest.fixture
def slack(target):
    """The bot's Web API client."""
    return target.client()


@pytest.fixture
def channel(target):
    """A channel the bot is in."""
    return target.channel


@pytest.fixture
def player(target):
    """Somebody who can play people; not every target has one."""
    if target.player is None:
        pytest.skip("nobody can play a person there")
    return target.player


@pytest.fixture
def amira(player):
    """A person in the channel."""
    return player.person("U0AMIRA")


def pytest_configure(config):
    config.stash[FINDINGS] = Findings()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    expectation = " ".join((item.function.__doc__ or item.name).split())
    findings = item.config.stash[FINDINGS]
    if report.skipped:
        findings.note(
            expectation, "not tried", report.longrepr[2].removeprefix("Skipped: ")
        )
    elif report.failed:
        why = str(call.excinfo.value).splitlines() if call.excinfo else []
        findings.note(expectation, "differs", (why or ["?"])[0][:160])
    elif report.when == "call":
        findings.note(expectation, "as Slack", "")


def pytest_terminal_summary(terminalreporter, config):
    findings = config.stash[FINDINGS]
    if not findings.rows:
        return
    terminalreporter.section("conformance")
    for line in findings.lines():
        terminalreporter.write_line(line)
    page = os.environ.get("CONFORMANCE_REPORT")
    if page:
        Path(page).write_text(findings.markdown(), encoding="utf-8")
