"""Contacts: how often, and when, a member may be disturbed. Nobody is worn out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.times import Almanac, GoodTimes

WEEK = timedelta(days=7)
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRules:
    """What one member can bear; the considered values, which a community may change.

    Raises:
        ValueError: a figure under one, under which nobody could ever be reached.
    """

    a_week: int = 3  #: unsolicited contacts in any 7 days, whatever they are about
    open_asks: int = 1  #: invitations waiting for the member at one time
    asks_a_month: int = 4  #: invitations in any 30 days

    def __post_init__(self) -> None:
        if min(self.a_week, self.open_asks, self.asks_a_month) < 1:
            raise ValueError("Contact rules must each allow at least one.")


def next_contact(
    *,
    now: datetime,
    good_times: GoodTimes,
    almanac: Almanac,
    away_until: datetime | None,
    recent: Sequence[datetime],
    rules: ContactRules,
) -> datetime:
    """Return when the member may next be contacted unasked.

    ``recent`` are the moments of unsolicited contacts, in any order: those of the
    last 7 days at least, and any already promised to come. The answer is not before
    ``now``, is a good time, and leaves no 7 days with more than ``rules.a_week``
    contacts; a contact just 7 days old no longer counts. All moments are aware, UTC.
    """
    moment = good_times.next_moment(now, almanac, away_until=away_until)
    while crowding := _crowding(moment, recent, rules.a_week):
        eased = min(earlier + WEEK for earlier in crowding)
        moment = good_times.next_moment(eased, almanac, away_until=away_until)
    return moment


def may_be_asked(
    *,
    now: datetime,
    open_asks: int,
    recent_asks: Sequence[datetime],
    rules: ContactRules,
) -> bool:
    """Whether one more question may be put to the member, as far as caps go.

    ``open_asks`` counts the invitations that still wait for the member;
    ``recent_asks`` are when invitations were sent, those of the last 30 days at least.
    """
    this_month = sum(now - asked < MONTH for asked in recent_asks)
    return open_asks < rules.open_asks and this_month < rules.asks_a_month


def _crowding(
    moment: datetime, recent: Sequence[datetime], a_week: int
) -> list[datetime]:
    """Return the contacts near the moment, if with it some 7 days had too many."""
    near = [other for other in recent if abs(other - moment) < WEEK]
    days = sorted([*near, moment])
    full = any(
        last - first < WEEK for first, last in zip(days, days[a_week:], strict=False)
    )
    return near if full else []
