"""Words are shortened to stems, and documents found by them."""

import pytest

from bot.domain.lexicon import Index, stem, tokens


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pathways", "pathway"),
        ("biopsies", "biopsy"),
        ("referred", "referr"),
        ("referring", "referr"),
        ("virus", "virus"),
        ("diagnosis", "diagnosis"),
        ("access", "access"),
        ("gas", "gas"),
    ],
)
def test_stems_meet_and_short_words_are_left_alone(word, expected):
    """Forms of a word meet; words that only look plural are not cut."""
    assert stem(word) == expected


def test_stopwords_and_links_carry_no_meaning():
    """What is left of a sentence is what it is about."""
    assert tokens("Could anyone tell us about the " + "x" * 60) == ["tell"]


def an_index(*texts):
    index = Index()
    for text in texts:
        index.extend(index.open(), text)
    return index


def test_the_rarer_word_says_more():
    """A document that shares a rare word is more alike than one with a common word."""
    index = an_index("clinic letters", "clinic spirometry", "clinic rooms")
    found = index.likeness("spirometry clinic")
    assert max(found, key=found.get) == 1
    assert set(found) == {0, 1, 2}


def test_a_document_that_shares_nothing_is_not_found():
    """Likeness is never invented."""
    assert an_index("clinic letters").likeness("spirometry") == {}
    assert an_index().likeness("spirometry") == {}


def test_a_reply_helps_to_find_its_thread():
    """Words of replies count for the thread, though the question never used them."""
    index = an_index("a persistent cough", "a sore knee")
    index.extend(0, "we did spirometry")
    assert set(index.likeness("spirometry")) == {0}


def test_likeness_can_be_read_by_itself():
    """Scores lie between nothing and about one, and more shared words score higher."""
    index = an_index("late kits returned by post", "late trains", "early trains")
    found = index.likeness("kits returned late")
    assert 0 < found[1] < found[0] <= 1
