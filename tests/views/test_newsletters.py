"""The update as people read it: inert, light and dark, narrow and wide, in words."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.editions import Audience
from bot.gateways.mail_mime import Letterhead
from bot.ports import Medium, Message
from bot.views.newsletters import (
    UNSUBSCRIBE,
    Coming,
    Excerpt,
    Help,
    Newsletter,
    Story,
    as_preview,
    html,
    letter,
    text,
    way_out,
)
from tests.stage import TUESDAY

HOSTILE = (
    '<script>alert("1")</script><img src=x onerror=y>]]> {{ 7*7 }} & &lt; <mj-raw>'
)
NEWS = Newsletter(
    community="Early Diagnosis Network",
    month="June 2026",
    audience=Audience.MEMBERS,
    note="The away day is on 9 July.\nPlease keep it free.",
    note_by="Carys Bowen",
    stories=(
        Story(
            key="digest:1",
            title="How do you safety-net a negative FIT?",
            accounted="4 replies from 4 people: all shown or accounted for",
            excerpts=(
                Excerpt(heading="Where we agree", text="We repeat it.", who="Ben"),
                Excerpt(heading="Where we differ", text="We do not.", who="Chloé"),
            ),
            more=1,
            address="https://play.slack.com/archives/C1/p1?a=1&b=2",
        ),
    ),
    questions=(
        Help(
            key="question:2",
            title="Who has a template for event analysis?",
            topics="FIT",
            asker="Amina Yusuf",
            closes="Fri 10 Jul, 09:00",
            heard="no replies yet",
            address="https://play.slack.com/archives/C2/p2",
        ),
    ),
    calls=(
        Coming(key="call:1", title="Summer call", when="Wed 9 Sep, 12:30", how="0300"),
    ),
    contact="carys@example.org",
    by_link=True,
    page="https://bot.example.org/edition/t",
)
QUIET = replace(NEWS, stories=(), questions=(), calls=(), note="", note_by="")


class Read(HTMLParser):
    """What a browser would make of it: elements, addresses, words."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.outside, self.attributes = [], [], [], set()
        self.words, self._hidden = "", 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._hidden += tag in {"style", "script", "title"}
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value)
            elif name in {"src", "href", "background"}:
                self.outside.append(value)

    def handle_endtag(self, tag):
        self._hidden -= tag in {"style", "script", "title"}

    def handle_data(self, data):
        if not self._hidden:
            self.words += data


def test_everything_stands_in_both_parts():
    """Whoever reads text alone misses nothing."""
    for shown in (Read(html(NEWS)).words, text(NEWS)):
        flat = " ".join(shown.split())
        for words in (
            "away day is on 9 July",
            "Carys Bowen",
            "safety-net a negative FIT?",
            "Where we differ",
            "We do not.",
            "Chloé",
            "The digest has 1 more line.",
            "template for event analysis?",
            "Fri 10 Jul, 09:00",
            "Summer call",
            "0300",
        ):
            assert words in flat or words.upper() in flat, words
    assert "https://play.slack.com/archives/C1/p1?a=1&b=2" in text(NEWS)
    assert "https://play.slack.com/archives/C1/p1?a=1&b=2" in Read(html(NEWS)).links


def test_nothing_is_fetched_from_elsewhere():
    """No image, no font, no script: a letter tells nobody that it was opened."""
    page = html(NEWS)
    read = Read(page)
    assert not {"img", "script", "link", "iframe"} & set(read.tags)
    assert not read.outside
    assert "@import" not in page
    assert "url(" not in page


def test_light_and_dark_and_narrow_survive_the_inlining():
    """What a mail program needs at the top is still there, and styles on elements."""
    page = html(NEWS)
    assert '<meta name="color-scheme" content="light dark"' in page
    assert '<meta name="supported-color-schemes" content="light dark"' in page
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media (max-width: 480px)" in page
    assert re.search(r"<blockquote[^>]*style=\"[^\"]*border-left", page)
    assert '<html lang="en-GB"' in page
    assert "2 calls" not in page
    assert "1 digest, 1 question that needs help and 1 call to come" in page


def test_hostile_words_are_inert():
    """Whatever a title, a line, a note or a name says, it is only read."""
    hostile = replace(
        NEWS,
        community=HOSTILE,
        note=HOSTILE,
        note_by=HOSTILE,
        stories=[
            replace(
                NEWS.stories[0],
                title=HOSTILE,
                excerpts=[Excerpt(heading=HOSTILE, text=HOSTILE, who=HOSTILE)],
                address='javascript:alert("1")',
            )
        ],
        questions=[replace(NEWS.questions[0], title=HOSTILE, address='x" onclick="y')],
        calls=[replace(NEWS.calls[0], title=HOSTILE, how=HOSTILE)],
    )
    read = Read(html(hostile))
    assert not {"script", "img", "mj-raw"} & set(read.tags)
    assert not {"onerror", "onclick"} & read.attributes
    assert not any(link.startswith("javascript") for link in read.links)
    assert read.words.count(HOSTILE) >= 8
    assert "{{ 7*7 }}" in " ".join(text(hostile).split())


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_words_break_the_page(words):
    """Titles and notes of any characters; no element comes of them."""
    page = html(replace(QUIET, note=f"x{words}"))
    assert Read(page).tags == Read(html(replace(QUIET, note="x"))).tags or "br" in page


def test_an_empty_update_says_so():
    """Honestly, in both parts."""
    assert "No digest was published in June 2026" in text(QUIET).replace("\n", " ")
    assert "No digest was published in June 2026" in html(QUIET)
    assert QUIET.in_short == "Nothing was published in June 2026"


@pytest.mark.parametrize(
    ("change", "ways", "post"),
    [
        (
            {},
            f"<{UNSUBSCRIBE}>, <mailto:carys@example.org?subject=Unsubscribe>",
            "List-Unsubscribe=One-Click",
        ),
        (
            {"by_link": False},
            "<mailto:carys@example.org?subject=Unsubscribe>",
            None,
        ),
        ({"by_link": False, "contact": ""}, None, None),
    ],
)
def test_the_ways_out(change, ways, post):
    """One click where there is an address for it, else by letter; never a dead link."""
    headers = letter(replace(NEWS, **change))["headers"]
    assert headers.get("List-Unsubscribe") == ways
    assert headers.get("List-Unsubscribe-Post") == post
    assert headers["List-Id"].startswith("<update.")


def test_readers_beyond_the_members_are_shown_nobodys_address():
    """A coordinator's address is as good as a name; they reply, and it gets there."""
    others = replace(NEWS, audience=Audience.OTHERS, by_link=False)
    for shown in (html(others), text(others)):
        assert "carys" not in shown.replace("Carys Bowen", "")
        assert "reply with “unsubscribe”" in shown
    assert letter(others)["reply_to"] == "carys@example.org"


def test_each_reader_gets_their_own_way_out():
    """As it leaves: in the text, in the HTML and in the header, and nowhere a token."""
    link = "https://bot.example.org/unsubscribe/a&b"
    body = {**letter(NEWS), "name": "Ben", "fill": way_out("carys@example.org", link)}
    sent = Letterhead("Network <us@example.org>").write(
        Message(key="edition:1:2", medium=Medium.MAIL, to="ben@example.org", body=body),
        at=TUESDAY,
    )
    read = message_from_bytes(sent.raw, policy=default)
    plain, page = (read.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert f"To get no more of these: {link}" in plain
    assert link in Read(page).links
    assert read["List-Unsubscribe"].startswith(f"<{link}>, <mailto:")
    assert "@@" not in sent.raw.decode()


def test_a_preview_is_nobodys_own():
    """Neither before it is sent nor after is there a link that would act."""
    for page in (html(replace(NEWS, preview=True)), as_preview(html(NEWS))):
        assert UNSUBSCRIBE not in page
    assert UNSUBSCRIBE not in text(replace(NEWS, preview=True))


def test_the_stamp_changes_with_what_is_told():
    """So that nothing is approved that was not seen; counts alone do not change it."""
    asked = replace(NEWS.questions[0], heard="2 replies from 2 people")
    assert replace(NEWS, questions=(asked,)).stamp == NEWS.stamp
    assert replace(NEWS, note="Another").stamp != NEWS.stamp
    assert replace(NEWS, questions=()).stamp != NEWS.stamp
    assert QUIET.empty
    assert not NEWS.empty
