"""A call by its links: each member says, and subscribes, for themselves alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.domain.calls import Answer, Call, CallId
from bot.domain.community import Role
from bot.domain.members import MemberId
from bot.usecases.context import Context
from bot.views.links import Purpose
from tests.web.outside import FORM, JO, Outside, Told, opened

STARTS = datetime(2026, 6, 10, 11, 30, tzinfo=UTC)  # 12:30 in London
TITLE = "<b>Keeping</b> in touch & more"


@pytest.fixture
def call(ctx: Context) -> CallId:
    """A confirmed call, of which calendars were told once."""
    now = ctx.now()
    proposed = Call(
        id=CallId(0),
        quarter="2026-Q2",
        uid="one@example.org",
        title=TITLE,
        starts_at=STARTS,
        minutes=60,
        dial_in="0800 000 000",
        proposed_at=now,
    )
    with ctx.begin() as tx:
        made = tx.calls.propose(proposed)
        assert made
        confirmed = tx.calls.change(made, confirmed_at=now, organiser=JO)
        tx.calls.freeze(confirmed, at=now)
    return made


@pytest.fixture
def jo(ctx: Context) -> MemberId:
    """The member whose links they are."""
    with ctx.begin.read() as tx:
        member = tx.members.by_email(JO)
    assert member
    return member.id


@pytest.fixture
def outside(ctx: Context, call: CallId) -> Iterator[Outside]:
    """The door, open; there is a call."""
    assert call
    with opened(ctx) as one:
        yield one


def said(outside: Outside, call: CallId, member: MemberId) -> Answer | None:
    """What a member said about coming."""
    with outside.ctx.begin.read() as tx:
        found = tx.calls.answer_of(call, member)
    return found.answer if found else None


def says(
    outside: Outside, link: str, answer: str, when: str = "Wed 10 Jun, 12:30–13:30"
) -> Told:
    """Press a button of the page, as it was shown for *when*."""
    body = f"answer={answer}|{when}".encode()
    return outside.ask(link, body, Content_Type=FORM)


def test_the_page_shows_the_call_and_acts_only_when_pressed(
    outside: Outside, call: CallId, jo: MemberId
) -> None:
    """Date, how to join, and three answers; following the link is none of them."""
    link = outside.links.to(Purpose.CALL, f"1:{jo}")
    told = outside.ask(link)
    assert told.status == 200
    for words in ("The June call", "Wed 10 Jun, 12:30–13:30", "0800 000 000"):
        assert words in told.said
    assert "&lt;b&gt;Keeping&lt;/b&gt; in touch &amp; more" in told.said
    assert said(outside, call, jo) is None

    assert "You have said that you are coming." in says(outside, link, "coming").said
    assert said(outside, call, jo) is Answer.COMING
    again = says(outside, link, "not")
    assert 'aria-pressed="true">Can’t come' in again.said
    assert said(outside, call, jo) is Answer.NOT


def test_an_answer_is_to_the_time_that_was_shown(
    outside: Outside, call: CallId, jo: MemberId
) -> None:
    """Nobody says yes to a time that they have not seen."""
    link = outside.links.to(Purpose.CALL, f"1:{jo}")
    with outside.ctx.begin() as tx:
        tx.calls.change(call, starts_at=STARTS + timedelta(days=1))
    told = says(outside, link, "coming")
    assert "say again" in told.said
    assert "Thu 11 Jun, 12:30–13:30" in told.said
    assert said(outside, call, jo) is None
    says(outside, link, "coming", "Thu 11 Jun, 12:30–13:30")
    assert said(outside, call, jo) is Answer.COMING


def test_a_link_says_for_one_member_and_one_call_alone(
    outside: Outside, call: CallId, jo: MemberId
) -> None:
    """Another's name in it is a forgery; so are numbers made up."""
    with outside.ctx.begin() as tx:
        ben = tx.members.add(name="Ben", role=Role.MEMBER, at=outside.ctx.now())
    token = outside.links.to(Purpose.CALL, f"1:{jo}").rpartition("/")[2]
    other = outside.links.to(Purpose.CALL, f"1:{ben}").rpartition("/")[2]
    mixed = other.partition(".")[0] + "." + token.partition(".")[2]
    assert says(outside, f"/call/{mixed}", "coming").status == 404
    assert says(outside, outside.links.to(Purpose.CALL, f"9:{jo}"), "not").status == 404
    for member in (jo, ben):
        assert said(outside, call, member) is None


@pytest.mark.parametrize("answer", ["", "perhaps", "asked", "%00"])
def test_what_is_no_answer_is_declined_kindly(
    outside: Outside, call: CallId, jo: MemberId, answer: str
) -> None:
    """It says what can be answered, and keeps nothing."""
    told = says(outside, outside.links.to(Purpose.CALL, f"1:{jo}"), answer)
    assert told.status == 409
    assert "Please say Coming" in told.said
    assert said(outside, call, jo) is None


def test_a_cancelled_call_asks_nothing(
    outside: Outside, call: CallId, jo: MemberId
) -> None:
    """Nor does it take an answer that was on its way."""
    link = outside.links.to(Purpose.CALL, f"1:{jo}")
    with outside.ctx.begin() as tx:
        tx.calls.change(call, cancelled_at=outside.ctx.now())
    told = outside.ask(link)
    assert "is cancelled" in told.said
    assert "<button" not in told.said
    assert says(outside, link, "coming").status == 409
    assert said(outside, call, jo) is None


def test_a_calendar_is_read_by_its_members_own_link(
    outside: Outside, jo: MemberId
) -> None:
    """It holds the call; it ends when its member has left."""
    link = outside.links.to(Purpose.CALENDAR, jo) + ".ics"
    told = outside.ask(link)
    assert told.headers["Content-Type"].startswith("text/calendar")
    [event] = Calendar.from_ical(told.said).walk("VEVENT")
    assert event["UID"] == "one@example.org"
    assert event["DTSTART"].dt == STARTS
    assert JO not in told.said.replace(f"mailto:{JO}", "")

    with outside.ctx.begin() as tx:
        member = tx.members.get(jo)
        assert member
        tx.members.keep(replace(member, left_at=outside.ctx.now()))
    assert outside.ask(link).status == 404
    other = outside.links.to(Purpose.CALL, jo).rpartition("/")[2]
    assert outside.ask(f"/calendar/{other}.ics").status == 404


def test_an_edition_is_read_by_a_link_for_its_audience(outside: Outside) -> None:
    """Its styles are its own; it can run, send and fetch nothing."""
    for audience, status in (("members", 200), ("others", 200), ("everyone", 404)):
        told = outside.ask(outside.links.to(Purpose.EDITION, f"1:{audience}"))
        assert told.status == status
    told = outside.ask(outside.links.to(Purpose.EDITION, "1:members"))
    policy = told.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "form-action 'none'", "sandbox"):
        assert part in policy
    assert "script-src" not in policy
    assert outside.ask(outside.links.to(Purpose.EDITION, "7:members")).status == 404
    assert outside.ask(outside.links.to(Purpose.CALL, "1:members")).status == 404
