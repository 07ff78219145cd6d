"""Topics are read from a question's words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.topics import Topic, infer

FIT = Topic(id="fit", name="FIT", words=("qFIT", "faecal immunochemical test"))
REFERRAL = Topic(
    id="referral", name="Suspected cancer referral", words=("two-week wait", "2WW")
)
TEST = Topic(id="stt", name="Straight to test", words=("STT", "direct access"))
VAGUE = Topic(id="nss", name="Vague-symptom pathways", words=("NSS", "RDC"))
TOPICS = (FIT, REFERRAL, TEST, VAGUE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("How do you chase a FIT kit?", ("fit",), id="an abbreviation"),
        pytest.param("how do you chase a fit kit?", ("fit",), id="in small letters"),
        pytest.param("Any news on q-FIT?", ("fit",), id="with a hyphen of its own"),
        pytest.param("FITs go missing", ("fit",), id="in the plural"),
        pytest.param("two week waits are long", ("referral",), id="hyphen or space"),
        pytest.param("Is 2 WW still said?", ("referral",), id="apart"),
        pytest.param("straight-to-test for all", ("stt",), id="a name with hyphens"),
        pytest.param("vague symptom pathway", ("nss",), id="a name in the singular"),
        pytest.param("Our benefit scheme", (), id="never inside another word"),
        pytest.param("Where do we park?", (), id="nothing fits"),
        pytest.param("", (), id="nothing at all"),
    ],
)
def test_a_topic_is_found_however_it_is_written(text, expected):
    """Whole words, in any case, hyphen or space, singular or plural; or nothing."""
    assert infer(text, TOPICS) == expected


def test_the_topic_most_spoken_of_goes_first():
    """More and longer phrases outweigh a passing word."""
    text = "FIT first, or a straight to test pathway with direct access?"
    assert infer(text, TOPICS) == ("stt", "fit")


def test_equal_topics_keep_the_community_s_own_order():
    """Ties are settled by the order in which the topics were described."""
    assert infer("RDC or FIT", TOPICS) == ("fit", "nss")
    assert infer("RDC or FIT", (VAGUE, FIT)) == ("nss", "fit")


@pytest.mark.parametrize(
    "text", ["It would fit", "How does it fit in with NICE?", "It doesn\u2019t fit"]
)
def test_an_everyday_verb_is_not_a_test(text):
    """To ask whether something would fit is not to ask about FIT."""
    assert infer(text.replace("this ", ""), TOPICS) == ()


def test_a_short_form_in_capitals_counts_wherever_it_stands():
    """Somebody who writes "can FIT" means the test."""
    assert infer("Can FIT in under-50s help?", TOPICS) == ("fit",)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    """Emoji, other scripts and control characters are read without a fault."""
    found = infer(text, TOPICS)
    assert len(set(found)) == len(found)
    assert set(found) <= {topic.id for topic in TOPICS}
