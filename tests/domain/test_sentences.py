"""Sentences, in what people really type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.sentences import Kind, split

#: pieces that make trouble, to be strewn among any text at all
PIECES = st.sampled_from(
    [
        *("e.g. ", "0.5 mg", " b.d. ", "\n- ", "\n1. ", "\n> ", "```", "`a. b`", ". "),
        *("<https://a.example/b.c|d. E>", "<@U1>", "*Bold.* ", "? ", "\n\n", "--"),
        *("\U0001f600", "\u0645\u0631\u062d\u0628\u0627. "),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=12).map("".join)


def texts_of(text):
    return [sentence.text for sentence in split(text)]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_every_sentence_is_word_for_word_where_it_says(text):
    """Nothing is invented: a sentence is a slice of its text, without outer space."""
    for sentence in split(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_sentences_come_in_order_and_never_overlap(text):
    """A word belongs to one sentence at most."""
    at = 0
    for sentence in split(text):
        assert sentence.start >= at
        at = sentence.end


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_no_letter_is_lost(text):
    """Between sentences there is nothing but space and the markers of lists."""
    at = 0
    for sentence in (*split(text), None):
        gap = text[at : sentence.start if sentence else len(text)]
        assert len(gap.split()) <= 1
        assert sum(c.isalpha() for c in gap) <= 1
        at = sentence.end if sentence else at


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param("We use FIT, e.g. OC-Sensor, at 10 µg/g.", id="e.g."),
        pytest.param("Dr. Hollin and Prof. Marsh lead on it.", id="titles"),
        pytest.param("Give 0.5 mg b.d. for 2 wks. before the test.", id="doses"),
        pytest.param("Refer if ≥ 10 µg/g, cf. NG12 1.3.2 and DG56.", id="codes"),
        pytest.param("We saw approx. 30 pts. in the first wk. of May.", id="counts"),
        pytest.param("She starts at 9 a.m. on Mondays.", id="time"),
        pytest.param('The leaflet says "Stop. Call us." in bold.', id="quotation"),
        pytest.param("Read https://a.example/b.html?x=1.2&y=3 first.", id="address"),
        pytest.param("See <https://a.example/x|NG12. Table 3> for it.", id="link"),
        pytest.param("Ask <@U0A1B2> about `data.all. Rows` today.", id="mention"),
        pytest.param("*It works.*", id="bold"),
        pytest.param("Is it (really?) so?", id="brackets"),
        pytest.param("The line was wrapped\nby a mail program.", id="wrapped"),
    ],
)
def test_a_sentence_is_not_cut_in_two(whole):
    """Clinical text, Slack's marks and abbreviations do not end a sentence."""
    assert texts_of(whole) == [whole]
    assert texts_of(f"Yes. {whole} We are glad.") == ["Yes.", whole, "We are glad."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One. Two! Three?", ["One.", "Two!", "Three?"], id="marks"),
        pytest.param("At 10 µg/g. We do.", ["At 10 µg/g.", "We do."], id="unit"),
        pytest.param("*One.* Two.", ["*One.*", "Two."], id="bold"),
        pytest.param("It took 2 wks. We did.", ["It took 2 wks.", "We did."], id="wks"),
        pytest.param("مرحبا. كيف الحال؟", ["مرحبا.", "كيف الحال؟"], id="right to left"),
        pytest.param("We do. 😀 They do.", ["We do.", "😀 They do."], id="emoji"),
        pytest.param("First point\n\nSecond point", ["First point", "Second point"]),
        pytest.param("Two things:\n- one\n- two", ["Two things:", "one", "two"]),
        pytest.param(
            "1. one\n2) two\n(c) three", ["one", "two", "three"], id="numbered"
        ),
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t ", [], id="space"),
    ],
)
def test_where_one_sentence_ends_the_next_begins(text, expected):
    """What people set apart stays apart."""
    assert texts_of(text) == expected


def test_other_peoples_words_are_known_as_such():
    """A quotation, a signature, and quoted mail are not the author's own words."""
    text = "> We stopped.\nWe did not.\n\nOn Tue 9 Jun, Ada Holt wrote:\nhello. all"
    kinds = [(sentence.kind, sentence.text) for sentence in split(text)]
    assert kinds == [
        (Kind.QUOTE, "> We stopped."),
        (Kind.PROSE, "We did not."),
        (Kind.QUOTE, "On Tue 9 Jun, Ada Holt wrote:\nhello. all"),
    ]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param(
            "We do.\nKind regards,\nAda Holt\nGP lead", ["We do."], id="signed"
        ),
        pytest.param("We do.\n-- \nAda\n01632 960001", ["We do."], id="signature"),
        pytest.param("We do.\nFrom: Ada\nSent: today\nno.", ["We do."], id="forwarded"),
        pytest.param(
            "On Tue 9 Jun, Ada wrote:\n> Who?\nWe do.", ["We do."], id="answered below"
        ),
        pytest.param(
            "Thanks\nWe do it.\nYou too.", ["Thanks", "We do it.", "You too."]
        ),
        pytest.param("We do.\n--\nAnd we ring.", ["We do.", "--", "And we ring."]),
    ],
)
def test_a_signature_is_told_from_what_is_said(text, own):
    """Nobody's telephone number is quoted as a view, and no view as a signature."""
    assert [s.text for s in split(text) if s.kind is not Kind.QUOTE] == own


def test_a_block_of_code_is_one_piece():
    """Code is not taken for sentences."""
    text = "Run this:\n```\na. b. c\n- d\n```\nIt works."
    assert [s.kind for s in split(text)] == [Kind.PROSE, Kind.CODE, Kind.PROSE]
