"""Routing: which peers a question goes to, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from heapq import nlargest
from typing import overload

from bot.domain.evidence import gather
from bot.domain.history import History
from bot.domain.peers import Audience, Caps, Enquiry, Peer
from bot.domain.reasons import CLAUSES, SEPARATOR
from bot.domain.relevance import Judge, Ranked

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

STEP = 0.05  #: scores in the same step are alike, and fairness decides between them
USUAL = Caps()
HEAD = 100  #: places put in order at once; the rest only when somebody looks

_Scored = tuple[float, Peer]


class Ranking(Sequence[Ranked]):
    """A ranking, best first; what nobody looks at is neither sorted nor worded."""

    def __init__(
        self, peers: Sequence[Peer], scores: Sequence[float], judge: Judge
    ) -> None:
        self._peers = peers
        self._scores = scores
        self._judge = judge
        self._head = self._best(HEAD)

    @cached_property
    def _whole(self) -> list[_Scored]:
        return sorted(zip(self._scores, self._peers, strict=True), key=_key)

    def _best(self, size: int) -> list[_Scored]:
        """The first *size* in order, found without sorting those far behind."""
        if not self._peers:
            return []
        floor = nlargest(size, self._scores)[-1] - STEP
        near = [at for at, score in enumerate(self._scores) if score >= floor]
        found = [(self._scores[at], self._peers[at]) for at in near]
        return sorted(found, key=_key)[:size]

    def __len__(self) -> int:
        """How many peers are ranked."""
        return len(self._peers)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> list[Ranked]: ...
    def __getitem__(self, place: int | slice) -> Ranked | list[Ranked]:
        """The peer at a place, or the peers at several."""
        if isinstance(place, slice):
            places = range(*place.indices(len(self)))
            return [self._judge.worded(*self._at(one)) for one in places]
        return self._judge.worded(*self._at(range(len(self))[place]))

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
    judge = Judge(enquiry, evidence, policy)
    others = [peer for peer in peers if peer.member != enquiry.asker]
    return Ranking(others, judge.scores(others), judge)


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
    causes = one.reason.split(SEPARATOR)[: CLAUSES - 1]
    return replace(one, reason=SEPARATOR.join([f"a voice from {region}", *causes]))


def _key(one: _Scored) -> tuple[int, int, int, float, float, str]:
    score, peer = one
    asked = peer.last_asked_at
    return (
        -round(score / STEP),
        peer.open_asks,
        peer.asks_this_month,
        asked.timestamp() if asked else float("-inf"),
        -score,
        peer.member,
    )
