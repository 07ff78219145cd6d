"""How long routing takes in large communities, on made-up words and members.

    python -m benchmarks.route_scale [--members 50000] [--messages 100000]

One line of JSON: seconds to index, and milliseconds a question, by the clock and of the
processor alone (the fairer where others share the machine). Interests, replies
and words are drawn as they are in life: a few common, most rare. The limit is
PRODUCT.md's: a 95th percentile under 50 ms at 50,000 members and 100,000 messages.
"""

import argparse
import json
import random
import resource
import sys
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter, process_time

from bot.domain.routing import Enquiry, History, Peer, rank, shortlist

START = datetime(2024, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=730)
TOPICS = tuple(f"topic{n}" for n in range(20))
REGIONS = tuple(f"region{n}" for n in range(16))
WORDS = 30_000
REPLIES = 4  #: a thread
QUESTIONS = 100


class Invention:
    """A community drawn from a seed: the same each time."""

    def __init__(self, members: int, messages: int, seed: int = 1) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - invention, not secrecy
        self.members = [f"U{number:06}" for number in range(members)]
        self.messages = messages

    def peers(self) -> list[Peer]:
        """Everybody, each with two interests and a region."""
        return [
            Peer(
                member=member,
                name=member,
                interests=frozenset(self._chance.sample(TOPICS, 2)),
                region=self._chance.choice(REGIONS),
            )
            for member in self.members
        ]

    def history(self) -> History:
        """Threads of a question and some replies, evenly over two years."""
        history = History()
        threads = self.messages // (REPLIES + 1)
        for number in range(threads):
            at = START + SPAN * number / threads
            self._live(history, str(number), at)
        return history

    def enquiry(self) -> Enquiry:
        """A question asked the day after the last reply."""
        return Enquiry(
            asker=self._somebody(),
            text=self._text(60),
            topics=tuple(self._chance.sample(TOPICS, 2)),
            asked_at=START + SPAN + timedelta(days=1),
            channel="questions",
            region=self._chance.choice(REGIONS),
        )

    def _live(self, history: History, thread: str, at: datetime) -> None:
        history.add(
            thread=thread,
            text=self._text(60),
            asker=self._somebody(),
            at=at,
            channel="questions",
            topics=(self._chance.choice(TOPICS),),
        )
        for hour in range(1, REPLIES + 1):
            history.replied(
                thread=thread,
                member=self._somebody(),
                at=at + timedelta(hours=hour),
                text=self._text(40),
            )

    def _somebody(self) -> str:
        return self.members[int(len(self.members) * self._chance.random() ** 3)]

    def _text(self, length: int) -> str:
        return " ".join(
            f"w{int(WORDS * self._chance.random() ** 4)}" for _ in range(length)
        )


def main() -> None:
    """Invent a community, route questions in it, and say how long that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=50_000)
    parser.add_argument("--messages", type=int, default=100_000)
    asked = parser.parse_args()
    invention = Invention(asked.members, asked.messages)
    peers = invention.peers()
    started = perf_counter()
    history = invention.history()
    indexed = perf_counter() - started
    taken = [_routed(invention.enquiry(), peers, history) for _ in range(QUESTIONS)]
    wall, processor = zip(*taken, strict=True)
    summary = {
        "members": asked.members,
        "messages": asked.messages,
        "index_s": round(indexed, 1),
        "ms_median": round(median(wall), 1),
        "ms_p95": round(quantiles(wall, n=20)[-1], 1),
        "cpu_ms_p95": round(quantiles(processor, n=20)[-1], 1),
        "limit_ms_p95": 50,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(summary) + "\n")


def _routed(
    enquiry: Enquiry, peers: list[Peer], history: History
) -> tuple[float, float]:
    started, worked = perf_counter(), process_time()
    shortlist(rank(enquiry, peers, history), size=4)
    return 1000 * (perf_counter() - started), 1000 * (process_time() - worked)


if __name__ == "__main__":
    main()
