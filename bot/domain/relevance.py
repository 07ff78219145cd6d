"""Relevance: how much speaks for a peer, part by part, and in words.

How the weights were chosen, and on what: docs/decisions/0004-routing.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from math import sqrt

from bot.domain.evidence import Evidence
from bot.domain.peers import Caps, Enquiry, Peer
from bot.domain.reasons import Grounds, reason

#: What each signal, from 0 to 1, adds to a score. What a member lists outweighs all
#: that mere activity can add, so that the busiest are not asked about everything.
WEIGHTS: Mapping[str, float] = {
    "interests": 2.0,
    "topics": 0.8,
    "similar": 1.0,
    "active": 0.6,
    "fresh": 0.5,
    "channel": 0.25,
    "asker": 0.3,
    "region": 0.1,
}
RESTED = timedelta(days=28)  #: after this, "not asked recently"
NEW = timedelta(days=90)  #: after this, nobody is new


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A peer with a place in a ranking, and the true reason for it."""

    member: str
    score: float  #: the sum of the parts
    parts: Mapping[str, float]
    reason: str
    unavailable: str | None = None  #: why not now, in words; None: can be asked
    region: str | None = None


class _Worths(dict[frozenset[str], float]):
    """What sets of interests are worth for these topics, each worked out once."""

    def __init__(self, topics: Sequence[str]) -> None:
        self._topics = frozenset(topics)

    def __missing__(self, interests: frozenset[str]) -> float:
        share = len(interests & self._topics) / max(1, len(self._topics))
        self[interests] = worth = WEIGHTS["interests"] * sqrt(share)
        return worth


@dataclass(frozen=True)
class Judge:
    """Scores peers for one enquiry, and says in words what the scores are made of."""

    enquiry: Enquiry
    evidence: Evidence
    policy: Caps

    def scores(self, peers: Iterable[Peer]) -> list[float]:
        """A score for each, in few steps and making little, for there are many."""
        past, regions, interests = self._past(), self._regions, self._interests
        return [
            past.get(peer.member, 0.0)
            + interests[peer.interests]
            + regions.get(peer.region, 0.0)
            for peer in peers
        ]

    def worded(self, score: float, peer: Peer) -> Ranked:
        """A scored peer, in words."""
        parts = self._parts(peer)
        return Ranked(
            member=peer.member,
            score=score,
            parts=parts,
            reason=reason(self._grounds(parts, peer)),
            unavailable=peer.not_now(self.policy),
            region=peer.region,
        )

    def _past(self) -> dict[str, float]:
        sums: dict[str, float] = {}
        for name, signal in self.evidence.signals.items():
            weight = WEIGHTS[name]
            for member, strength in signal.items():
                sums[member] = sums.get(member, 0.0) + weight * strength
        return sums

    @cached_property
    def _interests(self) -> _Worths:
        return _Worths(self.enquiry.topics)

    @cached_property
    def _regions(self) -> dict[str | None, float]:
        region = self.enquiry.region
        return {} if region is None else {region: WEIGHTS["region"]}

    def _parts(self, peer: Peer) -> dict[str, float]:
        """The same sum as in ``scores``, part by part."""
        parts = {
            name: WEIGHTS[name] * signal[peer.member]
            for name, signal in self.evidence.signals.items()
            if peer.member in signal
        }
        parts["interests"] = self._interests[peer.interests]
        parts["region"] = self._regions.get(peer.region, 0.0)
        return {name: part for name, part in parts.items() if part}

    def _grounds(self, parts: Mapping[str, float], peer: Peer) -> Grounds:
        now, name = self.enquiry.asked_at, self.enquiry.topic_name
        asked, joined = peer.last_asked_at, peer.joined_at
        listed = (topic for topic in self.enquiry.topics if topic in peer.interests)
        return Grounds(
            parts=parts,
            lists=tuple(name(topic) for topic in listed),
            answered_on=self._most_answered(peer.member),
            alike=self.evidence.alike[peer.member],
            lately=peer.member in self.evidence.lately,
            region=peer.region,
            rested=not peer.asks_this_month and (not asked or now - asked >= RESTED),
            new=joined is not None and now - joined < NEW,
        )

    def _most_answered(self, member: str) -> tuple[str, int] | None:
        counts = {
            topic: replies[member] for topic, replies in self.evidence.on_topic.items()
        }
        most = max(counts, key=lambda topic: counts[topic], default=None)
        if most is None or not counts[most]:
            return None
        return self.enquiry.topic_name(most), counts[most]
