"""Collating: many replies become one digest that people have agreed to."""

import pytest

from tests.stage import DIGESTS

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"
BEN = "We repeat the test at six weeks and refer if symptoms persist."
CHLOE = (
    "I disagree with repeating the test. A second negative only delays the referral, "
    "so we refer straight away."
)
DAN = "Our lab adds a safety-netting leaflet to every negative result."
THANKS = "Thanks all!"


@pytest.fixture
def cast(stage):
    """Amina has asked; three colleagues have replied in the thread."""
    amina = stage.member("Amina Yusuf", region="Northshire")
    ben = stage.member("Ben Carter", region="Southdown")
    chloe = stage.member("Chloé Martin", region="Eastvale")
    dan = stage.member("Dan Okoro", region="Westmoor")
    carys = stage.coordinator()
    post = amina.asks(QUESTION)
    said = [ben.replies(post, BEN), chloe.replies(post, CHLOE), dan.replies(post, DAN)]
    amina.replies(post, THANKS)
    return amina, ben, chloe, dan, carys, post, said


def drafted(carys, post):
    """A coordinator has asked for the thread to be collated, and it was drafted."""
    carys.shortcut("collate_thread", post)
    carys.does("open_digest", "1")
    return carys.form


def shown(view):
    """All that a form says."""
    return str(view)


def published(stage):
    """What stands in the digests channel."""
    return [m for m in stage.slack.messages if m.channel == DIGESTS]


def test_a_thread_is_collated_approved_and_published(stage, cast):
    """Every reply is in, verbatim, by name; after the hold it is posted, once."""
    *_, carys, post, _ = cast

    form = drafted(carys, post)
    assert "Contributors are looking at their lines" in shown(form)
    assert "submit" not in form

    stage.passes(days=3)
    carys.does("open_digest", "1")
    assert carys.form["submit"]["text"] == "Approve"
    answer = carys.submits()
    assert "Approved" in answer
    stage.passes(minutes=5)
    assert published(stage) == []
    stage.passes(minutes=6)

    [digest] = published(stage)
    for said in (BEN, CHLOE, DAN):
        assert said in digest.words.replace("\n>", " ").replace("&gt;", ">")
    assert "4 replies from 4 people: all shown or accounted for" in digest.words
    assert "Ben Carter" in digest.words
    assert "This thread has been collated" in stage.thread(post)[-1].words
    assert "Collated" in post.words
