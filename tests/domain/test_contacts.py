"""Nobody is worn out: how often, and when, a member may be contacted."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.contacts import WEEK, ContactRules, may_be_asked, next_contact
from bot.domain.times import GoodTimes
from tests.domain.weeks import ENGLAND, good_times, london, moments

RULES = ContactRules()
GAPS = st.lists(st.integers(0, 60 * 72), min_size=20, max_size=20)


def contact(
    now: datetime,
    recent: list[datetime],
    *,
    times: GoodTimes = GoodTimes.DEFAULT,
    away_until: datetime | None = None,
    rules: ContactRules = RULES,
) -> datetime:
    """The next contact of a member in England."""
    return next_contact(
        now=now,
        good_times=times,
        almanac=ENGLAND,
        away_until=away_until,
        recent=recent,
        rules=rules,
    )


def most_in_a_week(sent: list[datetime]) -> int:
    """The most contacts in any 7 days, counted from each contact on."""
    return max(sum(first <= other < first + WEEK for other in sent) for first in sent)


@settings(max_examples=40, deadline=None)
@given(times=good_times(), start=moments(), gaps=GAPS)
def test_no_year_has_a_week_with_a_fourth_contact(
    times: GoodTimes, start: datetime, gaps: list[int]
) -> None:
    """However much is owed to a member, a year has no 7 days with more than three."""
    sent: list[datetime] = []
    now, end, turn = start, start + timedelta(days=365), 0
    while now < end:
        now = contact(now, sent[-3:], times=times)
        sent.append(now)
        now += timedelta(minutes=gaps[turn % len(gaps)])
        turn += 1
    assert most_in_a_week(sent) <= 3
    assert all(times.contains(moment, ENGLAND) for moment in sent)


@settings(max_examples=60, deadline=None)
@given(
    times=good_times(),
    now=moments(),
    hours=st.lists(st.integers(-400, 400), max_size=9),
    a_week=st.integers(1, 4),
)
def test_contacts_promised_for_later_are_counted_too(
    times: GoodTimes, now: datetime, hours: list[int], a_week: int
) -> None:
    """A contact does not squeeze in before ones already promised, in any order."""
    recent = [now + timedelta(hours=offset) for offset in hours]
    moment = contact(now, recent, times=times, rules=ContactRules(a_week=a_week))
    weeks = [[o for o in recent if s <= o < s + WEEK] for s in (*recent, moment)]
    starts = (*recent, moment)
    around = [
        week
        for week, start in zip(weeks, starts, strict=True)
        if start <= moment < start + WEEK
    ]
    assert all(len(week) < a_week for week in around)
    assert moment >= now
    assert times.contains(moment, ENGLAND)


def test_with_nothing_recent_the_next_good_time_will_do() -> None:
    """A member who has been left alone is reached at their next lunch hour."""
    assert contact(london(2026, 6, 9, 9), []) == london(2026, 6, 9, 12, 30)


def test_a_fourth_contact_waits_until_the_first_is_a_week_old() -> None:
    """After Monday, Tuesday and Wednesday the next is the following Monday."""
    sent = [london(2026, 6, day, 13) for day in (8, 9, 10)]
    assert contact(london(2026, 6, 11, 9), sent[:2]) == london(2026, 6, 11, 12, 30)
    assert contact(london(2026, 6, 11, 9), sent) == london(2026, 6, 15, 13)
    assert contact(london(2026, 6, 11, 9), sent[::-1]) == london(2026, 6, 15, 13)


def test_a_contact_may_stand_between_two_that_are_a_week_apart() -> None:
    """Seven full days apart are two weeks' contacts, with one more in between."""
    around = [london(2026, 6, 8, 13), london(2026, 6, 15, 13)]
    moment = contact(london(2026, 6, 10, 13), around, rules=ContactRules(a_week=2))
    assert moment == london(2026, 6, 10, 13)


def test_the_end_of_the_wait_is_put_off_to_a_good_time() -> None:
    """If the week is over at 15:00, the contact waits for the next lunch hour."""
    sent = [london(2026, 6, 8, 15)] * 3
    assert contact(london(2026, 6, 9), sent) == london(2026, 6, 16, 12, 30)


def test_a_member_who_is_away_is_left_alone_until_they_are_back() -> None:
    """Away comes before everything; the bank holiday on the way back counts too."""
    back = london(2026, 8, 29)
    moment = contact(london(2026, 8, 10), [], away_until=back)
    assert moment == london(2026, 9, 1, 12, 30)


def test_a_community_may_allow_fewer() -> None:
    """One contact a week means a week between contacts."""
    sent = [london(2026, 6, 9, 12, 45)]
    moment = contact(london(2026, 6, 9, 13), sent, rules=ContactRules(a_week=1))
    assert moment == london(2026, 6, 16, 12, 45)


@pytest.mark.parametrize("name", ["a_week", "open_asks", "asks_a_month"])
def test_rules_under_which_nobody_could_be_reached_are_refused(name: str) -> None:
    """A figure of nought would make every message wait for ever, silently."""
    with pytest.raises(ValueError, match="at least one"):
        ContactRules(**{name: 0})


def test_an_open_ask_keeps_another_away() -> None:
    """At most one open ask a member."""
    now = london(2026, 6, 9)
    assert may_be_asked(now=now, open_asks=0, recent_asks=[], rules=RULES)
    assert not may_be_asked(now=now, open_asks=1, recent_asks=[], rules=RULES)


def test_a_fifth_ask_waits_until_the_first_is_thirty_days_old() -> None:
    """At most four asks in any 30 days, however quickly they were answered."""
    first = london(2026, 6, 1)
    asks = [first + timedelta(days=days) for days in (0, 5, 10, 15)]
    for days, allowed in ((16, False), (29, False), (30, True)):
        now = first + timedelta(days=days)
        may = may_be_asked(now=now, open_asks=0, recent_asks=asks, rules=RULES)
        assert may is allowed
