"""What people see of digests keeps within Slack's limits, and loses nothing."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.collation import Place, Section
from bot.domain.lifecycle import DigestState
from bot.simulator.blocks import check_message, check_view
from bot.views import desk as desk_view
from bot.views import exports, ledgers
from bot.views.desk import Desk, DeskLine
from bot.views.digests import HEADINGS, DigestPage, Offered, Said, messages
from bot.views.spoken import spoken

HOSTILE = (
    '<script>alert("x")</script> & <!channel> *bold* [a](javascript:x) `code` > # 1'
)

TEXTS = st.text(min_size=1, max_size=4000).filter(str.strip)


def a_said(text, **more):
    """Something said by Ben."""
    address = "https://play.slack.com/archives/C1/p1780387200000001"
    return Said(**{"text": text, "who": "Ben Carter", "address": address, **more})


def a_page(*texts, **more):
    """A digest with one section."""
    page = DigestPage(
        digest=1,
        community="Early Diagnosis Network",
        title="How do you safety-net a negative FIT?",
        question="How do you safety-net a negative FIT?",
        asked_by="Amina Yusuf (Northshire)",
        thread="https://play.slack.com/archives/C1/p1780387200000000",
        sections=[("Where we agree", [a_said(text) for text in texts])],
        note="",
        note_by="",
        resources=[],
        still_open=[],
        replies=14,
        people=11,
        date="Tue 9 Jun, 12:30",
    )
    return replace(page, **more)


def a_desk(lines, **more):
    """A draft with so many lines."""
    shown = Desk(
        digest=1,
        version=1,
        title="How do you safety-net a negative FIT?",
        state=DigestState.READY,
        headings=dict(HEADINGS),
        lines=[
            DeskLine(
                id=number,
                section=list(Section)[number * 4 // lines],
                said=a_said(f"Line {number}. " + "Long words follow. " * 150),
                state="agreed",
            )
            for number in range(lines)
        ],
        note="A note. " * 300,
        resources=[],
        still_open=[],
        replies=lines,
        people=lines,
        kept=0,
        unassigned=0,
        waiting=(),
        check_ends="Tue 9 Jun, 12:30",
        leaves="",
        asked_here=True,
    )
    return replace(shown, **more)


def words(parts):
    """Everything a reader sees in blocks, as one string."""
    found = []
    for part in parts:
        found += [part["text"]["text"]] if "text" in part else []
        found += [one.get("text", "") for one in part.get("elements", [])]
    return "\n".join(str(one) for one in found)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=30))
def test_a_post_keeps_within_slacks_limits_and_shows_every_word(texts):
    """However long and strange the lines are, nothing is dropped on the way."""
    bodies = messages(a_page(*texts))

    seen = ""
    for body in bodies:
        check_message(body["blocks"])
        seen += words(body["blocks"])
    plain = "".join(seen.split()).replace(">", "")
    for text in texts:
        wanted = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert "".join(wanted.split()) in plain


def test_a_digest_of_a_hundred_lines_goes_on_in_its_thread():
    """More lines make more posts; fifty blocks are the most in each."""
    texts = [f"Line number {number}." for number in range(120)]

    bodies = messages(a_page(*texts))

    assert len(bodies) > 2
    assert bodies[1]["text"] == "The digest, continued"
    together = "".join(words(body["blocks"]) for body in bodies)
    assert all(text in together for text in texts)


def test_a_long_draft_is_shown_a_page_at_a_time():
    """Slack shows a hundred blocks at most; every line is on some page."""
    shown = a_desk(45)
    pages = [desk_view.desk(shown, page) for page in range(3)]

    for page in pages:
        check_view(page, "modal")
        assert len(str(page)) < 250_000
    assert all(any(f"Line {n}." in str(page) for page in pages) for n in range(45))
    assert "Page 3 of 3" in str(desk_view.desk(shown, 99))


def test_approve_is_there_only_when_it_may_be_pressed():
    """Not while a reply has no place, nor while contributors are looking."""
    assert "submit" in desk_view.desk(a_desk(3))
    assert "submit" not in desk_view.desk(a_desk(3, unassigned=1))
    looking = a_desk(3, state=DigestState.CHECKING, waiting=("Ben Carter",))
    assert "submit" not in desk_view.desk(looking)
    assert "Waiting for Ben Carter" in str(desk_view.desk(looking))


def test_the_ledger_of_a_thousand_replies_is_paged():
    """Each page is one that Slack takes."""
    entry = ledgers.LedgerEntry(
        who="Ben Carter",
        place=Place.KEPT,
        reason="thanks",
        line=None,
        text="&" * 5000,
        address=None,
    )
    shown = ledgers.Ledger(digest=1, title="A question", entries=[entry] * 1000)

    for page in (0, 17, 33):
        check_view(ledgers.ledger(shown, page), "modal")
    assert "1000 kept, not quoted" in str(ledgers.ledger(shown, 0))


def test_slacks_marks_are_put_into_words():
    """Nobody is pinged, and no link hides where it goes."""
    text = "<!channel> <@U1>: <https://nice.org.uk|the guidance> in <#C1|general> &amp;"

    assert spoken(text, lambda user: f"name of {user}") == (
        "@channel @name of U1: the guidance (https://nice.org.uk) in #general &"
    )


def test_a_page_is_inert_whatever_was_written():
    """Text from people cannot become markup, a script or a link."""
    page = a_page(
        HOSTILE,
        note=HOSTILE,
        note_by=HOSTILE,
        resources=[Offered(kind="link", label=HOSTILE, url="javascript:alert(1)")],
        still_open=[a_said(HOSTILE, who=HOSTILE)],
    )

    found = exports.html(page)

    assert "<script>" not in found
    assert "javascript:alert" not in found
    assert "href=" in found
    assert "14 replies from 11 people: all shown or accounted for" in found
    assert found.count("<html") == 1


def test_markdown_says_everything_and_marks_nothing_up():
    """It can be pasted anywhere; what people wrote is not taken for Markdown."""
    page = a_page(
        "First *line*.\nSecond line.",
        resources=[Offered(kind="link", label="NICE", url="https://nice.org.uk")],
    )

    found = exports.markdown(page)

    assert "> First \\*line\\*.\n> Second line." in found
    assert "[NICE](<https://nice.org.uk>)" in found
    assert "## Where we agree" in found
    assert "14 replies from 11 people: all shown or accounted for." in found
