"""The update's desk in Slack: within Slack's limits, and only what may be done."""

from dataclasses import replace

import pytest

from bot.domain.editions import EditionState
from bot.simulator.blocks import check_view
from bot.views import doubts, editions
from bot.views.doubts import Doubts, Waiting
from bot.views.editions import EditionDesk, EditionItem

LONG = "<!channel> & " * 300
DESK = EditionDesk(
    edition=1,
    version=3,
    stamp="0123456789abcdef",
    month="June 2026",
    written="2026-06",
    state=EditionState.DRAFT,
    items=[
        EditionItem(
            key=f"digest:{number}",
            kind="Digest",
            title=f"How? {LONG}",
            about=LONG,
            out=number % 2 == 0,
        )
        for number in range(60)
    ],
    note=LONG,
    note_by=LONG,
    leaves="Thu 2 Jul, 07:30",
    members=50_000,
    partners=2,
    progress="3 of 6 have gone.",
    address=None,
    mail=True,
)


@pytest.mark.parametrize("page", [0, 1, 2, 9])
def test_the_desk_keeps_slacks_limits_however_much_is_in_it(page):
    """Sixty items with endless titles, a page at a time; nothing pings anybody."""
    shown = editions.desk(DESK, page)
    check_view(shown, "modal")
    assert "<!channel>" not in str(shown)
    assert f"Page {min(page, 2) + 1} of 3" in str(shown)


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (EditionState.DRAFT, {"Write a note", "Not this month…", "Leave out"}),
        (EditionState.HELD, {"Take back"}),
        (EditionState.SENDING, set()),
        (EditionState.SENT, set()),
        (EditionState.DROPPED, {"Take it up again"}),
    ],
)
def test_only_what_may_be_done_is_offered(state, labels):
    """Approve stands under a draft alone."""
    desk = replace(DESK, items=[replace(DESK.items[1], title="One")], state=state)
    shown = editions.desk(desk)
    check_view(shown, "modal")
    words = str(shown)
    offered = {"Write a note", "Not this month…", "Leave out", "Take back"}
    offered.add("Take it up again")
    assert {label for label in offered if f"'{label}'" in words} == labels
    assert ("submit" in shown) == (state is EditionState.DRAFT)


def test_it_says_who_gets_it_and_when():
    """Counts and the moment, before anybody approves."""
    words = str(editions.desk(replace(DESK, items=DESK.items[1:2])))
    assert "leaves Thu 2 Jul, 07:30" in words
    assert "2 partners (without names)" in words
    assert "convenor edition preview --month 2026-06" in words
    waits = editions.desk(replace(DESK, state=EditionState.HELD, mail=False))
    assert "E-mail is not set up yet" in str(waits)


def test_the_forms_keep_slacks_limits():
    """The note, the question whether to drop it, and letters by the hundred."""
    some = [Waiting(who=LONG, address=f"{n}@example.org", why=LONG) for n in range(40)]
    waiting = Doubts(
        edition=1,
        month="June 2026",
        in_doubt=400,
        failed=40,
        doubtful=some,
        unsent=some,
        gone=3,
    )
    for form in (
        editions.note_form(DESK, doubt="Is a patient described?"),
        editions.drop_form(DESK),
        doubts.doubts_form(waiting),
        doubts.doubts_form(replace(waiting, in_doubt=0, failed=0, gone=0)),
    ):
        check_view(form, "modal")
    assert "and 360 more" in str(doubts.doubts_form(waiting))
    assert doubts.told(replace(waiting, in_doubt=0, failed=0)).startswith("No letter")
