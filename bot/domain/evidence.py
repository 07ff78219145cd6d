"""Evidence: what the past says about who could answer a question."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from bot.domain.history import History

LATELY = timedelta(days=30)
#: Similar threads are believed by (threads + 100) / (threads + 600): a sixth in a new
#: archive, where likeness is often chance, half at 400 threads, nearly all at 7,000.
FIRST_TRUST, FULL_TRUST = 100, 600

#: Half-lives in days: how fast a reply fades, by what it is counted for.
VOTES_FADE, ACTIVITY_FADES, FRESH_FADES, CHANNEL_FADES = 120.0, 30.0, 5.0, 15.0
TOPIC_FADES, ASKER_FADES = 365.0, 365.0

#: Replies (faded) that count as a full sign of life where nobody has more: one reply
#: in a silent community must not look like a great deal.
ENOUGH = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Signals from 0 to 1 a member, by name; and the counts that put them in words."""

    signals: Mapping[str, Mapping[str, float]]
    alike: Counter[str]  #: clearly similar questions answered
    on_topic: Mapping[str, Counter[str]]  #: replies by topic
    lately: frozenset[str]  #: who replied to anyone within ``LATELY``


def gather(
    history: History,
    *,
    text: str,
    asker: str,
    topics: tuple[str, ...],
    channel: str | None,
    before: datetime,
) -> Evidence:
    """What *history* says, from replies made before a time and nothing later."""
    votes = history.votes(text, before=before, half_life=VOTES_FADE)
    trust = (len(history) + FIRST_TRUST) / (len(history) + FULL_TRUST)

    def tally(kind: str, key: str, half_life: float) -> dict[str, float]:
        return history.tally(kind, key, before=before, half_life=half_life)

    on_topic: dict[str, float] = {}
    for topic in topics:
        for member, worth in tally("topic", topic, TOPIC_FADES).items():
            on_topic[member] = on_topic.get(member, 0.0) + worth
    return Evidence(
        signals={
            "topics": _share(on_topic),
            "similar": {m: trust * v for m, v in _of_best(votes.weights).items()},
            "active": _share(tally("all", "", ACTIVITY_FADES)),
            "fresh": _share(tally("all", "", FRESH_FADES)),
            "channel": _share(tally("channel", channel or "", CHANNEL_FADES)),
            "asker": _share(tally("asker", asker, ASKER_FADES)),
        },
        alike=votes.alike,
        on_topic={
            topic: history.counts("topic", topic, before=before) for topic in topics
        },
        lately=history.active_since(before - LATELY, before=before),
    )


def _of_best(weights: Mapping[str, float]) -> dict[str, float]:
    best = max(weights.values(), default=0.0)
    return {m: weight / best for m, weight in weights.items()} if best else {}


def _share(replies: Mapping[str, float]) -> dict[str, float]:
    """Each member's part of the most anyone has, its root taken: busy is not best."""
    most = max(ENOUGH, max(replies.values(), default=0.0))
    return {member: sqrt(worth / most) for member, worth in replies.items()}
