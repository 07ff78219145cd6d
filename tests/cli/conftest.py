"""Commands are run as an operator runs them: words in, words and a status out."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import app
from bot.cli import main
from bot.settings import NAMES, read_all
from bot.simulator.player import Player
from tests.slack_play import Play, playing

COMMUNITY = """
name = "Colleagues"
about = "people who ask one another"
timezone = "Europe/London"
holidays = "GB-ENG"
regions = ["North", "South and West"]

[roles]
"robin@example.org" = "coordinator"

[channels]
questions = "questions"
digests = "digests"

[[topics]]
id = "fit"
name = "FIT"
words = ["qFIT", "FIT test"]

[[topics]]
id = "lung"
name = "Lung health checks"
words = ["TLHC"]
"""


@dataclass(frozen=True)
class Told:
    """What a command said, and the status it left."""

    status: int
    out: str
    err: str

    @property
    def said(self):
        """What it said in one line, so that wrapping does not matter."""
        return " ".join(f"{self.out} {self.err}".split())


class Desk:
    """A folder with settings in it, and an operator who types commands there."""

    def __init__(self, folder, capsys):
        self.folder = folder
        self._capsys = capsys
        self._settings = {}

    def set(self, **settings):
        """Write ``.env`` anew, with these settings changed; None takes one out."""
        self._settings |= settings
        lines = [f"{name}={v}" for name, v in self._settings.items() if v is not None]
        self.write(".env", "\n".join(lines) + "\n")
        return self

    def write(self, name, text, encoding="utf-8"):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    def type(self, *words):
        """Run a command to its end."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(words)
        captured = self._capsys.readouterr()
        assert "Traceback" not in captured.err
        return Told(int(ended.value.code or 0), captured.out, captured.err)


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


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys, sqlite_url):
    """An operator's folder, with a community, a database and no Slack yet."""
    beginnings = {name.partition("_")[0] for name in NAMES}
    for name in list(os.environ):
        if name.upper().partition("_")[0] in beginnings:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    desk = Desk(Path(tmp_path), capsys)
    desk.write("community.toml", COMMUNITY)
    return desk.set(DATABASE_URL=sqlite_url)


@pytest.fixture
def at_slack(desk, slack):
    """The operator's folder, with the tokens and address of the Slack in play."""
    return desk.set(
        SLACK_BOT_TOKEN="xoxb-simulator",
        SLACK_APP_TOKEN="xapp-simulator",
        SLACK_API_URL=slack.server.api_url,
    )


@pytest.fixture
def ctx(desk):
    """The same community, as the bot would open it."""
    desk.set()
    settings, community = read_all(slack=False)
    store = app.open_store(settings)
    yield app.context(settings, community, store)
    store.close()
