"""Route real archived questions with the product's own code, and write a run file.

    python -m benchmarks.route THREADS.jsonl.gz --out run.jsonl

THREADS has one thread a line, in time order: id, channel, title, ts, asker, text,
replies [{user, ts, text}]. Each of the last fifth of the threads is routed as it would
have been on its day: the history holds what was posted before it and nothing later,
and the peers are those who had replied to somebody by then. A line of the run is
``{"id": thread, "ranking": [user, …]}``; the last line printed is one of JSON, with
how long a question took.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, TextIO

from bot.domain.routing import Enquiry, History, Peer, rank

LISTED = 200  #: places of each ranking that are written
REPLIES_READ = 1_500  #: characters of a thread's replies that are indexed
Thread = dict[str, Any]


@dataclass(slots=True)
class Replay:
    """A community as it was at one moment, moved forward message by message."""

    history: History = field(default_factory=History)
    peers: dict[str, Peer] = field(default_factory=dict)
    _read: dict[str, int] = field(default_factory=dict)

    def ask(self, thread: Thread) -> None:
        """Somebody asked."""
        self.history.add(
            thread=thread["id"],
            text=question(thread),
            asker=thread["asker"],
            at=moment(thread),
            channel=thread["channel"],
        )

    def reply(self, thread: Thread, reply: Thread) -> None:
        """Somebody replied, and so became a peer."""
        member = reply["user"]
        read = self._read.get(thread["id"], 0)
        self._read[thread["id"]] = read + len(reply["text"])
        self.history.replied(
            thread=thread["id"],
            member=member,
            at=moment(reply),
            text=reply["text"][: max(0, REPLIES_READ - read)],
        )
        if member != thread["asker"] and member not in self.peers:
            self.peers[member] = Peer(member=member, name=member, interests=frozenset())

    def route(self, thread: Thread) -> list[str]:
        """Whom the product would ask, best first."""
        enquiry = Enquiry(
            asker=thread["asker"],
            text=question(thread),
            topics=(),
            asked_at=moment(thread),
            channel=thread["channel"],
        )
        ranked = rank(enquiry, list(self.peers.values()), self.history)
        return [one.member for one in ranked[:LISTED]]


def question(thread: Thread) -> str:
    """The question as it was asked, its title first."""
    return f"{thread['title']}. {thread['text']}"[:1500]


def moment(message: Thread) -> datetime:
    """When a message was posted, aware, UTC."""
    return datetime.fromtimestamp(message["ts"], UTC)


def events(threads: list[Thread]) -> Iterator[tuple[Thread, Thread | None]]:
    """Every question (with None) and reply (with itself), in the order of time."""
    told = [(t["ts"], 0, n, t, None) for n, t in enumerate(threads)]
    told += [
        (max(t["ts"], r["ts"]), 1, n, t, r)
        for n, t in enumerate(threads)
        for r in t["replies"]
    ]
    told.sort(key=lambda event: event[:3])
    return ((thread, reply) for _, _, _, thread, reply in told)


def replay(threads: list[Thread], tested: set[str], out: TextIO) -> list[float]:
    """Live through the threads, routing those tested; seconds each took."""
    community, seconds = Replay(), []
    for thread, reply in events(threads):
        if reply is not None:
            community.reply(thread, reply)
            continue
        if thread["id"] in tested:
            started = perf_counter()
            ranking = community.route(thread)
            seconds.append(perf_counter() - started)
            out.write(json.dumps({"id": thread["id"], "ranking": ranking}) + "\n")
        community.ask(thread)
    return seconds


def read(path: Path) -> list[Thread]:
    """The threads of a file, packed or not, in the order they began."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        threads = [json.loads(line) for line in lines if line.strip()]
    return sorted(threads, key=lambda thread: thread["ts"])


def main() -> None:
    """Read the arguments, replay, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--test-fraction", type=float, default=0.2)
    asked = parser.parse_args()
    threads = read(asked.file)
    tested = threads[int(len(threads) * (1 - asked.test_fraction)) :]
    with asked.out.open("w", encoding="utf-8") as out:
        seconds = replay(threads, {thread["id"] for thread in tested}, out)
    milliseconds = [1000 * second for second in seconds]
    summary = {
        "threads": len(threads),
        "routed": len(seconds),
        "ms_median": round(median(milliseconds), 2),
        "ms_p95": round(quantiles(milliseconds, n=20)[-1], 2),
    }
    sys.stdout.write(json.dumps(summary) + "\n")


if __name__ == "__main__":
    main()
