"""Completing a draft: every reply has exactly one place, whatever happens to it."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.collation import Place, Section, collate
from bot.domain.completing import contribution, drafted, places, retaken, stands
from bot.domain.digests import DigestId, Line, LineId
from bot.domain.members import MemberId
from bot.domain.threads import Reply, ReplyId

NOW = datetime(2026, 6, 2, 9, tzinfo=UTC)
SAYINGS = st.sampled_from(
    [
        "We repeat the test at six weeks and refer if symptoms persist.",
        "We repeat the test after six weeks, and refer if the symptoms persist.",
        "I disagree. A second negative only delays the referral of these patients.",
        "It depends on age: over sixty we refer straight away.",
        "Thanks!",
        "Agreed.",
        "https://example.org/leaflet.pdf",
        "Does anybody have a leaflet that they could share with us?",
        "",
        "👍",
        "نعيد الاختبار بعد ستة أسابيع",
    ]
)


def a_reply(number, text, **more):
    """A reply by one of five members."""
    return Reply(
        id=ReplyId(number),
        channel="C1",
        thread_ts="1.0",
        ts=f"{number}.0",
        author=MemberId(f"m{number % 5}"),
        author_slack=f"U{number % 5}",
        text=text,
        said_at=NOW,
        **more,
    )


def a_line(number, reply, text):
    """A line that is there already."""
    return Line(
        id=LineId(number),
        digest=DigestId(1),
        reply=reply,
        author=MemberId("m1"),
        section=Section.ONE,
        position=number,
        text=text,
    )


REPLIES = st.lists(
    st.tuples(
        SAYINGS, st.sampled_from([{}, {"withdrawn_at": NOW}, {"hidden_at": NOW}])
    ),
    max_size=12,
).map(lambda said: [a_reply(n, text, **more) for n, (text, more) in enumerate(said, 1)])


def every_place(found):
    """Each reply's id, as often as it has a place."""
    quoted = [one for line in found.lines for one in (line.reply, *line.grouped)]
    return sorted([*quoted, *found.joined, *found.unquoted])


@settings(max_examples=80, deadline=None)
@given(REPLIES)
def test_a_draft_gives_every_reply_one_place(replies):
    """Promise 4, for a draft from nothing."""
    found = drafted(collate([contribution(reply) for reply in replies]))

    assert every_place(found) == [reply.id for reply in replies]


@settings(max_examples=80, deadline=None)
@given(REPLIES, st.integers(0, 12))
def test_replies_that_come_later_have_one_place_each(replies, first):
    """Promise 4, beside lines that stay; what is gone is never quoted."""
    there, later = replies[:first], replies[first:]
    lines = [
        a_line(n, reply.id, reply.text)
        for n, reply in enumerate(there, 1)
        if reply.text and reply.counts
    ]

    found = places(later, lines)

    assert every_place(found) == [reply.id for reply in later]
    assert set(found.joined.values()) <= {line.id for line in lines}
    gone = {reply.id for reply in later if not reply.counts}
    assert {
        reply
        for reply, (where, _) in found.unquoted.items()
        if where in {Place.WITHDRAWN, Place.HIDDEN}
    } == gone


@settings(max_examples=80, deadline=None)
@given(REPLIES)
def test_a_new_line_is_word_for_word_from_its_reply(replies):
    """Promise 3: nothing is invented, also not by placing anew."""
    text = {reply.id: reply.text for reply in replies}

    for line in places(replies, []).lines:
        assert stands(line.text, text[line.reply])


def test_half_a_sentence_does_not_stand():
    """An edit that turns a line into its opposite takes the line down."""
    line = "We repeat the test."

    assert stands(line, "Good question. We repeat the test. It helps.")
    assert not stands(line, "I never said: We repeat the test. It was Dan.")
    assert not stands("We repeat the test", "We repeat the test too late.")


def test_nothing_is_retaken_from_thanks():
    """A reply edited down to thanks has nothing to quote."""
    assert retaken(a_reply(1, "Thank you!")) is None
