"""History: who replied to what, indexed so that the past can vote."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nlargest

from bot.domain.lexicon import Index

DAY = 86_400.0  #: seconds
NEWEST_REPLIES = 3_000  #: replies counted in any one tally
FADED = 10  #: half-lives after which a reply is worth a thousandth, and is passed over
VOTING_THREADS = 100  #: the most alike threads, which vote for those who replied
CLEARLY_ALIKE = 0.5  #: likeness at which a person would call two questions similar
TEXT_READ = 600  #: characters of a question that are looked up


@dataclass(slots=True)
class _Thread:
    number: int
    asked_at: float  #: seconds, as the tallies count them
    asker: str
    channel: str | None
    topics: tuple[str, ...]
    replies: dict[str, float] = field(default_factory=dict)


class _Log:
    """Replies in the order of their times, as (seconds, member)."""

    __slots__ = ("replies",)

    def __init__(self) -> None:
        self.replies: list[tuple[float, str]] = []

    def add(self, reply: tuple[float, str]) -> None:
        insort(self.replies, reply, key=_when)

    def tally(self, before: float, half_life: float) -> dict[str, float]:
        """Replies of each member, each worth half as much every *half_life* days."""
        sums: dict[str, float] = {}
        fading = 1 / (half_life * DAY)
        for at, member in self.newest(before, since=before - FADED * half_life * DAY):
            worth = 0.5 ** ((before - at) * fading)
            sums[member] = sums.get(member, 0.0) + worth
        return sums

    def newest(
        self, before: float, *, since: float = float("-inf")
    ) -> list[tuple[float, str]]:
        """The last ``NEWEST_REPLIES`` before a time, or those *since* if fewer."""
        end = bisect_left(self.replies, before, key=_when)
        start = bisect_left(self.replies, since, key=_when)
        return self.replies[max(start, end - NEWEST_REPLIES) : end]


def _when(reply: tuple[float, str]) -> float:
    return reply[0]


@dataclass(frozen=True, slots=True)
class Votes:
    """What similar threads say: a weight a member, and how many were clearly alike."""

    weights: dict[str, float]
    alike: Counter[str]


class History:
    """Who replied to what, indexed for voting.

    Times are aware. Add a thread before its replies, and oldest first: it is quickest,
    and a common word is looked for only in what was added last. The same thread added
    twice counts once, and so does the same member in a thread. It may be read while
    one other thread of the program adds to it.
    """

    def __init__(self) -> None:
        self._index = Index()
        self._threads: dict[str, _Thread] = {}
        self._numbered: list[_Thread] = []
        self._logs: defaultdict[tuple[str, str], _Log] = defaultdict(_Log)

    def __len__(self) -> int:
        """How many threads are known."""
        return len(self._threads)

    def add(
        self,
        *,
        thread: str,
        text: str,
        asker: str,
        at: datetime,
        channel: str | None = None,
        topics: tuple[str, ...] = (),
    ) -> None:
        """Add a question that was asked, *at* when, before its replies."""
        if thread in self._threads:
            return
        kept = _Thread(self._index.open(), at.timestamp(), asker, channel, topics)
        self._threads[thread] = kept
        self._numbered.append(kept)
        self._index.extend(kept.number, text)

    def replied(
        self, *, thread: str, member: str, at: datetime, text: str = ""
    ) -> None:
        """Add a reply; its text, if given, helps to find the thread again.

        A member's first reply in a thread counts and later ones do not: a long talk is
        not many answers. The asker's own replies, and replies in unknown threads, add
        nothing to what is known of a member.
        """
        kept = self._threads.get(thread)
        if kept is None:
            return
        if text:
            self._index.extend(kept.number, text)
        if member == kept.asker or member in kept.replies:
            return
        reply = (at.timestamp(), member)
        kept.replies[member] = reply[0]
        for log in self._logs_of(kept):
            self._logs[log].add(reply)

    def tally(
        self, kind: str, key: str, *, before: datetime, half_life: float
    ) -> dict[str, float]:
        """Replies of each member before a time, halved every *half_life* days.

        *kind* is "all", "channel", "topic" or "asker"; *key* says which one.
        """
        log = self._logs.get((kind, key))
        return log.tally(before.timestamp(), half_life) if log else {}

    def counts(self, kind: str, key: str, *, before: datetime) -> Counter[str]:
        """How many replies each member made before a time, faded or not."""
        log = self._logs.get((kind, key))
        newest = log.newest(before.timestamp()) if log else []
        return Counter(member for _, member in newest)

    def active_since(self, start: datetime, *, before: datetime) -> frozenset[str]:
        """Who replied to anyone from *start* on and before a time, of the newest."""
        log = self._logs.get(("all", ""))
        if log is None:
            return frozenset()
        newest = log.newest(before.timestamp(), since=start.timestamp())
        return frozenset(member for _, member in newest)

    def votes(self, text: str, *, before: datetime, half_life: float) -> Votes:
        """Let threads like *text* vote, by likeness and freshness, for who replied."""
        moment, fading = before.timestamp(), 1 / (half_life * DAY)
        weights: dict[str, float] = {}
        alike: Counter[str] = Counter()
        for likeness, thread in self._most_alike(text, moment):
            for member, at in thread.replies.copy().items():
                if at < moment:
                    vote = likeness * 0.5 ** ((moment - at) * fading)
                    weights[member] = weights.get(member, 0.0) + vote
                    alike[member] += likeness >= CLEARLY_ALIKE
        return Votes(weights, alike)

    def _most_alike(self, text: str, before: float) -> list[tuple[float, _Thread]]:
        scores = self._index.likeness(text[:TEXT_READ])
        earlier = (
            (score, number)
            for number, score in scores.items()
            if self._numbered[number].asked_at < before
        )
        best = nlargest(VOTING_THREADS, earlier)
        return [(score, self._numbered[number]) for score, number in best]

    def _logs_of(self, thread: _Thread) -> Iterable[tuple[str, str]]:
        yield "all", ""
        yield "asker", thread.asker
        if thread.channel is not None:
            yield "channel", thread.channel
        for topic in thread.topics:
            yield "topic", topic
