"""``convenor calls``: dates planned, calls listed, calendars' replies taken in."""

from datetime import timedelta

import vobject

from bot.domain.calls import Call, CallId
from tests.gateways.test_calendar_reply import ICS


def call(ctx, **changes):
    """A confirmed call, as if a coordinator had confirmed it."""
    starts = ctx.now() + timedelta(days=20)
    with ctx.begin() as tx:
        kept = tx.calls.propose(
            Call(
                id=CallId(0),
                quarter="2026-Q2",
                uid="one@convenor",
                title="Quarterly call",
                starts_at=starts,
                minutes=60,
                organiser="robin@example.org",
                proposed_at=ctx.now(),
            )
        )
        changed = tx.calls.change(kept, confirmed_at=ctx.now(), **changes)
        tx.calls.freeze(changed, at=ctx.now())
    return kept


def test_the_plan_shows_dates_and_what_was_avoided(desk):
    """Two years of calls by the rule, each with its wall time and offset."""
    file = desk.folder / "community.toml"
    rule = '\n[cadence]\ncall_week = 4\ncall_days = "Mon-Tue"\n'
    file.write_text(file.read_text() + rule)

    told = desk.type("calls", "--plan", "10y")

    assert told.status == 0
    assert "calls, 60 minutes each, by the clock of Europe/London" in told.said
    assert "12:30" in told.said
    assert "+01:00" in told.said
    assert "Christmas Day" in told.said


def test_a_plan_for_no_span_of_time_says_what_it_takes(desk):
    """A slip is told in a sentence, with an example."""
    told = desk.type("calls", "--plan", "soon")

    assert told.status == 1
    assert '"2y" for two years' in told.said


def test_calls_are_listed_and_exported(desk, ctx):
    """When, how it stands, how many come; and as a file for any calendar."""
    assert "No call has been proposed yet" in desk.type("calls").said
    call(ctx)

    assert "confirmed" in desk.type("calls").said
    assert "0 coming" in desk.type("calls").said
    assert desk.type("calls", "--ics", "calls.ics").status == 0
    written = (desk.folder / "calls.ics").read_text()
    assert vobject.readOne(written).vevent.uid.value == "one@convenor"


def test_a_calendars_reply_is_handed_in(desk, ctx):
    """Ben accepted in Outlook: his address says who he is."""
    desk.write("members.csv", "name,e-mail\nBen Carter,ben@example.org\n")
    desk.type("members", "import", "members.csv")
    desk.write("reply.ics", ICS)
    assert "about no call that I know" in desk.type(*REPLY).said
    call(ctx)

    told = desk.type(*REPLY)

    assert (told.status, told.out.strip()) == (0, "Noted: Ben Carter, coming.")
    assert "1 coming" in desk.type("calls").said


def test_a_reply_from_nobody_or_to_an_earlier_date_is_refused(desk, ctx):
    """What would count for the wrong person or the wrong day does not count."""
    kept = call(ctx)
    desk.write("reply.ics", ICS)
    assert "belongs to no member" in desk.type(*REPLY).said

    desk.write("members.csv", "name,e-mail\nBen Carter,ben@example.org\n")
    desk.type("members", "import", "members.csv")
    with ctx.begin() as tx:
        moved = tx.calls.get(kept).starts_at + timedelta(days=1)
        tx.calls.freeze(tx.calls.change(kept, sequence=1), at=ctx.now())
        tx.calls.change(kept, sequence=2, starts_at=moved)
    assert "an earlier date" in desk.type(*REPLY).said


def test_the_wrong_file_is_told_from_a_reply(desk):
    """It says which e-mail to save."""
    desk.write("reply.ics", "Dear Carys")
    told = desk.type(*REPLY)
    assert told.status == 1
    assert "who accepted or declined" in told.said


REPLY = ("calls", "rsvp", "--file", "reply.ics")
