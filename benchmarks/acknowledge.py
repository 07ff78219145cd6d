"""How soon Slack is told that an event is kept, at several rates.

`python -m benchmarks.acknowledge`: replies over Socket Mode, from the simulator's
sending each envelope to its receiving the acknowledgement. The bot commits each event
to SQLite (on a disk, `synchronous=FULL`) before it answers; the peer answers at once.
Slack's own limit is 3,000 ms.
"""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import p50, p99, show
from tests.databases import Sqlite
from tests.faults.play import QUESTIONS, Play
from tests.faults.processes import start, until

RATES = (10, 50, 100, 200)  #: events a second
SECONDS = 4  #: at each rate
LONGEST = 60.0  #: seconds until the last acknowledgement
PATIENT = {"ack_within": LONGEST}  #: nothing is sent again, so that each wait shows


def main() -> None:
    """Measure bot and peer, and print the table."""
    measured = {"convenor": _measured(_bot), "bare echo": _measured(_echo)}
    rows = [
        [
            who,
            f"{rate}",
            f"{reached:.0f}",
            f"{len(waits)}",
            f"{p50(waits):.1f}",
            f"{p99(waits):.1f}",
            f"{max(waits):.1f}",
        ]
        for who, by_rate in measured.items()
        for rate, (reached, waits) in by_rate.items()
    ]
    headings = ["", "asked /s", "sent /s", "events", "p50 ms", "p99 ms", "most ms"]
    show("Event sent to event acknowledged", headings, rows)


def _measured(open_: Callable[[Play], None]) -> dict[int, tuple[float, list[float]]]:
    with TemporaryDirectory() as folder:
        databases = Path(folder) / "databases"
        databases.mkdir()
        play = Play(Path(folder), Sqlite(databases).fresh())
        try:
            open_(play)
            return {rate: _at(play, rate) for rate in RATES}
        finally:
            play.close()


def _bot(play: Play) -> None:
    play.start_slack(**PATIENT)
    play.ready(play.start_bot(TICK="1"))


def _echo(play: Play) -> None:
    play.start_slack(**PATIENT)
    api = play.settings()["SLACK_API_URL"]
    play.running.append(start(play.folder, "echo", "benchmarks.echo", api))
    until(lambda: len(play.slack.do("sockets")["sockets"]) > 1, "the echo")


def _at(play: Play, rate: int) -> tuple[float, list[float]]:
    """The rate reached, and the wait of each event in milliseconds."""
    root = play.person("amina").post(QUESTIONS, "Has anybody got a minute?")
    play.slack.wait_until_quiet(LONGEST)
    entries = play.slack.transcript()
    after, began = int(entries[-1]["seq"]), time.monotonic()
    for number in range(rate * SECONDS):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        play.person("ben").reply(root, f"Reply {number}.")
    reached = rate * SECONDS / (time.monotonic() - began)
    play.slack.wait_until_quiet(LONGEST)
    return reached, _waits(play, after)


def _waits(play: Play, after: int) -> list[float]:
    """From each envelope's sending to its acknowledgement, in milliseconds."""
    heard = play.slack.transcript("sent", "acked", after=after)
    sent = {one["envelope_id"]: one["at"] for one in heard if one["kind"] == "sent"}
    acked = (one for one in heard if one["kind"] == "acked")
    return [
        1000 * (one["at"] - sent[one["envelope_id"]])
        for one in acked
        if one["envelope_id"] in sent
    ]


if __name__ == "__main__":
    main()
