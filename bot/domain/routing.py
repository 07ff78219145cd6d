"""Routing: which peers a question goes to, and why.

How the weights were chosen, and on what: docs/decisions/0004-routing.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from heapq import nlargest
from math import sqrt
from typing import NamedTuple, overload

from bot.domain.evidence import Evidence, gather
from bot.domain.history import History
from bot.domain.peers import Audience, Caps, Enquiry, Peer
from bot.domain.reasons import Grounds, reason

__all__ = [
    "Audience",
    "Caps",
    "Enquiry",
    "History",
    "Peer",
    "Ranked",
    "Ranking",
    "rank",
    "shortlist",
]

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
STEP = 0.05  #: scores in the same step are alike, and fairness decides between them
RESTED = timedelta(days=28)  #: after this, "not asked recently"
NEW = timedelta(days=90)  #: after this, nobody is new
USUAL = Caps()
HEAD = 100  #: places put in order at once; the rest only when somebody looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A peer with a place in a ranking, and the true reason for it."""

    member: str
    score: float  #: the sum of the parts
    parts: Mapping[str, float]
    reason: str
    unavailable: str | None = None  #: why not now, in words; None: can be asked
    region: str | None = None


class _Scored(NamedTuple):
    score: float
    peer: Peer


class Ranking(Sequence[Ranked]):
    """A ranking, best first; what nobody looks at is neither sorted nor worded."""

    def __init__(self, scored: Sequence[_Scored], judge: "_Judge") -> None:
        self._scored = scored
        self._judge = judge
        self._head = _best(scored, HEAD)

    @cached_property
    def _whole(self) -> list[_Scored]:
        return sorted(self._scored, key=_key)

    def __len__(self) -> int:
        """How many peers are ranked."""
        return len(self._scored)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> list[Ranked]: ...
    def __getitem__(self, place: int | slice) -> Ranked | list[Ranked]:
        """The peer at a place, or the peers at several."""
        if isinstance(place, slice):
            places = range(*place.indices(len(self)))
            return [self._judge.worded(self._at(one)) for one in places]
        return self._judge.worded(self._at(range(len(self))[place]))

    def _at(self, place: int) -> _Scored:
        return self._head[place] if place < len(self._head) else self._whole[place]


def rank(
    enquiry: Enquiry,
    peers: Sequence[Peer],
    history: History,
    *,
    policy: Caps = USUAL,
) -> Sequence[Ranked]:
    """Everyone but the asker, best first, each with a true reason.

    Relevance comes first: interests, replies on the topic, votes of similar threads,
    activity, channel, region. Where two peers score within the same ``STEP``, fairness
    decides: fewer open asks, fewer asks this month, longest since asked; then the score
    again, and last the member id, so that the same inputs always give the same order.
    Those at their caps or away are ranked too, with the reason in ``unavailable``.
    """
    evidence = gather(
        history,
        text=enquiry.text,
        asker=enquiry.asker,
        topics=enquiry.topics,
        channel=enquiry.channel,
        before=enquiry.asked_at,
    )
    judge = _Judge(enquiry, evidence, policy)
    return Ranking(judge.scores(peers), judge)


def shortlist(
    ranked: Sequence[Ranked],
    *,
    size: int,
    regions: Mapping[str, str | None] | None = None,
    audience: Audience = Audience.FEW,
    already: frozenset[str] = frozenset(),
) -> tuple[Ranked, ...]:
    """The peers to ask now, best first: available, and none asked *already*.

    FEW: the first *size*. EVERYONE: all of them. REGIONS: the best of each region that
    nobody asked already speaks for, however many regions there are, and then the best
    of the rest up to *size*. *regions* says where each member is, those asked already
    too; without it the ranking's own regions are used.
    """
    able = (one for one in ranked if not one.unavailable and one.member not in already)
    if audience is Audience.EVERYONE:
        return tuple(able)
    if audience is Audience.REGIONS:
        where = (
            {one.member: one.region for one in ranked} if regions is None else regions
        )
        return _from_every_region(tuple(able), where, size=size, already=already)
    return tuple(one for _, one in zip(range(size), able, strict=False))


def _from_every_region(
    able: Sequence[Ranked],
    where: Mapping[str, str | None],
    *,
    size: int,
    already: Iterable[str],
) -> tuple[Ranked, ...]:
    heard = {where.get(member) for member in already} | {None}
    voices: dict[str, str] = {}
    for one in able:
        region = where.get(one.member)
        if region is not None and region not in heard:
            heard.add(region)
            voices[one.member] = region
    others = [one.member for one in able if one.member not in voices]
    asked = voices.keys() | others[: max(0, size - len(voices))]
    return tuple(
        _as_voice(one, voices.get(one.member)) for one in able if one.member in asked
    )


def _as_voice(one: Ranked, region: str | None) -> Ranked:
    if region is None:
        return one
    return replace(one, reason=f"a voice from {region}; {one.reason}")


def _best(scored: Sequence[_Scored], size: int) -> list[_Scored]:
    """The first *size* in order, found without sorting those far behind."""
    if not scored:
        return []
    floor = nlargest(size, (one.score for one in scored))[-1] - STEP
    return sorted((one for one in scored if one.score >= floor), key=_key)[:size]


def _key(one: _Scored) -> tuple[int, int, int, float, float, str]:
    peer, asked = one.peer, one.peer.last_asked_at
    return (
        -round(one.score / STEP),
        peer.open_asks,
        peer.asks_this_month,
        asked.timestamp() if asked else float("-inf"),
        -one.score,
        peer.member,
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Scores peers for one enquiry, and says in words what the scores are made of."""

    enquiry: Enquiry
    evidence: Evidence
    policy: Caps

    def scores(self, peers: Iterable[Peer]) -> list[_Scored]:
        """A score for everyone but the asker; quick for those nothing speaks for."""
        touched = {
            member for signal in self.evidence.signals.values() for member in signal
        }
        topics, region, asker = (
            self.enquiry.topics,
            self.enquiry.region,
            self.enquiry.asker,
        )
        return [
            _Scored(
                sum(self._parts(peer).values())
                if peer.member in touched
                or (region is not None and peer.region == region)
                or not peer.interests.isdisjoint(topics)
                else 0.0,
                peer,
            )
            for peer in peers
            if peer.member != asker
        ]

    def worded(self, one: _Scored) -> Ranked:
        """The same in words."""
        parts = self._parts(one.peer)
        return Ranked(
            member=one.peer.member,
            score=one.score,
            parts=parts,
            reason=reason(self._grounds(parts, one.peer)),
            unavailable=one.peer.not_now(self.policy),
            region=one.peer.region,
        )

    def _parts(self, peer: Peer) -> dict[str, float]:
        parts = {
            name: WEIGHTS[name] * signal[peer.member]
            for name, signal in self.evidence.signals.items()
            if peer.member in signal
        }
        listed = sum(topic in peer.interests for topic in self.enquiry.topics)
        if listed:
            share = listed / len(self.enquiry.topics)
            parts["interests"] = WEIGHTS["interests"] * sqrt(share)
        if peer.region is not None and peer.region == self.enquiry.region:
            parts["region"] = WEIGHTS["region"]
        return parts

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
