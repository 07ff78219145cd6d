"""A browser to look with, and pages to look at."""

import os

import pytest
from playwright.sync_api import sync_playwright
from slack_sdk import WebClient

from bot.simulator import Player, SimulatorServer
from tests.browser.eyes import Eyes

SEED = {
    "people": [
        {"id": "U0AMINA", "name": "amina", "real_name": "Amina Yusuf"},
        {
            "id": "U0BEN",
            "name": "ben",
            "real_name": "Ben Carter",
            "email": "ben@example.org",
        },
    ],
    "channels": [
        {
            "id": "C0QUESTIONS",
            "name": "questions",
            "members": ["U0AMINA", "U0BEN"],
            "bot": True,
        },
        {"id": "C0OPEN", "name": "open", "members": ["U0AMINA"]},
    ],
}


@pytest.fixture(scope="module")
def browser(chromium):
    """One browser for a module's tests."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def look(browser):
    """Open a page: give its address, and what the screen is like."""
    opened = []

    def make(url, *, width=1280, height=800, **screen):
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, **screen)
        opened.append(context)
        return Eyes(context.new_page(), url)

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def server():
    """A simulated Slack with a post office, and no bot."""
    with SimulatorServer(seed=SEED, mail=True) as running:
        yield running


@pytest.fixture
def player(server):
    """Whoever plays people behind the page's back."""
    return Player(server.url)


@pytest.fixture
def app(server):
    """What the bot would do, done by hand."""
    return WebClient("xoxb-simulator", base_url=server.api_url, retry_handlers=[])
