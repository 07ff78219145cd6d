"""Routing keeps its promises whoever the members are and whatever they did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.routing import (
    STEP,
    Audience,
    Caps,
    Enquiry,
    History,
    Peer,
    rank,
    shortlist,
)

NOW = datetime(2026, 6, 2, 12, 0, tzinfo=UTC)
MEMBERS = tuple(f"U{number:02}" for number in range(12))
TOPICS = ("fit", "nss", "lung")
REGIONS = ("North", "South", "East", None)
SAYINGS = ("Kits come back late", "Which cut-off for kits?", "Parking", "", "🙂 مرحبا")
UNKIND = ("declined", "silent", "refused", "ignored", "did not", "never", "No one")

ago = st.integers(0, 800).map(lambda days: NOW - timedelta(days=days, hours=1))
regions = st.sampled_from(REGIONS)


def a_peer(member):
    return st.builds(
        Peer,
        member=st.just(member),
        name=st.just(member),
        interests=st.frozensets(st.sampled_from(TOPICS)),
        region=regions,
        open_asks=st.integers(0, 2),
        asks_this_month=st.integers(0, 6),
        last_asked_at=st.none() | ago,
        unavailable=st.none() | st.just("away until Mon 8 Jun"),
        joined_at=st.none() | ago,
    )


peers = st.sets(st.sampled_from(MEMBERS), max_size=12).flatmap(
    lambda members: st.tuples(*(a_peer(member) for member in sorted(members)))
)
enquiries = st.builds(
    Enquiry,
    asker=st.sampled_from(MEMBERS),
    text=st.sampled_from(SAYINGS),
    topics=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
    asked_at=st.just(NOW),
    channel=st.sampled_from(("q", None)),
    region=regions,
)
threads = st.lists(
    st.tuples(
        st.sampled_from(SAYINGS),
        st.sampled_from(TOPICS),
        ago,
        st.lists(st.sampled_from(MEMBERS), max_size=4),
    ),
    max_size=8,
)


def a_history(told):
    history = History()
    for number, (text, topic, at, members) in enumerate(told):
        history.add(
            thread=str(number),
            text=text,
            asker=MEMBERS[0],
            at=at,
            channel="q",
            topics=(topic,),
        )
        for member in members:
            history.replied(thread=str(number), member=member, at=at, text=text)
    return history


def anything(test):
    given_all = given(enquiry=enquiries, peers=peers, told=threads)
    return settings(max_examples=80, deadline=None)(given_all(test))


@anything
def test_everyone_but_the_asker_has_one_place(enquiry, peers, told):
    """The asker is never asked their own question, and nobody else is left out."""
    ranked = rank(enquiry, peers, a_history(told))
    assert sorted(one.member for one in ranked) == sorted(
        peer.member for peer in peers if peer.member != enquiry.asker
    )


@anything
def test_nobody_over_a_cap_or_away_is_on_any_shortlist(enquiry, peers, told):
    """One open ask and four a month, whoever is wanted and however much."""
    caps, known = Caps(), {peer.member: peer for peer in peers}
    ranked = rank(enquiry, peers, a_history(told))
    already = frozenset(MEMBERS[:3])
    for audience in Audience:
        for one in shortlist(ranked, size=4, audience=audience, already=already):
            peer = known[one.member]
            assert peer.open_asks < caps.open_asks
            assert peer.asks_this_month < caps.asks_a_month
            assert peer.unavailable is None
            assert one.member not in already | {enquiry.asker}


@anything
def test_the_order_does_not_hang_on_how_peers_were_listed(enquiry, peers, told):
    """The same community gives the same ranking, in whatever order it is read."""
    history = a_history(told)
    ranked = list(rank(enquiry, peers, history))
    assert list(rank(enquiry, tuple(reversed(peers)), history)) == ranked


@anything
def test_fairness_never_puts_the_less_relevant_first(enquiry, peers, told):
    """Whoever stands before another is at least about as relevant, however rested."""
    scores = [one.score for one in rank(enquiry, peers, a_history(told))]
    for before, after in pairwise(scores):
        assert before > after - STEP - 1e-9


@anything
def test_being_asked_more_never_moves_a_peer_up(enquiry, peers, told):
    """Load counts against, never for."""
    history = a_history(told)
    if not peers or peers[0].member == enquiry.asker:
        return
    tired = replace(peers[0], asks_this_month=peers[0].asks_this_month + 1)
    places = [
        [one.member for one in rank(enquiry, group, history)].index(tired.member)
        for group in (peers, (tired, *peers[1:]))
    ]
    assert places[0] <= places[1]


@anything
def test_reasons_are_short_kind_and_true(enquiry, peers, told):
    """Three clauses at most; none on silence; none that the facts belie."""
    known = {peer.member: peer for peer in peers}
    history = a_history(told)
    for one in rank(enquiry, peers, history):
        peer = known[one.member]
        assert 1 <= len(one.reason.split("; ")) <= 3
        assert not any(word in one.reason for word in UNKIND)
        assert ("lists" in one.reason) <= bool(peer.interests & {*enquiry.topics})
        assert ("same region" in one.reason) <= (peer.region == enquiry.region)
        assert ("not asked recently" in one.reason) <= (peer.asks_this_month == 0)
        replied = any(one.member in members for _, _, _, members in told)
        assert ("answered" in one.reason or "lately" in one.reason) <= replied


@anything
def test_every_region_that_can_be_heard_is_heard(enquiry, peers, told):
    """Asked for a voice from every region, no region with someone free is missed."""
    ranked = rank(enquiry, peers, a_history(told))
    free = {one.region for one in ranked if not one.unavailable} - {None}
    heard = shortlist(ranked, size=2, audience=Audience.REGIONS)
    assert free <= {one.region for one in heard}
    assert len(heard) <= max(2, len(free))


@pytest.mark.parametrize("size", [99, 100, 101, 250])
def test_a_large_ranking_is_in_order_to_its_end(size):
    """What is put in order only when looked at is in the same order as the rest."""
    crowd = [
        Peer(
            member=f"U{number:03}",
            name="",
            interests=frozenset(TOPICS[: number % 3]),
            asks_this_month=number % 5,
        )
        for number in range(size)
    ]
    enquiry = Enquiry(asker="x", text="Kits", topics=TOPICS, asked_at=NOW)
    ranked = rank(enquiry, crowd, History())
    every = [one.member for one in ranked]
    assert every == [one.member for one in ranked[:]]
    assert every == [
        peer.member
        for peer in sorted(
            crowd,
            key=lambda peer: (-len(peer.interests), peer.asks_this_month, peer.member),
        )
    ]
    assert ranked[-1].member == every[-1]
    with pytest.raises(IndexError):
        ranked[size]
