"""The patient-data guard: what it stops, what it asks about, what it lets through."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.guard import Verdict, inspect, mask
from tests.domain.guard_messages import identifying, ordinary

#: an NHS number that passes the check; those that begin 999 are never issued
NHS = "999 123 4551"


def test_it_lets_ordinary_pathway_talk_through():
    """Of 300 ordinary messages at most 1 is refused and at most 3 asked about."""
    messages = ordinary()
    verdicts = [inspect(message).verdict for message in messages]
    assert len(messages) >= 300
    assert verdicts.count(Verdict.REFUSE) <= 1
    assert verdicts.count(Verdict.ASK) <= 3


@pytest.mark.parametrize("message", identifying(), ids=lambda message: message.id)
def test_no_identifying_message_passes_whole(message):
    """Every identifier is found and blanked, however it is written."""
    assert inspect(message.text).verdict is not Verdict.PASS
    masked = mask(message.text)
    assert [part for part in message.identifiers if part in masked] == []


@pytest.mark.parametrize(
    "text",
    [
        f"NHS number {NHS} is on two lists",
        f"{NHS} has no histology, whose patient is this?",
        "Jean Harkaway, born 3 March 1951, was never seen",
        "Mrs Jean Harkaway of 14 Sorrel Lane has had no letter",
        "DOB 03/03/1951, hospital number K482913",
        "NI number QQ 12 34 56 C was on the form",
    ],
)
def test_what_identifies_a_patient_is_refused(text):
    """A checked number, or a name with a birth date or an address, is refused."""
    assert inspect(text).verdict is Verdict.REFUSE


@pytest.mark.parametrize(
    "text",
    [
        "Our patient Jean Harkaway waited nine weeks",
        "Please ring Jean Harkaway 07700 900481",
        "DOB 03/03/1951 was missing from the label",
        "hospital number K482913 has no outcome",
        "call the patient on 07700 900481",
        "NHS number 999 123 4552 will not go through",
    ],
)
def test_what_might_identify_a_patient_is_asked_about(text):
    """One identifier on its own, or one mistyped, is for the author to judge."""
    assert inspect(text).verdict is Verdict.ASK


@pytest.mark.parametrize(
    "text",
    [
        "A 67-year-old with FIT 12 and weight loss",
        "Thanks to Dr Patel and to Mr Khan, consultant urologist",
        "The practice is at 22 Quay Road, PL4 0ZZ, phone 01632 960123",
        "Kind regards\nJean Harkaway\n22 Quay Road, PL4 0ZZ\n07700 900481",
        "On 3 March 2026 at 12:30, Jean Harkaway <jean@example.org> wrote:\n> Yes",
        "Dial-in 020 7946 0555, PIN 9991234551#",
        "https://example.org/meet/9991234551",
        "Order 4010232137 for kits has shipped",
    ],
)
def test_what_belongs_to_a_service_or_a_colleague_passes(text):
    """Services have phones and addresses, colleagues names, orders ten digits."""
    assert inspect(text).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "text",
    [
        "4010232137",
        "Our kits are numbered 6001234564 and 7001234564",
        "The reference is 4010232137",
    ],
)
def test_ten_digits_that_pass_the_check_by_chance_are_not_enough(text):
    """9 % of ten-digit numbers pass the check: without a context they go through."""
    assert inspect(text).verdict is Verdict.PASS


def test_findings_say_what_was_found_and_never_the_words():
    """The refusal can be explained without repeating what was typed."""
    findings = inspect("Jean Harkaway, DOB 03/03/1951, NHS 999 123 4551")
    assert findings.kinds == {"name", "date of birth", "NHS number"}
    assert "Harkaway" not in repr(findings)


def test_a_text_that_passes_is_returned_as_it_is():
    """Masking changes nothing in ordinary talk."""
    text = "What FIT threshold are *you* using\u00a0\u2014 10 or 20? \U0001f44d"
    assert mask(text) == text


def test_a_phone_link_is_blanked_with_its_target():
    """Slack writes a number twice in a link; both are hidden."""
    masked = mask("Ring her on <tel:+447700900481|07700 900481> please")
    assert masked == "Ring her on \u2587\u2587\u2587 please"


def test_spans_point_into_the_original_text():
    """Offsets are those of the text as typed, hidden characters and all."""
    text = "caf\u00e9 \uff21 NHS\u00a0no: 9\u200b99\u00a0123\u00a0\uff14551 end"
    (span,) = inspect(text).spans
    assert text[span.start : span.end] == "9\u200b99\u00a0123\u00a0\uff14551"
    assert span.kind == "NHS_NUMBER"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_an_nhs_number_is_found_whatever_stands_around_it(before, after):
    """Surroundings never hide a labelled number, nor break the guard."""
    text = f"{before}\n\nNHS number: 9991234551\n\n{after}"
    assert "9991234551" not in mask(text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_can_be_inspected(text):
    """Whatever is typed, the spans are in order and inside the text."""
    spans = inspect(text).spans
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


HOSTILE = {
    "digits": "1" * 40_000,
    "spaced digits": "1 " * 20_000,
    "short numbers": "0 0/" * 10_000,
    "capitals": "A" * 40_000,
    "capitalised words": "Aa " * 13_333,
    "initials": "A. " * 13_333,
    "titles": "Mrs " * 10_000,
    "open links": "<tel:" * 8_000,
    "long link": "<https://" + "a" * 39_000,
    "at signs": "a.a@" * 10_000,
    "dots": "." * 40_000,
    "spaces": " " * 40_000,
    "new lines": "\n" * 40_000,
    "emoji": "\U0001f600" * 40_000,
    "right to left": "\u0645\u0631\u064a\u0636 " * 8_000,
    "zero width": "\u200b" * 40_000,
    "labels": "NHS number DOB born " * 2_000,
    "months": "12 March " * 4_400,
    "addresses": "12 Sorrel Lane, " * 2_500,
    "apostrophes": "O'" * 20_000,
    "years in words": "nineteen " * 4_400,
    "numbers": "NHS 9991234551 " * 2_600,
    "names": "Jean Harkaway " * 2_800,
    "lower-case names": "mr jean smith " * 2_800,
    "phones": "07700 900481 " * 3_000,
    "wards": "ward 7 bed " * 3_600,
    "headers": "from: a\n" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_takes_long(text):
    """The longest message Slack allows is judged in well under the time it gives."""
    began = time.process_time()
    inspect(text)
    assert time.process_time() - began < 2.0


def test_time_grows_with_length_and_no_faster():
    """Twice the text takes about twice the time: no pattern runs away."""
    message = "Has anyone chased Jean Harkaway of 14 Sorrel Lane? 07700 900481. "

    def taken(times):
        began = time.process_time()
        inspect(message * times)
        return time.process_time() - began

    short = min(taken(100) for _ in range(3))
    long = min(taken(400) for _ in range(3))
    assert long < 12 * short


def test_a_message_takes_under_two_milliseconds():
    """The guard stands in the way of every message, so it must be quick."""
    messages = ordinary() + [message.text for message in identifying()]
    began = time.process_time()
    for message in messages:
        inspect(message)
    assert (time.process_time() - began) / len(messages) < 0.002
