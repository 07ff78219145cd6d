"""A playground: a simulated Slack and the bot, side by side in a temporary folder."""

import json
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from typing import Any

from bot.demo.director import Director, StatusPage
from bot.demo.processes import PlayFailed, Running, Workshop
from bot.settings.manifest import manifest
from bot.simulator.player import Player
from bot.simulator.seed import from_manifest

DATABASE, CLOCK, COMMUNITY = "convenor.db", "clock.json", "community.toml"
LISTENING = "simulator listening on "
POST_OFFICE = "post office listening on "
SENDER = "GP Cancer Network <network@example.org>"


@dataclass(frozen=True, slots=True)
class Playground:
    """A play's processes and what can be done with them."""

    folder: Path
    url: str  #: the simulator's
    player: Player
    director: Director
    workshop: Workshop
    public: str  #: where the bot's own pages are

    @property
    def kept(self) -> Mapping[str, bytes]:
        """Every file the play has left so far, by name: the database, the logs."""
        files = (one for one in self.folder.iterdir() if one.is_file())
        return {one.name: one.read_bytes() for one in files}


@contextmanager
def playground(
    community: str, seed: Mapping[str, Any], begins: datetime, *, rate: float = 1.0
) -> Iterator[Playground]:
    """Start both processes, the bot at community time *begins*; end them afterwards.

    Community time then runs at *rate*. The simulated workspace has a post office: a
    real mail server beside it.

    Raises:
        PlayFailed: one of them does not start.
    """
    with TemporaryDirectory(prefix="convenor-demo-") as made:
        folder = Path(made)
        (folder / COMMUNITY).write_text(community, encoding="utf-8")
        started: list[Running] = []
        try:
            yield _start(folder, seed, begins, started, rate)
        except PlayFailed as failure:
            said = "\n".join(one.last_words() for one in started)
            raise PlayFailed(f"{failure}\n{said}") from failure
        finally:
            for process in reversed(started):
                process.stop()


def _start(
    folder: Path,
    seed: Mapping[str, Any],
    begins: datetime,
    started: list[Running],
    rate: float,
) -> Playground:
    health, web = _free_ports()
    whole = {
        **from_manifest(dict(manifest())),
        **seed,
        "bot_status": f"http://127.0.0.1:{health}",
    }
    (folder / "seed.json").write_text(json.dumps(whole), encoding="utf-8")
    bare = Workshop(folder, {})
    simulator = bare.start(
        "simulator", "bot.simulator", "--seed", "seed.json", "--mail"
    )
    started.append(simulator)
    url = simulator.line_with(LISTENING).partition(LISTENING)[2].strip()
    office = simulator.line_with(POST_OFFICE).partition(POST_OFFICE)[2].strip()
    public = f"http://127.0.0.1:{web}/"
    workshop = Workshop(
        folder,
        {
            **_settings(url, health),
            "SMTP_URL": f"smtp://{office}",
            "SMTP_FROM": SENDER,
            "PUBLIC_URL": public,
            "LINK_SECRET": token_urlsafe(32),
            "WEB_PORT": str(web),
        },
    )
    player = Player(url)
    director = Director(
        clock_file=folder / CLOCK,
        player=player,
        status=StatusPage(health),
        alive=partial(_all_run, started),
        rate=rate,
    )
    director.jump(begins)
    workshop.run("db", "upgrade")
    started.append(workshop.start("bot", "bot", "run", "--log-format", "text"))
    director.wait_until_ready()
    return Playground(folder, url, player, director, workshop, public)


def _all_run(started: Sequence[Running]) -> None:
    for process in started:
        process.must_run()


def _settings(url: str, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-simulator",
        "SLACK_APP_TOKEN": "xapp-simulator",
        "SLACK_API_URL": f"{url}/api/",
        "SLACK_CHANNEL_PAUSE": "0",
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "COMMUNITY_FILE": COMMUNITY,
        "COMMUNITY_CLOCK_FILE": CLOCK,
        "TICK": "0.05",
        "HEALTH_PORT": str(port),
    }


def _free_ports() -> tuple[int, int]:
    """Two ports that nobody listens on."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as other,
    ):
        return int(one.getsockname()[1]), int(other.getsockname()[1])
