"""How soon a peer is asked: from the question's form sent to the invitation delivered.

`python -m benchmarks.loop`: over HTTP and Socket Mode, at a good time for everybody, by
the simulator's own clock. Each question goes to four peers, nobody to two. The limit
is the tick: at the usual one of a second, two ticks (route, then send) and their work.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.machine import p50, p99, show
from tests.databases import Sqlite
from tests.faults.play import DIGESTS, QUESTIONS, Play, has_button
from tests.faults.processes import until

TICKS = ("1", "0.05")  #: seconds: the usual one, and the demo's
ASKED = 10  #: questions
PEERS = 4  #: a question


def main() -> None:
    """Measure at each tick, and print the table."""
    rows = []
    for tick in TICKS:
        first, every = _measured(tick)
        rows.append(
            [
                f"TICK={tick}",
                f"{ASKED}",
                f"{len(every)}",
                f"{p50(first):.2f}",
                f"{p50(every):.2f}",
                f"{p99(every):.2f}",
                f"{max(every):.2f}",
            ]
        )
    headings = ["", "questions", "invitations", "first p50 s", "p50 s", "p99 s", "most"]
    show("Question sent to invitation delivered", headings, rows)


def _measured(tick: str) -> tuple[list[float], list[float]]:
    """The seconds to each question's first invitation, and to every invitation."""
    with TemporaryDirectory() as folder:
        databases = Path(folder) / "databases"
        databases.mkdir()
        play = Play(Path(folder), Sqlite(databases).fresh())
        try:
            play.start_slack(**_crowd())
            play.ready(play.start_bot(TICK=tick, SLACK_CHANNEL_PAUSE="1"))
            waits = [_one(play, number) for number in range(ASKED)]
        finally:
            play.close()
    return [min(one) for one in waits], [wait for one in waits for wait in one]


def _crowd() -> dict[str, Any]:
    """Peers enough that nobody is asked twice."""
    names = ["amina", *(f"peer{number}" for number in range((ASKED + 2) * PEERS))]
    people = [{"id": f"U0{name.upper()}", "name": name} for name in names]
    ids = [one["id"] for one in people]
    places = ((QUESTIONS, "questions"), (DIGESTS, "digests"))
    channels = [
        {"id": place, "name": name, "members": ids, "bot": True}
        for place, name in places
    ]
    return {"people": people, "channels": channels}


def _one(play: Play, number: int) -> list[float]:
    amina = play.person("amina")
    amina.command("/ask", QUESTIONS)
    amina.submit(question=f"How do you code a FIT result, number {number}?")
    [*_, sent] = [
        one for one in play.slack.transcript("act") if one["verb"] == "submitted"
    ]

    def delivered() -> list[float]:
        posted = play.slack.transcript("posted", after=int(sent["seq"]))
        waits = [one["at"] - sent["at"] for one in posted if has_button(one, "answer")]
        return waits if len(waits) >= PEERS else []

    return until(delivered, "the invitations", 30)


if __name__ == "__main__":
    main()
