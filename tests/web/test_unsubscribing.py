"""Leaving the monthly update by its link: looking never acts, pressing does, once."""

from dataclasses import replace

import pytest

from bot.ports import Medium, Message
from bot.usecases import erasing
from tests.web.outside import FORM, JO, PARTNER, Outside

MULTIPART = (
    "--x\r\nContent-Disposition: form-data; name=List-Unsubscribe\r\n\r\n"
    "One-Click\r\n--x--\r\n"
)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_following_the_link_changes_nothing(outside: Outside, method: str) -> None:
    """Mail scanners follow every link in a letter; nobody is unsubscribed by that."""
    for _ in range(3):
        told = outside.ask(outside.unsubscribing(), method=method)
        assert told.status == 200
    assert not outside.held()
    if method == "GET":
        assert "Stop the monthly update?" in told.said
        assert 'method="post"' in told.said


def test_pressing_the_button_leaves_and_undo_comes_back(outside: Outside) -> None:
    """Each may be pressed again, and changes nothing the second time."""
    link = outside.unsubscribing()
    for _ in range(2):
        assert "No more updates" in outside.presses(link, "leave").said
        assert outside.held()
    assert "Undo" in outside.ask(link).said  # the page says how it stands
    for _ in range(2):
        assert "You will get the update again" in outside.presses(link, "rejoin").said
        assert not outside.held()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("List-Unsubscribe=One-Click", FORM),
        ("List-Unsubscribe=One-Click", ""),
        ("list-unsubscribe=one-click", "text/plain"),
        (MULTIPART, "multipart/form-data; boundary=x"),
    ],
    ids=["form", "no type", "plain", "multipart"],
)
def test_a_mail_programs_own_button_leaves_at_once(
    outside: Outside, body: str, kind: str
) -> None:
    """RFC 8058: one POST, no cookie, no redirect, no page; in either form of body."""
    headers = {"Content_Type": kind} if kind else {}
    told = outside.ask(outside.unsubscribing(), body, **headers)
    assert told.status == 200
    assert told.headers["Set-Cookie"] is None
    assert told.headers["Location"] is None
    assert outside.held()
    with outside.ctx.begin.read() as tx:
        assert not tx.suppressions.holds(PARTNER)


def test_it_is_for_the_address_and_for_the_one_they_have_now(outside: Outside) -> None:
    """Whoever changed their address since is not written to at the new one."""
    now = "jo@new.example.org"
    with outside.ctx.begin() as tx:
        member = tx.members.by_email(JO)
        assert member
        tx.members.keep(replace(member, email=now))
    outside.presses(outside.unsubscribing(), "leave")
    assert outside.held(JO)
    assert outside.held(now)


def test_a_letter_that_waits_is_taken_back(outside: Outside) -> None:
    """Nobody gets one more update after they were told that none will come."""
    letter = Message(
        key="edition:1:1",
        medium=Medium.MAIL,
        to=JO,
        body={"subject": "s", "text": "t", "html": "h"},
    )
    with outside.ctx.begin() as tx:
        tx.outbox.owe(letter, due_at=outside.ctx.now())
    outside.presses(outside.unsubscribing(), "leave")
    with outside.ctx.begin.read() as tx:
        assert tx.backlog.messages(parked=False, limit=9)[0].key != letter.key


def test_a_partner_leaves_by_their_own_link(outside: Outside) -> None:
    """A link is for one recipient: nobody leaves by another's."""
    outside.presses(outside.unsubscribing(2), "leave")
    assert outside.held(PARTNER)
    assert not outside.held(JO)


def test_somebody_who_is_not_kept_any_more_is_told_so(outside: Outside) -> None:
    """Erased people's links lead to a kind page, and keep nothing of them again."""
    erasing.erase(outside.ctx, who=JO, actor="operator")
    for number in (1, 99):  # erased, and never there
        link = outside.unsubscribing(number)
        for told in (outside.ask(link), outside.presses(link, "leave")):
            assert told.status == 200
            assert "Nothing is kept of this any more" in told.said
        assert outside.ask(link, "List-Unsubscribe=One-Click").status == 200
    assert not outside.held(JO)


def test_no_page_shows_an_address_in_full(outside: Outside) -> None:
    """A letter that was passed on does not give its reader away."""
    link = outside.unsubscribing()
    for act in (None, "leave", "rejoin"):
        told = outside.presses(link, act) if act else outside.ask(link)
        assert JO not in told.said
        assert "jo.reed" not in told.said
        assert "j…@example.org" in told.said
