"""The judge is judged: each promise is broken once, and the judge must say so."""

import pytest

from bot.demo.judge import PROMISES, judge
from tests.demo import (  # noqa: F401 - each tells its ways to break promises
    breaking_calls,
    breaking_contacts,
    breaking_letters,
    breaking_words,
)
from tests.demo.breaking import DOCTORED
from tests.demo.judged import broken
from tests.demo.kept import a_month
from tests.demo.known import BEN, DEV, NUMBER, QUESTIONS
from tests.demo.shown import answer, invitation, text


def test_a_month_as_it_should_be_breaks_nothing():
    """The judge finds no fault where there is none."""
    assert broken(a_month()) == []


@pytest.mark.parametrize(
    ("promise", "how"),
    [(promise, how) for promise, ways in DOCTORED.items() for how in ways],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_broken_promise_is_found_and_no_other(promise, how):
    """The judge names the promise, and what in the transcript breaks it."""
    diary = a_month()
    how(diary)

    verdicts = {v.promise.name: v for v in judge(diary.evidence())}

    assert [name for name, v in verdicts.items() if not v.held] == [promise]
    fault = verdicts[promise].faults[0]
    assert fault.words
    assert NUMBER not in str(fault)


def test_every_promise_can_be_broken():
    """There is no check that cannot fail."""
    assert {promise.name for promise in PROMISES} == set(DOCTORED)


def test_what_answers_its_reader_is_no_contact():
    """A word at night to somebody who has just pressed a button is an answer."""
    diary = a_month()
    diary.uses("2026-05-21 23:00", DEV, "line_ok")
    diary.bot("2026-05-21 23:01", f"D{DEV}", [text("Thank you.")])

    assert broken(diary) == []


def test_an_ask_that_has_ended_makes_room_for_another():
    """Ben has answered: his message has no buttons any more, and he may be asked."""
    diary = a_month()
    diary.bot("2026-05-20 12:30", f"D{BEN}", invitation("2"))

    assert broken(diary) == []


def test_an_answer_is_quoted_as_it_was_typed():
    """What Slack escapes, and a link, read as their author wrote them."""
    diary = a_month()
    kept = "Below &lt;5 &amp; above 10: see <https://example.org/fit> for more"
    diary.says("2026-05-28 12:31", BEN, kept, thread=diary.root)
    shown = "Below &lt;5 &amp; above 10: see https://example.org/fit for more"
    diary.uses("2026-05-28 12:32", BEN, "post_as_me")
    diary.bot(
        "2026-05-28 12:33",
        QUESTIONS,
        answer("Ben Carter (West Midlands)", shown),
        thread=diary.root,
    )

    assert broken(diary) == []


def test_a_digest_that_leads_nowhere_is_not_believed():
    """Without its thread nobody can count its replies."""
    diary = a_month()
    diary.digest["blocks"] = [
        block for block in diary.digest["blocks"] if "see the thread" not in str(block)
    ]

    assert broken(diary) == ["all accounted for"]
