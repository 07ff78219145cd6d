"""Editions: one monthly update each, from its draft to the last letter."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType, Self

from bot.domain.days import MONTHS
from bot.domain.errors import CommunityError
from bot.domain.lifecycle import Machine, state_from
from bot.domain.members import MemberId
from bot.domain.times import MORNING, Almanac, GoodTimes, Window

EditionId = NewType("EditionId", int)
RecipientId = NewType("RecipientId", int)

DRAFTED = time(9)  #: wall time at which an edition is drafted on its day
EVENING = time(20)  #: wall time from which no more letters of an update leave
_WRITTEN = re.compile(r"(\d{4})-(\d{2})")
_MONTHS_A_YEAR = 12
_FIRST_YEAR, _LAST_YEAR = 2000, 2099  #: those whose days off are known


class Audience(StrEnum):
    """For whom a version of an edition is written."""

    MEMBERS = "members"
    OTHERS = "others"  #: anyone beyond the members: without names


class EditionState(StrEnum):
    """Where an edition is in its life."""

    DRAFT = "draft"
    HELD = "held"  #: approved; can still be taken back
    SENDING = "sending"  #: its words are frozen, and letters leave
    SENT = "sent"  #: every recipient was owed theirs
    DROPPED = "dropped"  #: not this month


class EditionAct(StrEnum):
    """What can happen to an edition."""

    CHANGE = "change"  #: an item left out or put back, the note
    APPROVE = "approve"
    TAKE_BACK = "take back"  #: within the hold
    DROP = "drop"  #: *Not this month*
    RESUME = "resume"  #: after all
    BEGIN = "begin"  #: the hold is over
    FINISH = "finish"


_E = EditionState

EDITION: Machine[EditionState, EditionAct] = Machine(
    start=_E.DRAFT,
    moves={
        EditionAct.CHANGE: {_E.DRAFT: _E.DRAFT},
        EditionAct.APPROVE: {_E.DRAFT: _E.HELD},
        EditionAct.TAKE_BACK: {_E.HELD: _E.DRAFT},
        EditionAct.DROP: {_E.DRAFT: _E.DROPPED, _E.HELD: _E.DROPPED},
        EditionAct.RESUME: {_E.DROPPED: _E.DRAFT},
        EditionAct.BEGIN: {_E.HELD: _E.SENDING},
        EditionAct.FINISH: {_E.SENDING: _E.SENT},
    },
    advice={
        _E.DRAFT: "This update is a draft. Read it, change what you wish, and approve "
        "it.",
        _E.HELD: "This update has been approved and leaves soon. "
        "Take it back first if you want to change it.",
        _E.SENDING: "This update is on its way, so nothing of it can be changed. "
        "If something in it is wrong, put it right in the next one.",
        _E.SENT: "This update has been sent, so nothing of it can be changed. "
        "If something in it is wrong, put it right in the next one.",
        _E.DROPPED: "This update is not sent this month. "
        "Choose “Take it up again” if it should be.",
    },
)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar, as ``2026-10``."""

    year: int
    number: int  #: 1 to 12

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read ``2026-10``.

        Raises:
            CommunityError: it is no month, or of another century.
        """
        found = _WRITTEN.fullmatch(written.strip())
        year, number = (int(part) for part in found.groups()) if found else (0, 0)
        if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= number <= _MONTHS_A_YEAR):
            raise CommunityError("Please give the month as in 2026-10: year, month.")
        return cls(year, number)

    @classmethod
    def of(cls, moment: datetime, almanac: Almanac) -> Self:
        """The month in which *moment* is by the community's wall clock."""
        wall = almanac.local(moment)
        return cls(wall.year, wall.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def words(self) -> str:
        """``October 2026``."""
        return f"{MONTHS[self.number - 1]} {self.year}"

    def after(self, months: int = 1) -> "Month":
        """The month so many later, or earlier where *months* is negative."""
        total = self.year * _MONTHS_A_YEAR + self.number - 1 + months
        return Month(total // _MONTHS_A_YEAR, total % _MONTHS_A_YEAR + 1)

    def begins(self, almanac: Almanac) -> datetime:
        """Its first moment by the community's wall clock, in UTC."""
        return almanac.at_local(date(self.year, self.number, 1), time())

    def ends(self, almanac: Almanac) -> datetime:
        """The first moment after it, in UTC."""
        return self.after().begins(almanac)


def drafted_at(month: Month, almanac: Almanac, day: int) -> datetime:
    """When the edition that tells of *month* is drafted, in UTC.

    At 09:00 on that *day* (1 to 28) of the month after; on a day off, on the next
    working day.
    """
    following = month.after()
    wanted = date(following.year, following.number, day)
    return almanac.next_working_morning(almanac.at_local(wanted, time()), DRAFTED)


def month_to_draft(now: datetime, almanac: Almanac, day: int) -> Month:
    """The latest month whose edition is due to be drafted at *now*."""
    month = Month.of(now, almanac).after(-1)
    while drafted_at(month, almanac, day) > now:
        month = month.after(-1)
    return month


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One monthly update. State is in its times; times are community time, UTC."""

    id: EditionId
    month: Month
    version: int
    note: str = ""  #: the coordinator's own words
    note_by: MemberId | None = None
    left_out: tuple[str, ...] = ()  #: items not to be sent: "digest:7"
    drafted_at: datetime
    last_act: str | None = None  #: the form or button that changed it last
    approved_at: datetime | None = None
    approved_by: MemberId | None = None
    leaves_at: datetime | None = None  #: when the hold ends
    begun_at: datetime | None = None
    finished_at: datetime | None = None
    dropped_at: datetime | None = None
    words_members: int | None = None  #: the frozen words, by number
    words_others: int | None = None

    @property
    def state(self) -> EditionState:
        """Where it is in its life."""
        return state_from(
            EDITION,
            {
                EditionState.HELD: self.approved_at,
                EditionState.DROPPED: self.dropped_at,
                EditionState.SENDING: self.begun_at,
                EditionState.SENT: self.finished_at,
            },
        )

    def words(self, audience: Audience) -> int | None:
        """The number of the words frozen for *audience*; None before that."""
        members = audience is Audience.MEMBERS
        return self.words_members if members else self.words_others


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who gets an edition, once. Times are community time, UTC."""

    id: RecipientId
    edition: EditionId
    member: MemberId | None  #: None: a partner
    address: str  #: lower case
    audience: Audience
    due_at: datetime  #: not before this
    owed_at: datetime | None = None
    left_out_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An edition as a coordinator was looking at it, and the act that changes it."""

    edition: int
    version: int
    once: str  #: names the act: the same form sent twice changes it once
    stamp: str = ""  #: what was in it then, so that nothing unseen is approved


def mailing_times(almanac: Almanac) -> GoodTimes:
    """When an update may reach a member who has given no times: working hours."""
    days = frozenset(range(7)) - almanac.weekend
    return GoodTimes((Window(days, MORNING, EVENING),))


def letter_key(edition: int, recipient: int) -> str:
    """The outbox key of one recipient's letter."""
    return f"edition:{edition}:{recipient}"


def recipient_of(key: str) -> tuple[EditionId, RecipientId]:
    """The edition, and the recipient, whose letter has that *key*."""
    _, edition, recipient = key.split(":")
    return EditionId(int(edition)), RecipientId(int(recipient))
