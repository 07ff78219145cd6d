"""Routing: which peers a question goes to, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import overload

from bot.domain.evidence import Evidence, gather
from bot.domain.history import History
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

#: What each signal from 0 to 1 adds to a score. How they were chosen, and on what:
#: docs/decisions/0004-routing.md.
WEIGHTS: Mapping[str, float] = {
    "interests": 1.0,
    "topics": 0.5,
    "similar": 1.0,
    "active": 0.5,
    "fresh": 0.2,
    "channel": 0.4,
    "asker": 0.2,
    "region": 0.1,
}
STEP = 0.05  #: scores this close are alike, and fairness decides between them
RESTED = timedelta(days=28)  #: after this, "not asked recently"
NEW = timedelta(days=90)  #: after this, nobody is new


class Audience(StrEnum):
    """Whom the asker would like to hear from."""

    FEW = "few"  #: a few colleagues
    EVERYONE = "everyone"
    REGIONS = "regions"  #: a voice from every region


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """How often one member may be asked."""

    open_asks: int = 1
    asks_a_month: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A member seen as someone who could be asked. Times are aware."""

    member: str
    name: str
    interests: frozenset[str]  #: topic ids
    region: str | None = None
    open_asks: int = 0
    asks_this_month: int = 0
    last_asked_at: datetime | None = None
    unavailable: str | None = None  #: why not now, in words: "away until Mon 8 Jun"
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """A question as routing sees it. *asked_at* is aware; nothing later is used."""

    asker: str
    text: str
    topics: tuple[str, ...]  #: topic ids, best first
    asked_at: datetime
    channel: str | None = None
    region: str | None = None  #: the asker's
    audience: Audience = Audience.FEW
    topic_names: Mapping[str, str] = field(default_factory=dict)  #: for the reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A peer with a place in a ranking, and the true reason for it."""

    member: str
    score: float  #: the sum of the parts
    parts: Mapping[str, float]
    reason: str
    unavailable: str | None = None  #: why not now, in words; None: can be asked
    region: str | None = None


class Ranking(Sequence[Ranked]):
    """A ranking, best first, whose tail is put in words only when somebody looks."""

    def __init__(
        self, order: Sequence[tuple[float, Mapping[str, float], Peer]], words: "_Words"
    ) -> None:
        self._order = order
        self._words = words

    def __len__(self) -> int:
        """How many peers are ranked."""
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> list[Ranked]: ...
    def __getitem__(self, place: int | slice) -> Ranked | list[Ranked]:
        """The peer at a place, or the peers at several."""
        if isinstance(place, slice):
            return [self._words.of(*entry) for entry in self._order[place]]
        return self._words.of(*self._order[place])


def rank(
    enquiry: Enquiry,
    peers: Sequence[Peer],
    history: History,
    *,
    policy: Caps = Caps(),
) -> Sequence[Ranked]:
    """Everyone but the asker, best first, each with a true reason.

    Relevance comes first: interests, replies on the topic, votes of similar threads,
    activity, channel, region. Where two peers are within ``STEP``, fairness decides:
    fewer open asks, fewer asks this month, longest since asked; then relevance again,
    and last the member id, so that the same inputs always give the same order.
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
    scored = [
        (*_score(peer, enquiry, evidence), peer)
        for peer in peers
        if peer.member != enquiry.asker
    ]
    scored.sort(key=lambda entry: _key(entry[0], entry[2]))
    return Ranking(scored, _Words(enquiry, evidence, policy))


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
    of the rest up to *size*. *regions* says where each member is, and matters for
    those asked already; without it the ranking's own regions are used.
    """
    able = (one for one in ranked if not one.unavailable and one.member not in already)
    if audience is Audience.EVERYONE:
        return tuple(able)
    if audience is Audience.REGIONS:
        where = _regions(ranked) if regions is None else regions
        return _from_every_region(tuple(able), where, size=size, already=already)
    return tuple(one for one, _ in zip(able, range(size), strict=False))


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
    spare = max(0, size - len(voices))
    rest = [one.member for one in able if one.member not in voices][:spare]
    return tuple(
        _as_voice(one, voices.get(one.member))
        for one in able
        if one.member in voices or one.member in rest
    )


def _as_voice(one: Ranked, region: str | None) -> Ranked:
    if region is None:
        return one
    return replace(one, reason=f"a voice from {region}; {one.reason}")


def _regions(ranked: Iterable[Ranked]) -> dict[str, str | None]:
    return {one.member: one.region for one in ranked}


def _score(
    peer: Peer, enquiry: Enquiry, evidence: Evidence
) -> tuple[float, dict[str, float]]:
    parts = {
        name: WEIGHTS[name] * signal[peer.member]
        for name, signal in evidence.signals.items()
        if peer.member in signal
    }
    shared = peer.interests.intersection(enquiry.topics)
    if shared:
        parts["interests"] = WEIGHTS["interests"] * len(shared) / len(enquiry.topics)
    if peer.region is not None and peer.region == enquiry.region:
        parts["region"] = WEIGHTS["region"]
    return sum(parts.values()), parts


def _key(score: float, peer: Peer) -> tuple[int, int, int, float, float, str]:
    asked = peer.last_asked_at
    return (
        -round(score / STEP),
        peer.open_asks,
        peer.asks_this_month,
        asked.timestamp() if asked else float("-inf"),
        -score,
        peer.member,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What turns a place in the order into something a person can read."""

    enquiry: Enquiry
    evidence: Evidence
    policy: Caps

    def of(self, score: float, parts: Mapping[str, float], peer: Peer) -> Ranked:
        return Ranked(
            member=peer.member,
            score=score,
            parts=parts,
            reason=reason(self._grounds(parts, peer)),
            unavailable=peer.unavailable or _at_cap(peer, self.policy),
            region=peer.region,
        )

    def _grounds(self, parts: Mapping[str, float], peer: Peer) -> Grounds:
        now = self.enquiry.asked_at
        asked, joined = peer.last_asked_at, peer.joined_at
        return Grounds(
            parts=parts,
            lists=tuple(
                self._name(topic)
                for topic in self.enquiry.topics
                if topic in peer.interests
            ),
            answered_on=self._most_answered(peer.member),
            alike=self.evidence.alike[peer.member],
            lately=peer.member in self.evidence.lately,
            region=peer.region,
            rested=not peer.asks_this_month and (not asked or now - asked >= RESTED),
            new=joined is not None and now - joined < NEW,
        )

    def _most_answered(self, member: str) -> tuple[str, int] | None:
        counts = [
            (replies[member], self._name(topic))
            for topic, replies in self.evidence.on_topic.items()
            if replies[member]
        ]
        if not counts:
            return None
        count, name = max(counts, key=lambda one: one[0])
        return name, count

    def _name(self, topic: str) -> str:
        return self.enquiry.topic_names.get(topic, topic)


def _at_cap(peer: Peer, caps: Caps) -> str | None:
    if peer.open_asks >= caps.open_asks:
        return "already has an open question to answer"
    if peer.asks_this_month >= caps.asks_a_month:
        return f"already asked {peer.asks_this_month} times this month"
    return None
