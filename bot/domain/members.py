"""Members: who they are, what they know, and how they wish to be reached."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from bot.domain.community import Role
from bot.domain.errors import CommunityError
from bot.domain.times import Almanac, GoodTimes

MemberId = NewType("MemberId", str)  #: ours, opaque; not Slack's


class Reach(StrEnum):
    """Where a member wishes to be reached."""

    SLACK = "slack"
    EMAIL = "email"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of the community. A member without Slack is a full member."""

    id: MemberId
    name: str
    slack: str | None = None  #: Slack user id
    email: str | None = None  #: lower case
    region: str | None = None
    role: Role = Role.MEMBER
    interests: frozenset[str] = frozenset()  #: topic ids
    good_times: GoodTimes | None = None  #: None: the community's
    reach: Reach = Reach.SLACK
    away_until: datetime | None = None  #: aware, UTC
    paused_at: datetime | None = None  #: asks are paused since
    resumed_at: datetime | None = None  #: asked again since
    joined_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def by_letter_only(self) -> bool:
        """Whether a letter is the only way to reach them.

        Somebody in Slack who chose e-mail and has no address is reached in Slack.
        """
        return self.slack is None or (self.reach is Reach.EMAIL and bool(self.email))

    @property
    def gets_letters(self) -> bool:
        """Whether letters are a way in which they wish to be reached, or the only."""
        if not self.email:
            return False
        return self.slack is None or self.reach is not Reach.SLACK

    @property
    def coordinates(self) -> bool:
        """Whether they see *Needs you* and may approve."""
        return self.role.coordinates

    def away(self, now: datetime) -> bool:
        """Whether they are away at *now*."""
        return self.away_until is not None and now < self.away_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One valid line of a members file."""

    line: int
    name: str
    email: str
    region: str | None
    role: Role | None  #: None: the file does not say
    interests: frozenset[str]


def back_on(day: str, *, now: datetime, almanac: Almanac) -> datetime | None:
    """The start of the *day* (YYYY-MM-DD) somebody is back; None for no day at all.

    Raises:
        CommunityError: the day is not to come; it names the field ``away_until``.
    """
    if not day:
        return None
    try:
        back = date.fromisoformat(day)
    except ValueError:
        raise CommunityError(
            "Please give the day as in 2026-06-09.", field="away_until"
        ) from None
    if back <= almanac.local(now).date():
        raise CommunityError(
            "Please choose a day that is still to come.", field="away_until"
        )
    return almanac.at_local(back, time(0))
