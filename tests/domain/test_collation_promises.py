"""What holds of every draft, whatever people type."""

import random
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.collation import Contribution, Place, Reason, collate
from bot.domain.sentences import Kind, split

QUALIFIERS = ("But", "However", "Unless", "Except", "Although", "Only if", "Not if")
STATEMENTS = [
    "We use FIT at 10 µg/g for all patients.",
    "Our practices never post the kits, e.g. to Dr. Holt's patients.",
    "It depends on the wait for endoscopy.",
    "Same here.",
    "+1",
    "Thanks so much!",
    "See <https://a.example/x.pdf|NG12>.",
    "Who pays for the kits?",
    "I disagree.",
    "😀👍",
    "\u0646\u062d\u0646 \u0646\u0641\u0639\u0644 \u0630\u0644\u0643. ",
    "\u6211\u4eec\u4e5f\u8fd9\u6837\u505a\u3002",
    "> We stopped it.\n",
    "- one thing\n- another thing\n",
    "```a. b```",
    "*We do it weekly.*",
    *(f"{word} they are frail." for word in QUALIFIERS),
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(STATEMENTS), st.text(max_size=25)), max_size=6
).map(" ".join)
AUTHORS = st.sampled_from(["ana", "ben", "cat", "dee", "U0A1B2", "😀", ""])


@st.composite
def threads(draw):
    """Any thread at all."""
    said = draw(
        st.lists(st.tuples(AUTHORS, TEXTS, st.booleans(), st.booleans()), max_size=12)
    )
    return [
        Contribution(id=n * 7, author=author, text=text, withdrawn=w and h, hidden=h)
        for n, (author, text, w, h) in enumerate(said)
    ]


LINES = st.integers(min_value=1, max_value=20)
ANY = settings(max_examples=100, deadline=None)


@given(threads(), LINES)
@ANY
def test_every_contribution_has_exactly_one_place(said, lines):
    """Nobody's view is dropped: the ledger holds each contribution once, in order."""
    draft = collate(said, lines=lines)
    assert [entry.contribution for entry in draft.ledger] == [c.id for c in said]


@given(threads(), LINES)
@ANY
def test_the_ledger_and_the_lines_tell_the_same(said, lines):
    """An entry points at the line that shows it, and says why if none does."""
    draft = collate(said, lines=lines)
    for entry in draft.ledger:
        quoted = [
            n for n, x in enumerate(draft.lines) if x.contribution == entry.contribution
        ]
        grouped = [
            n for n, x in enumerate(draft.lines) if entry.contribution in x.grouped
        ]
        expected = {
            Place.QUOTED: ([entry.line], []),
            Place.GROUPED: ([], [entry.line]),
        }.get(entry.place, ([], []))
        assert (quoted, grouped) == expected
        assert (entry.place is Place.KEPT) == (entry.reason is not None)
        assert (entry.line is None) == (not quoted and not grouped)


@given(threads(), LINES)
@ANY
def test_every_line_is_its_authors_own_words(said, lines):
    """Nothing is invented: a line is word for word from its contribution."""
    text_of = {c.id: c.text for c in said}
    for line in collate(said, lines=lines).lines:
        assert line.text in text_of[line.contribution]
        assert line.text.strip() == line.text != ""


@given(threads(), LINES)
@ANY
def test_a_line_is_whole_sentences_with_what_qualifies_them(said, lines):
    """No line stops in mid-sentence, or before the sentence that takes it back."""
    text_of = {c.id: c.text for c in said}
    for line in collate(said, lines=lines).lines:
        sentences = split(text_of[line.contribution])
        spans = [(s.start, s.end) for s in sentences if s.kind is not Kind.QUOTE]
        fits = [
            (first, last)
            for first in range(len(spans))
            for last in range(first, len(spans))
            if text_of[line.contribution][spans[first][0] : spans[last][1]] == line.text
        ]
        assert fits
        own = [s for s in sentences if s.kind is not Kind.QUOTE]
        assert any(_stands_alone(own, sentences, *fit) for fit in fits)


def _stands_alone(own, sentences, first, last):
    """Whether neither the first sentence nor the one after the last is a qualifier."""
    begins = own[first]
    before = sentences[: sentences.index(begins)]
    alone = not before or before[-1].kind is Kind.QUOTE
    after = sentences[sentences.index(own[last]) + 1 :][:1]
    return (alone or not begins.text.startswith(QUALIFIERS)) and not any(
        s.text.startswith(QUALIFIERS) and s.kind in {Kind.PROSE, Kind.ITEM}
        for s in after
    )


@given(threads())
@ANY
def test_the_same_thread_gives_the_same_draft(said):
    """A coordinator who opens it twice sees one draft."""
    assert collate(said) == collate(list(said))


UNRELATED = [
    "Nurses ring patients.",
    "Posters helped enormously.",
    "Our registrar audits referrals.",
    "Pharmacies hand kits over.",
    "Practices without champions struggle.",
    "Interpreters join clinics.",
]


@given(
    st.permutations(UNRELATED + STATEMENTS[:3]), st.integers(min_value=1, max_value=9)
)
@ANY
def test_who_spoke_first_gains_nothing(texts, lines):
    """Views in another order are quoted in the same words, in the same order."""

    def quoted(said):
        contributions = [
            Contribution(id=n, author=f"m{sorted(texts).index(text)}", text=text)
            for n, text in enumerate(said)
        ]
        return [line.text for line in collate(contributions, lines=lines).lines]

    assert quoted(texts) == quoted(sorted(texts))


def one_each(*texts):
    return [
        Contribution(id=n, author=f"m{n}", text=text) for n, text in enumerate(texts)
    ]


def test_an_empty_thread_is_an_empty_draft():
    """With nothing to say the digest says nothing."""
    draft = collate([])
    assert (draft.lines, draft.ledger, draft.resources) == ((), (), ())


def test_one_reply_is_a_digest_of_one_line():
    """One colleague's experience is worth having."""
    (line,) = collate(one_each("We ring every patient.")).lines
    assert line.text == "We ring every patient."


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        pytest.param(["Thanks!", "Thank you so much", "Cheers all"], Reason.THANKS),
        pytest.param(["😀", "🎉🎉", ":tada:", ""], Reason.THANKS),
        pytest.param(
            ["https://a.example/1", "See <https://a.example/2|this>", "leaflet.pdf"],
            Reason.ELSEWHERE,
        ),
        pytest.param(["Who pays?", "And who pays for the post?"], Reason.QUESTION),
        pytest.param(["> only a quotation", "```only code```"], Reason.ELSEWHERE),
        pytest.param([f"{'so ' * 2000}it ends"], Reason.LENGTH),
    ],
)
def test_what_says_nothing_of_its_own_is_kept_with_its_reason(texts, reason):
    """Thanks, links, questions and quotations are accounted for, not quoted."""
    draft = collate(one_each(*texts))
    assert draft.lines == ()
    assert {entry.reason for entry in draft.ledger} == {reason}


@pytest.mark.parametrize(
    "text",
    [
        "No.",
        "We do not.",
        "Not here.",
        "10 µg/g",
        "Thanks, but we stopped.",
        "We do 7.",
    ],
)
def test_a_short_view_is_still_a_view(text):
    """What is brief is not thereby thanks."""
    assert [line.text for line in collate(one_each(text)).lines] == [text]


def test_a_name_hides_no_view():
    """A member may be called as they please: what they say is heard all the same."""
    said = [Contribution(id=1, author="Kits Stopped", text="Kits stopped.")]
    assert [line.text for line in collate(said).lines] == ["Kits stopped."]


def test_a_very_long_reply_is_quoted_briefly():
    """Forty thousand characters give a few sentences, and are quoted all the same."""
    sentences = [f"In week {n} we rang patient group {n}." for n in range(1100)]
    text = " ".join(sentences)
    assert len(text) > 40_000
    draft = collate(one_each(text, "We ring patients."))
    (line,) = [line for line in draft.lines if line.contribution == 0]
    assert len(split(line.text)) <= 8
    assert draft.ledger[0].place is Place.QUOTED


def test_one_author_two_hundred_times():
    """A monologue makes a digest of the usual length; the rest is in the ledger."""
    said = [
        Contribution(
            id=n, author="ana", text=f"Step {n} was to write letter {n} again."
        )
        for n in range(200)
    ]
    draft = collate(said)
    assert 1 <= len(draft.lines) <= 14
    assert len(draft.ledger) == 200


def test_a_thousand_replies_are_collated_in_proportion():
    """The work on a thousand replies is about ten times that on a hundred."""

    def peak(n):
        vocabulary = [f"word{k}" for k in range(600)]
        chance = random.Random(7)  # noqa: S311 - a thread, not a secret
        said = one_each(
            *(f"We {' '.join(chance.choices(vocabulary, k=12))}." for _ in range(n))
        )
        tracemalloc.start()
        draft = collate(said)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(draft.ledger) == n
        assert len(draft.lines) <= 42
        return most

    assert peak(1000) < 40 * peak(100)


def test_a_digest_needs_room_and_ids():
    """What makes no sense is refused."""
    with pytest.raises(ValueError, match="at least one line"):
        collate([], lines=0)
    with pytest.raises(ValueError, match="id of its own"):
        collate([*one_each("We do."), *one_each("We do.")])


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "\n",
        "<",
        "`",
        "- a\n",
        "Aa. ",
        "Thanks\nAda\n",
        "http",
        "1.",
        '"',
        "a/",
        "😀",
    ],
)
def test_forty_thousand_characters_of_anything_are_read(piece):
    """A strange message has its place in the ledger like any other."""
    text = (piece * 40_000)[:40_000]
    draft = collate(one_each(text, "We ring every patient."))
    assert [entry.contribution for entry in draft.ledger] == [0, 1]
    assert draft.ledger[1].place is Place.QUOTED
