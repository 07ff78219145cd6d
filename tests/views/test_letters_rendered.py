"""Letters as they are read: plain and HTML, whatever people wrote."""

from html.parser import HTMLParser
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.letters import Frame, Part, first_name, unmarked, wrapped, write

FRAME = Frame(
    community="Early Diagnosis Network",
    name="Gwen",
    why="You are a member and reached by e-mail.",
    who="Carys",
)
ASK = {
    "lead": "",
    "who": "Amina Yusuf (Northshire)",
    "about": " about FIT",
    "question": "How do you safety-net a negative FIT?",
    "context": "",
    "reason": "lists FIT",
    "needed": "Tue 9 Jun, 12:30",
    "number": 7,
    "thread": None,
}
HOSTILE = '<img src=x onerror="alert(1)"> & {{ frame }} <!channel>'


def ask(summary="A question about FIT, closes Tue 9 Jun", **changes):
    """An invitation, as a part."""
    return Part(
        template="ask",
        summary=summary,
        values={**ASK, **changes},
        answer="Reply: it reaches {who}.",
    )


class Seen(HTMLParser):
    """What a mail program shows of HTML: its text, its tags, where its links lead."""

    def __init__(self, html):
        super().__init__()
        self.text, self.tags, self.links = "", set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data):
        self.text += data


def test_a_letter_says_all_of_it_in_both_forms():
    """What was asked, by whom and until when, how to answer, and why it came."""
    letter = write(FRAME, [ask()])

    assert letter.subject == "A question about FIT, closes Tue 9 Jun"
    for form in (
        " ".join(letter.text.split()),
        " ".join(Seen(letter.html).text.split()),
    ):
        said = [
            "Hello Gwen,",
            "Amina Yusuf (Northshire) asks about FIT:",
            "How do you safety-net a negative FIT?",
            "Why you: lists FIT.",
            "needed by Tue 9 Jun, 12:30",
            "Reply: it reaches Carys.",
            "You are a member and reached by e-mail.",
        ]
        places = [form.index(one) for one in said]
        assert all(before < after for before, after in pairwise(places))


def test_it_is_good_on_a_phone_by_day_and_by_night():
    """Styles stand on the elements; those for dark and narrow screens survive."""
    html = write(FRAME, [ask()]).html

    assert '<html lang="en-GB">' in html
    assert 'name="color-scheme" content="light dark"' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "@media (max-width: 480px)" in html
    assert "max-width: 600px" in html
    assert "font-size: 17px" in html
    assert "http" not in html


def test_nothing_in_it_can_be_followed_by_others():
    """No image, no script, no address of ours that would tell that it was opened."""
    seen = Seen(write(FRAME, [ask(question=HOSTILE, context=HOSTILE)]).html)

    assert seen.tags.isdisjoint({"img", "script", "link", "iframe", "form"})
    assert seen.links == []
    assert HOSTILE in seen.text


def test_only_addresses_on_the_web_become_links():
    """A thread is linked; what pretends to be an address is not."""
    good = "https://play.slack.com/archives/C1/p2?thread_ts=1.2&cid=C1"
    assert Seen(write(FRAME, [ask(thread=good)]).html).links == [good]
    assert Seen(write(FRAME, [ask(thread="javascript:alert(1)")]).html).links == []


def test_several_things_are_numbered_and_their_answers_told_once():
    """So that a reply can say which one it means."""
    letter = write(FRAME, [ask(), ask(summary="A question about SEA")])

    assert letter.subject == "2 things for you from Early Diagnosis Network"
    assert "1. A question about FIT, closes Tue 9 Jun" in letter.text
    assert "2. A question about SEA" in letter.text
    assert letter.text.count("it reaches Carys") == 1
    assert "please say which number you mean" in letter.text


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
    st.text(max_size=60),
)
def test_whatever_people_write_is_shown_and_does_nothing(words, summary):
    """In HTML every mark is text; a subject is one line; plain lines are short."""
    letter = write(FRAME, [ask(question=words, summary=summary)])
    usual = write(FRAME, [ask()])

    assert Seen(letter.html).tags == Seen(usual.html).tags
    assert "".join(words.split()) in "".join(Seen(letter.html).text.split())
    assert len(letter.subject.splitlines()) <= 1
    assert all(len(line) <= 72 or " " not in line.strip() for line in _lines(letter))


def _lines(letter):
    return letter.text.split("\n")


@pytest.mark.parametrize(
    ("mrkdwn", "said"),
    [
        ("*bold*, _slanted_ and ~struck~", "bold, slanted and struck"),
        ("`code` stays readable", "code stays readable"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("ask <@U123> in <#C1|questions>", "ask @a colleague in #questions"),
        ("<https://example.org/a|the pathway>", "the pathway (https://example.org/a)"),
        ("under 10 &lt; 12 &amp; so on", "under 10 < 12 & so on"),
    ],
)
def test_slacks_marks_are_put_in_words(mrkdwn, said):
    """What was written in Slack reads as prose in a letter."""
    assert unmarked(mrkdwn) == said


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Gwen Morris", "Gwen"),
        ("Dr Gwen Morris", "Gwen"),
        ("Prof. Dr. Li Wei", "Li"),
        ("Dr", "Dr"),
        ("", ""),
    ],
)
def test_people_are_addressed_by_their_first_name(name, first):
    """Whatever title stands before it."""
    assert first_name(name) == first


def test_a_letter_to_nobody_known_by_name():
    """It greets all the same."""
    frame = Frame(community="C", name="", why="", who="a coordinator")
    assert write(frame, [ask()]).text.startswith("Hello,\n")


def test_long_addresses_are_never_broken():
    """A link that is cut in two leads nowhere."""
    address = "https://example.org/" + "a-long-path/" * 10
    assert address in wrapped(f"Please read {address} before the call.")


@pytest.mark.parametrize("piece", ["*a ", "_a b", "~*`"], ids=repr)
def test_a_line_full_of_marks_is_read_soon(piece):
    """However long a message may be in Slack, writing a letter holds nobody up."""
    begun = process_time()
    unmarked(piece * (40_000 // len(piece)))
    assert process_time() - begun < 2
