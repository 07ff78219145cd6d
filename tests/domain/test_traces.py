"""Traces of somebody: found however their words stand, and nothing else is."""

import json
from html import escape
from textwrap import fill

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.traces import FORMER, WITHDRAWN, Traces

WORDS = 'We don\'t repeat the test & refer at once. Our lab calls it a "second look".'
BEN = Traces.of(
    [WORDS, "Thanks all!"],
    identifiers=("U0BEN123", "ben@example.org"),
    name="Ben O'Carter",
    region="Southdown",
)


@pytest.mark.parametrize(
    "stands",
    [
        WORDS,
        escape(WORDS),
        fill(WORDS, 20),
        fill(WORDS, 24, subsequent_indent="> "),
        f"<p>{escape(WORDS)}</p>",
        "We don’t repeat the test &amp; refer at once. …",
        "<@U0BEN123> has joined",
        "To: BEN@example.org",
        "Ben O&#x27;Carter (Southdown) answers",
    ],
)
def test_words_are_found_and_taken_out_however_they_stand(stands):
    """Escaped, wrapped, quoted or cut: what is found is gone once it is redacted."""
    body = {"blocks": [{"text": {"text": f"Before. {stands} After."}}], "n": 3}
    assert BEN.found_in(body)
    left = BEN.redacted(body)
    assert not BEN.found_in(left)
    assert left["n"] == 3
    said = left["blocks"][0]["text"]["text"]
    assert said.startswith("Before.")
    assert said.endswith("After.")
    assert FORMER in said or WITHDRAWN in said


@pytest.mark.parametrize(
    "said", ["Thanks all!", "We refer at once", "Benedict O'Carterley", "", "Southdown"]
)
def test_what_everybody_says_is_nobodys_trace(said):
    """Thanks, half a phrase and a region are left where they are."""
    assert BEN.redacted(said) == said


def test_the_region_behind_the_name_goes_with_it():
    """With one doctor to a region, the region would name them."""
    assert BEN.redacted("Ben O'Carter (Southdown) asks") == f"{FORMER} asks"


@given(text=st.text(st.characters(exclude_characters="&"), min_size=12, max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_words_survive_json_and_are_found(text):
    """Whatever somebody typed is found in a body that quotes it whole."""
    traces = Traces.of([text])
    body = json.loads(json.dumps({"text": f"They said: {text}"}))
    assert traces.found_in(body) == bool(traces.phrases)
    assert not traces.found_in(traces.redacted(body))
