"""Promises about what calendars are told of a call."""

from datetime import UTC, date, datetime

from tests.demo.breaking import doctored
from tests.demo.kept import MOVED_TO
from tests.demo.known import ADDRESSES, BEN, RUTH, STRANGER
from tests.demo.mailbag import LONDON, ZONE_BY_DATES, entry, plain

THIRTEEN = datetime(2026, 6, 18, 13, 30, tzinfo=LONDON)
BY_WINTERS_CLOCK = datetime(2026, 6, 18, 12, 30, tzinfo=UTC)
AGAIN = plain("The summer call is near.")


def moved(diary, **otherwise):
    """Ruth is told of the move, but otherwise than she should be."""
    told = {"sequence": 1, "starts": MOVED_TO} | otherwise
    diary.moves[RUTH].ics = entry(told.pop("attendee", RUTH), **told)


@doctored("invitations")
def calendars_are_not_asked(diary):
    moved(diary, method="PUBLISH")


@doctored("invitations")
def somebody_else_is_invited(diary):
    moved(diary, attendee=STRANGER)


@doctored("invitations")
def answers_go_nowhere(diary):
    moved(diary, organiser=STRANGER)


@doctored("invitations")
def an_hour_late(diary):
    moved(diary, starts=THIRTEEN)


@doctored("invitations")
def by_winters_clock_in_summer(diary):
    moved(diary, starts=BY_WINTERS_CLOCK)


@doctored("invitations")
def no_hour_at_all(diary):
    moved(diary, starts=date(2026, 6, 18))


@doctored("invitations")
def a_zone_told_by_dates(diary):
    moved(diary, zone=ZONE_BY_DATES)


@doctored("invitations")
def a_zone_that_nobody_tells(diary):
    moved(diary, zone="")


@doctored("invitations")
def two_things_at_once(diary):
    moved(diary, events=2)


@doctored("invitations")
def nothing_at_all(diary):
    moved(diary, events=0)


@doctored("invitations")
def no_calendar_can_read_it(diary):
    diary.moves[RUTH].ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n"


@doctored("invitations")
def an_entry_without_its_time_and_name(diary):
    left = [
        line
        for line in diary.moves[RUTH].ics.splitlines()
        if not line.startswith(("DTSTART;", "UID", "SEQUENCE"))
    ]
    diary.moves[RUTH].ics = "\r\n".join([*left, ""])


@doctored("invitations")
def a_change_that_is_older_than_what_it_changes(diary):
    diary.mails("2026-06-10 12:40", RUTH, AGAIN, ics=entry(RUTH))


@doctored("invitations")
def a_change_of_the_same_number(diary):
    again = entry(RUTH, sequence=1, starts=MOVED_TO)
    diary.mails("2026-06-10 12:40", RUTH, AGAIN, ics=again)


@doctored("invitations")
def a_second_entry_for_the_same_call(diary):
    moved(diary, uid="call-2@example.org")


@doctored("invitations")
def somebody_was_never_invited(diary):
    to = ADDRESSES[BEN]
    diary.loses(diary.invitations[to])
    diary.loses(diary.moves[to])


@doctored("invitations")
def somebody_does_not_hear_of_the_move(diary):
    diary.loses(diary.moves[RUTH])
