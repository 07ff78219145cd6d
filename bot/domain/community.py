"""The community as its coordinators have described it: words, places and rules.

Nothing about any particular community is written in code; these values are read from
``community.toml``.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from bot.domain.contacts import ContactRules
from bot.domain.deadlines import Deadlines
from bot.domain.retention import Retention
from bot.domain.times import Almanac, GoodTimes
from bot.domain.topics import Topic


class Role(StrEnum):
    """What a member does for the community."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    LEAD = "lead"

    @property
    def coordinates(self) -> bool:
        """Whether this role sees *Needs you* and may approve."""
        return self in {Role.COORDINATOR, Role.DEPUTY}

    @property
    def is_asked(self) -> bool:
        """Whether questions are routed to this role."""
        return self in {Role.MEMBER, Role.LEAD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Where the community meets: names without "#", or ids."""

    questions: str
    digests: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """How many peers are asked."""

    first: int = 4
    second: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """What comes round: the monthly update and the quarterly call."""

    update_day: int = 1  #: of the month; on a day off, the next working day
    call_month: int = 3  #: of each quarter
    call_week: int = 2  #: which of that weekday's days in the month: 1 to 4
    call_days: str = "Mon-Fri"  #: the weekdays that take turns, quarter by quarter
    call_starts: time = time(12, 30)  #: by the community's wall clock
    call_lasts: timedelta = timedelta(hours=1)
    agenda_days: int = 7  #: from the reminder, with the agenda, to the call
    dial_in: str = ""  #: how to join; a coordinator may change it for one call


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """One community of practice."""

    name: str
    about: str  #: a few words on what it is, for welcomes
    channels: Channels
    topics: tuple[Topic, ...]
    regions: tuple[str, ...]
    roles: dict[str, Role]  #: first roles: e-mail address (lower case) or user id
    deadlines: Deadlines
    good_times: GoodTimes = GoodTimes.DEFAULT
    waves: Waves = field(default_factory=Waves)
    contacts: ContactRules = field(default_factory=ContactRules)
    cadence: Cadence = field(default_factory=Cadence)
    partners: tuple[str, ...] = ()  #: addresses that get the update, without names
    retention: Retention = field(default_factory=Retention)
    small_region: int = 3  #: members below which a region is not named
    alive: timedelta = timedelta(days=14)  #: threads re-read whole at catch-up

    @property
    def almanac(self) -> Almanac:
        """The community's zone and its days off."""
        return self.deadlines.almanac

    def topic_name(self, topic: str) -> str:
        """The words people use for the topic with that id."""
        return next((known.name for known in self.topics if known.id == topic), topic)
