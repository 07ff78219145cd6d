"""Routing, as arithmetic: who comes first, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.routing import Audience, Caps, Enquiry, History, Peer, rank, shortlist

NOW = datetime(2026, 6, 2, 12, 0, tzinfo=UTC)
LATE_KITS = "How late may FIT kits come back from patients by post?"


def a_peer(member, *interests, **known):
    return Peer(
        member=member, name=member.title(), interests=frozenset(interests), **known
    )


def an_enquiry(text=LATE_KITS, *, topics=("fit",), **known):
    return Enquiry(
        asker="asker",
        text=text,
        topics=topics,
        asked_at=NOW,
        topic_names={"fit": "FIT", "nss": "vague symptoms"},
        **known,
    )


def a_past(*threads):
    """Threads as (days ago, text, topics, who replied a day later)."""
    history = History()
    for number, (days, text, topics, members) in enumerate(threads):
        at = NOW - timedelta(days=days)
        thread = f"thread {number}"
        history.add(
            thread=thread, text=text, asker="someone", at=at, channel="q", topics=topics
        )
        for member in members:
            history.replied(thread=thread, member=member, at=at + timedelta(days=1))
    return history


def order(enquiry, peers, history=None):
    return [one.member for one in rank(enquiry, peers, history or History())]


def reasons(enquiry, peers, history=None):
    ranked = rank(enquiry, peers, history or History())
    return {one.member: one.reason for one in ranked}


# Who comes first


def test_with_no_history_interests_and_then_region_decide():
    """A community starts well on its first day."""
    peers = [a_peer("a"), a_peer("b", region="London"), a_peer("c", "fit")]
    assert order(an_enquiry(region="London"), peers) == ["c", "b", "a"]


def test_everyone_but_the_asker_is_ranked():
    """Nobody is left out of the ranking, and nobody is asked their own question."""
    peers = [a_peer("asker", "fit"), a_peer("a"), a_peer("b")]
    assert sorted(order(an_enquiry(), peers)) == ["a", "b"]


def test_listing_more_of_the_topics_is_better():
    """A peer who lists both topics goes before a peer who lists one."""
    peers = [a_peer("a", "fit"), a_peer("b", "fit", "nss")]
    assert order(an_enquiry(topics=("fit", "nss")), peers) == ["b", "a"]


def test_what_a_member_lists_outweighs_being_busy():
    """The busiest member is not asked about everything."""
    past = a_past(*[(day, "Rooms and rotas", (), ["busy"]) for day in range(2, 40)])
    peers = [a_peer("busy"), a_peer("quiet", "fit")]
    assert order(an_enquiry(channel="q"), peers, past) == ["quiet", "busy"]


def test_having_answered_on_the_topic_counts():
    """Of two peers as active as each other, the one who spoke on the topic is first."""
    past = a_past((20, "Kits", ("fit",), ["b"]), (20, "Rooms", ("nss",), ["a"]))
    assert order(an_enquiry("Which cut-off?"), [a_peer("a"), a_peer("b")], past) == [
        "b",
        "a",
    ]


def test_similar_threads_vote_for_those_who_replied():
    """Words find the peer where no topic was recognised."""
    past = a_past(
        (20, "Kits come back late by post", (), ["b"]),
        (20, "Away day parking", (), ["a"]),
    )
    ranked = order(an_enquiry(topics=()), [a_peer("a"), a_peer("b")], past)
    assert ranked == ["b", "a"]


def test_a_fresh_reply_counts_more_than_an_old_one():
    """People move on: what they answered lately says more."""
    past = a_past(
        (400, "Kits come back late", ("fit",), ["a"]),
        (10, "Kits come back late", ("fit",), ["b"]),
    )
    assert order(an_enquiry(), [a_peer("a"), a_peer("b")], past) == ["b", "a"]


def test_with_little_history_activity_is_trusted_more_than_text():
    """One old thread that happens to sound alike does not outweigh a lively peer."""
    past = a_past(
        (50, "Kits come back late by post", (), ["alike"]),
        (3, "Rooms", (), ["lively"]),
        (2, "Rotas", (), ["lively"]),
    )
    peers = [a_peer("alike"), a_peer("lively")]
    assert order(an_enquiry(topics=()), peers, past) == ["lively", "alike"]


def test_nothing_later_than_the_question_is_used():
    """A ranking can be made again as it was: later replies do not change it."""
    peers = [a_peer("a"), a_peer("b")]
    past = a_past((5, "Kits come back late", ("fit",), ["b"]))
    before = list(rank(an_enquiry(), peers, past))
    past.add(thread="later", text=LATE_KITS, asker="x", at=NOW, topics=("fit",))
    past.replied(thread="later", member="a", at=NOW + timedelta(hours=1))
    assert [one.member for one in before] == order(an_enquiry(), peers, past)
    assert rank(an_enquiry(), peers, past)[1].parts == {}


def test_the_same_reply_counts_once_and_an_asker_s_own_never():
    """A long talk is not many answers, and a thread read twice is one thread."""
    past, again = (a_past((5, "Kits", ("fit",), ["a"])) for _ in range(2))
    again.add(thread="thread 0", text="Kits", asker="someone", at=NOW)
    for member in ("a", "someone"):
        again.replied(thread="thread 0", member=member, at=NOW - timedelta(days=1))
    again.replied(thread="unknown", member="a", at=NOW - timedelta(days=1))
    peers = [a_peer("a"), a_peer("someone")]
    once, twice = (list(rank(an_enquiry(), peers, h)) for h in (past, again))
    assert once == twice


# Fairness


@pytest.mark.parametrize(
    "tired",
    [
        pytest.param({"asks_this_month": 3}, id="asked more this month"),
        pytest.param({"last_asked_at": NOW - timedelta(days=2)}, id="asked lately"),
        pytest.param({"open_asks": 1}, id="has a question to answer"),
    ],
)
def test_fairness_decides_between_equals_and_never_against_relevance(tired):
    """Whoever was asked less goes first, but only among peers who suit as well."""
    equals = [a_peer("a", "fit", **tired), a_peer("b", "fit")]
    assert order(an_enquiry(), equals) == ["b", "a"]
    better = [a_peer("a", "fit", **tired), a_peer("b")]
    assert order(an_enquiry(), better) == ["a", "b"]


def test_whoever_was_asked_longest_ago_goes_first_among_equals():
    """Asks go round."""
    peers = [
        a_peer("a", "fit", last_asked_at=NOW - timedelta(days=40)),
        a_peer("b", "fit", last_asked_at=NOW - timedelta(days=90)),
        a_peer("c", "fit"),
    ]
    assert order(an_enquiry(), peers) == ["c", "b", "a"]


def test_equals_in_everything_go_by_member_id():
    """The same inputs always give the same list."""
    assert order(an_enquiry(), [a_peer("b"), a_peer("c"), a_peer("a")]) == [*"abc"]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"open_asks": 1}, "already has a question to answer"),
        ({"asks_this_month": 4}, "already asked 4 times this month"),
        ({"unavailable": "away until Mon 8 Jun"}, "away until Mon 8 Jun"),
        ({"asks_this_month": 3}, None),
    ],
)
def test_a_peer_who_cannot_be_asked_is_ranked_but_not_listed(known, words):
    """Caps and absences are kept, and said in words for the coordinator."""
    ranked = rank(an_enquiry(), [a_peer("a", "fit", **known)], History())
    assert ranked[0].unavailable == words
    assert len(shortlist(ranked, size=4)) == (words is None)


def test_a_community_may_set_its_own_caps():
    """The caps are a setting."""
    peers = [a_peer("a", open_asks=1, asks_this_month=6)]
    roomy = Caps(open_asks=2, asks_a_month=8)
    assert rank(an_enquiry(), peers, History(), policy=roomy)[0].unavailable is None


# Reasons


def test_the_reason_is_what_put_them_there():
    """The causes that counted are named, from the same numbers that ranked."""
    past = a_past(
        (30, "Which cut-off?", ("fit",), ["a", "b"]),
        (60, "Older kits", ("fit",), ["a"]),
        (90, "Vague symptoms", ("nss",), ["c"]),
    )
    peers = [
        a_peer("a", "fit"),
        a_peer("b", asks_this_month=1, last_asked_at=NOW - timedelta(days=9)),
        a_peer("c"),
    ]
    said = reasons(an_enquiry("How far?"), peers, past)
    assert said["a"] == "lists FIT; answered two on FIT; not asked recently"
    assert said["b"] == "answered one on FIT; active lately"
    assert said["c"] == "has answered colleagues before; not asked recently"


def test_what_bears_on_the_question_is_said_before_activity():
    """Being busy may weigh more, but it is not why this question came to them."""
    busy = [(day, "Rooms", (), ["a"]) for day in range(2, 20)]
    past = a_past((60, "Which cut-off?", ("fit",), ["a"]), *busy)
    ranked = rank(an_enquiry("How far?"), [a_peer("a")], past)[0]
    assert ranked.parts["active"] > ranked.parts["topics"]
    assert ranked.reason == "answered one on FIT; active lately; not asked recently"


def test_an_old_answer_to_this_colleague_is_said_once():
    """A reason does not say the same thing twice."""
    past = a_past((200, "Rooms", (), ["a"]))
    enquiry = replace(an_enquiry(), asker="someone")
    said = reasons(enquiry, [a_peer("a")], past)
    assert said == {"a": "has answered this colleague before; not asked recently"}


def test_every_clause_is_true():
    """No reason claims an interest, an answer, a region or a rest that is not so."""
    past = a_past((100, LATE_KITS, ("fit",), ["a"]))
    said = reasons(
        an_enquiry(region="London"),
        [
            a_peer("a", "nss", region="Peninsula"),
            a_peer("b", "fit", region="London", asks_this_month=1),
        ],
        past,
    )
    assert "lists" not in said["a"]
    assert "region" not in said["a"]
    assert "active lately" not in said["a"]
    assert said["b"] == "lists FIT"


def test_a_similar_question_is_claimed_only_when_it_is_clearly_alike():
    """One shared word is not a similar question."""
    others = [
        (50, f"About subject{n}, matter{n} and how thing{n} should go", (), ["z"])
        for n in range(30)
    ]
    past = a_past(
        (40, LATE_KITS, (), ["a"]), (40, "Which kits for asthma?", (), ["b"]), *others
    )
    said = reasons(an_enquiry(topics=()), [a_peer("a"), a_peer("b")], past)
    assert "answered a similar question" in said["a"]
    assert "similar" not in said["b"]


def test_whoever_nothing_speaks_for_is_told_the_kind_truth():
    """A new or quiet member is wanted too, and no silence is mentioned."""
    said = reasons(
        an_enquiry(),
        [
            a_peer("a", region="Peninsula", joined_at=NOW - timedelta(days=9)),
            a_peer("b", region="Peninsula"),
            a_peer("c"),
        ],
    )
    assert said == {
        "a": "new here, and we would like to hear from every region",
        "b": "we would like to hear from every region",
        "c": "we would like to hear from everyone",
    }


def test_the_parts_add_up_to_the_score():
    """What a dry run prints is what ranked."""
    past = a_past((5, LATE_KITS, ("fit",), ["a", "b"]), (9, "Rooms", (), ["b"]))
    peers = [a_peer("a", "fit", region="London"), a_peer("b")]
    for one in rank(an_enquiry(region="London", channel="q"), peers, past):
        assert sum(one.parts.values()) == pytest.approx(one.score)


# Shortlists

FOUR = [
    a_peer("a", "fit", region="North"),
    a_peer("b", "fit", region="North"),
    a_peer("c", region="South"),
    a_peer("d"),
]


def asked(peers=FOUR, **how):
    ranked = rank(an_enquiry(), peers, History())
    return [one.member for one in shortlist(ranked, **how)]


def test_a_few_are_the_first_who_can_be_asked():
    """The first wave is the best few; the second never repeats it."""
    assert asked(size=2) == ["a", "b"]
    assert asked(size=2, already=frozenset("ab")) == ["c", "d"]
    assert asked(size=9) == ["a", "b", "c", "d"]
    assert asked(size=0) == []


def test_everyone_is_all_who_can_be_asked():
    """Everyone means everyone, however small the wave."""
    assert asked(size=1, audience=Audience.EVERYONE) == ["a", "b", "c", "d"]
    everyone_else = asked(size=1, audience=Audience.EVERYONE, already=frozenset({"a"}))
    assert everyone_else == ["b", "c", "d"]


def test_every_region_has_a_voice_before_any_has_two():
    """A region with no expert is heard as well."""
    assert asked(size=2, audience=Audience.REGIONS) == ["a", "c"]
    assert asked(size=1, audience=Audience.REGIONS) == ["a", "c"]
    assert asked(size=3, audience=Audience.REGIONS) == ["a", "b", "c"]


def test_a_region_already_asked_is_not_asked_again_for_its_region():
    """The second wave goes to the regions still to be heard."""
    how = {"size": 1, "audience": Audience.REGIONS, "already": frozenset({"b"})}
    assert asked(**how) == ["c"]
    elsewhere = {"a": "East", "b": "North", "c": "North", "d": None}
    assert asked(**how, regions=elsewhere) == ["a"]


def test_a_voice_for_a_region_is_told_so():
    """The region is the true cause, so it is said first."""
    ranked = rank(an_enquiry(), FOUR, History())
    heard = shortlist(ranked, size=1, audience=Audience.REGIONS)
    assert heard[1].reason.startswith("a voice from South; ")
