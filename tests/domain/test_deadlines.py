"""Everything in a question's life falls due when the defaults say."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings

from bot.domain.deadlines import Deadlines
from tests.domain.weeks import ENGLAND, LONDON, london, moments

DUE = Deadlines(almanac=ENGLAND)
ASKED = london(2026, 6, 9, 10, 15)  # a Tuesday
NEEDED = london(2026, 6, 18, 10, 15)


def test_an_answer_is_needed_seven_working_days_after_asking() -> None:
    """Tuesday to the Thursday of the week after, at the same time of day."""
    assert DUE.needed_by(ASKED) == NEEDED
    assert DUE.needed_by(london(2026, 12, 23, 15)) == london(2027, 1, 6, 15)


def test_a_question_asked_on_a_day_off_counts_from_the_next_morning() -> None:
    """Nobody reads "needed by Wed 24 Jun, 00:00"."""
    assert DUE.needed_by(london(2026, 6, 13, 22)) == london(2026, 6, 24, 7, 30)


def test_a_day_given_by_a_person_lasts_until_its_end() -> None:
    """Needed by Friday means all of Friday; but at least one working day is left."""
    assert DUE.needed_by(ASKED, date(2026, 6, 12)) == london(2026, 6, 12, 17)
    assert DUE.needed_by(ASKED, date(2026, 6, 10)) == london(2026, 6, 10, 17)
    assert DUE.needed_by(ASKED, date(2026, 6, 9)) == london(2026, 6, 10, 10, 15)
    assert DUE.needed_by(ASKED, date(2026, 6, 1)) == london(2026, 6, 10, 10, 15)


def test_the_second_wave_comes_at_the_earlier_of_half_time_and_two_days() -> None:
    """A week's question waits two working days, a two-day one waits one."""
    assert DUE.second_wave_at(ASKED, NEEDED) == london(2026, 6, 11, 10, 15)
    in_two = london(2026, 6, 11, 10, 15)
    assert DUE.second_wave_at(ASKED, in_two) == london(2026, 6, 10, 10, 15)
    tomorrow = london(2026, 6, 10, 10, 15)
    assert DUE.second_wave_at(ASKED, tomorrow) == london(2026, 6, 9, 22, 15)


def test_one_reminder_unless_the_closing_notice_does() -> None:
    """A reminder comes two working days on, and never with or after the notice."""
    invited = london(2026, 6, 9, 12, 30)
    assert DUE.reminder_at(invited, NEEDED) == london(2026, 6, 11, 12, 30)
    assert DUE.reminder_at(invited, london(2026, 6, 12, 12, 30)) is None
    soon = DUE.reminder_at(invited, london(2026, 6, 12, 12, 31))
    assert soon == london(2026, 6, 11, 12, 30)


def test_the_closing_notice_is_a_working_day_before() -> None:
    """What closes on Monday is said on Friday, not on Sunday."""
    assert DUE.closing_notice_at(NEEDED) == london(2026, 6, 17, 10, 15)
    assert DUE.closing_notice_at(london(2026, 6, 15, 17)) == london(2026, 6, 12, 17)


def test_an_unanswered_ask_frees_its_member_after_three_working_days() -> None:
    """Sixteen peers are not all kept busy by two questions."""
    assert DUE.frees_at(london(2026, 6, 11, 12, 30)) == london(2026, 6, 16, 12, 30)


@pytest.mark.parametrize("replies", [0, 1, 2])
def test_a_digest_of_few_replies_is_offered_at_needed_by(replies: int) -> None:
    """One reply, or none, is for the coordinator to decide on, at the end."""
    last = london(2026, 6, 10) if replies else None
    assert DUE.digest_offer_at(last, replies, NEEDED) == NEEDED


def test_a_digest_is_offered_when_three_have_replied_and_it_is_quiet() -> None:
    """Two quiet working days after the third reply, and at needed-by at the latest."""
    last = london(2026, 6, 12, 13)
    assert DUE.digest_offer_at(last, 3, NEEDED) == london(2026, 6, 16, 13)
    assert DUE.digest_offer_at(london(2026, 6, 17, 13), 5, NEEDED) == NEEDED


def test_checks_queues_and_holds() -> None:
    """Two working days to look; two to act; ten minutes to take a post back."""
    friday = london(2026, 6, 12, 16)
    assert DUE.check_ends(friday) == london(2026, 6, 16, 16)
    assert DUE.hand_over_at(friday) == london(2026, 6, 16, 16)
    assert DUE.publish_at(friday) == friday + timedelta(minutes=10)


def test_a_mailing_leaves_on_the_next_working_day_at_half_past_seven() -> None:
    """Approved before breakfast, it still waits for tomorrow: time to take it back."""
    assert DUE.mailing_leaves_at(london(2026, 6, 9, 6)) == london(2026, 6, 10, 7, 30)
    assert DUE.mailing_leaves_at(london(2026, 6, 12, 16)) == london(2026, 6, 15, 7, 30)
    assert DUE.mailing_leaves_at(london(2026, 6, 13, 9)) == london(2026, 6, 15, 7, 30)


def test_a_community_may_change_every_figure() -> None:
    """The defaults are settings: a hurried community may halve them."""
    hurried = Deadlines(
        almanac=ENGLAND, needed_by_days=3.5, free_days=1, hold=timedelta(hours=1)
    )
    assert hurried.needed_by(ASKED) == london(2026, 6, 12, 22, 15)
    assert hurried.frees_at(ASKED) == london(2026, 6, 10, 10, 15)
    assert hurried.publish_at(ASKED) - ASKED == timedelta(hours=1)


@settings(max_examples=100, deadline=None)
@given(asked=moments())
def test_what_falls_due_falls_due_in_order(asked: datetime) -> None:
    """Asked, second wave, reminder, closing notice, needed-by: always in this order."""
    needed = DUE.needed_by(asked)
    reminder = DUE.reminder_at(asked, needed)
    assert reminder is not None
    second, closing = DUE.second_wave_at(asked, needed), DUE.closing_notice_at(needed)
    assert asked < second <= reminder < closing < needed
    assert ENGLAND.is_working_day(needed.astimezone(LONDON).date())
