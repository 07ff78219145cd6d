"""Members: who they are, what they know, and how they wish to be reached."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.community import Role
from bot.domain.times import GoodTimes

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
    joined_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def by_letter_only(self) -> bool:
        """Whether a letter is the only way to reach them."""
        return self.slack is None or self.reach is Reach.EMAIL

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
    role: Role
    interests: frozenset[str]
