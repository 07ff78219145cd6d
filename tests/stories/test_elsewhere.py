"""Replies received elsewhere: handed in once, quoted as from their author."""

import pytest

from tests.stage import AGAIN

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"
WORDS = "We repeat the test at six weeks, and refer if the symptoms have not gone."


@pytest.fixture(params=["sqlite", AGAIN])
def database_url(request):
    """Each story on SQLite, and once more on PostgreSQL in make check."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return request.getfixturevalue(kind)


@pytest.fixture
def cast(stage):
    """Amina has asked; Joan, who reads e-mail alone, and Ben were asked."""
    amina = stage.member("Amina Yusuf", region="Northshire")
    joan = stage.member(
        "Joan Thackray", interests=["fit"], region="Eastvale", email_only=True
    )
    ben = stage.member("Ben Carter", interests=["fit"], region="Southdown")
    carys = stage.coordinator()
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")
    return amina, joan, ben, carys, post


def _adds(carys, joan, **fields):
    """Carys fills in the form that her Home offers; returns what she is told."""
    assert "Needs you" in carys.home
    carys.presses("Add a reply received elsewhere")
    return carys.submits(
        **({"question": "1", "author": joan.id, "text": WORDS} | fields)
    )


def test_an_emailed_reply_stands_in_the_thread_as_from_its_author(stage, cast):
    """Whose it is, how it came and who added it; the post counts it."""
    _, joan, _, carys, post = cast

    told = _adds(carys, joan)

    [reply] = stage.thread(post)
    assert (
        "*From Joan Thackray (Eastvale) by e-mail*, added by Carys Bowen:"
        in reply.words
    )
    assert WORDS in reply.words
    assert "1 reply from 1 person" in post.words
    assert "not asked or reminded of this question any more" in told
