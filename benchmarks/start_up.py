"""How long `convenor run` takes to be ready, and how much memory it then holds.

`python -m benchmarks.start_up`: ready means that `/health/ready` says so: database
answered, Slack reached, a socket open. The peer imports Bolt and SQLAlchemy, which no
Slack bot on a database can do without, and ends.
"""

import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import show, spread
from tests.databases import Sqlite
from tests.faults.play import Play, free_port
from tests.faults.processes import until

RUNS = 5
PEER = (
    "import slack_bolt, sqlalchemy, resource;"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def main() -> None:
    """Measure bot and peer in turn, and print the table."""
    ours, peers = [], []
    for _ in range(RUNS):
        ours.append(_bot())
        peers.append(_peer())
    rows = [
        ["convenor run, ready", *_row(ours)],
        ["import slack_bolt, sqlalchemy", *_row(peers)],
    ]
    show(f"Start-up, {RUNS} runs each", ["", "seconds", "memory, MB"], rows)


def _row(measured: list[tuple[float, float]]) -> list[str]:
    return [spread([one[0] for one in measured]), spread([one[1] for one in measured])]


def _bot() -> tuple[float, float]:
    with TemporaryDirectory() as folder:
        databases = Path(folder) / "databases"
        databases.mkdir()
        play = Play(Path(folder), Sqlite(databases).fresh())
        try:
            play.start_slack()
            port, began = free_port(), time.monotonic()
            bot = play.start_bot(TICK="1", HEALTH_PORT=str(port))
            until(lambda: _ready(port), "the bot to be ready")
            return time.monotonic() - began, _resident(bot.process.pid)
        finally:
            play.close()


def _ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200  # noqa: PLR2004 - HTTP's OK
    except OSError:
        return False
    finally:
        connection.close()


def _resident(process: int) -> float:
    """Memory in MB that is resident now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    [line] = [one for one in status.splitlines() if one.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def _peer() -> tuple[float, float]:
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", PEER], capture_output=True, check=True, text=True
    )
    return time.monotonic() - began, int(done.stdout) / 1024


if __name__ == "__main__":
    main()
