"""Quarterly calls: what becomes of one, what calendars are told, and who comes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.errors import CommunityError
from bot.domain.lifecycle import Machine
from bot.domain.members import MemberId
from bot.domain.recurrence import month_name
from bot.domain.times import Almanac

CallId = NewType("CallId", int)
VersionId = NewType("VersionId", int)

#: Characters. What calendars and Slack show without cutting.
TITLE_MOST, DIAL_IN_MOST, AGENDA_MOST = 100, 500, 1500


class CallState(StrEnum):
    """Where a call is in its life."""

    PROPOSED = "proposed"  #: a date by the rule, for a coordinator to confirm
    CONFIRMED = "confirmed"  #: members are told, and told again when it moves
    HELD = "held"  #: it is over
    CANCELLED = "cancelled"
    DROPPED = "dropped"  #: *Not this quarter*: nobody was told of it


class CallAct(StrEnum):
    """What can happen to a call."""

    CONFIRM = "confirm"
    CHANGE = "change"  #: another time, length, title or way to join
    NOTE = "note"  #: the agenda: calendars are not told
    ANSWER = "answer"  #: a member says whether they come
    HOLD = "hold"  #: its time has come and gone
    CANCEL = "cancel"
    DROP = "drop"


class Answer(StrEnum):
    """What a member said about coming."""

    COMING = "coming"
    MAYBE = "maybe"
    NOT = "not"
    ASKED = "asked"  #: they would have come at an earlier time, and are asked anew

    @property
    def expects(self) -> bool:
        """Whether the call is in their diary: changes are told them at once."""
        return self is not Answer.NOT


class Source(StrEnum):
    """How an answer came."""

    SLACK = "slack"
    CALENDAR = "calendar"  #: a reply that a coordinator received and handed in
    COORDINATOR = "coordinator"  #: by word of mouth
    LINK = "link"  #: on the page that a letter leads to


def given(said: str, *, field: str | None = None) -> Answer:
    """The answer that somebody gives by *said*; *field* is the form's, if it is one.

    Raises:
        CommunityError: it is none of those that can be given.
    """
    if said not in set(Answer) - {Answer.ASKED}:
        raise CommunityError("Please say Coming, Maybe or Can’t come.", field=field)
    return Answer(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a coordinator decides about a call: all that calendars are told."""

    title: str
    starts_at: datetime  #: aware, UTC
    minutes: int
    dial_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCall:
    """A call as the person who changes it was looking at it, and the act itself."""

    call: int
    version: int
    once: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One quarterly call. State is in its times, which are aware and UTC."""

    id: CallId
    quarter: str  #: "2026-Q2"
    uid: str  #: the calendar entry's, for ever
    title: str
    starts_at: datetime
    minutes: int
    dial_in: str = ""
    agenda: str = ""  #: a coordinator's words; open questions are put beside them
    organiser: str = ""  #: the address that calendars answer to
    sequence: int = 0  #: what calendars were last told
    version: int = 1  #: counts changes, so that two forms cannot overwrite each other
    last_act: str | None = None
    proposed_at: datetime
    confirmed_at: datetime | None = None
    confirmed_by: MemberId | None = None
    agenda_told_at: datetime | None = None
    cancelled_at: datetime | None = None
    dropped_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def plan(self) -> Plan:
        """What calendars are told of it."""
        return Plan(
            title=self.title,
            starts_at=self.starts_at,
            minutes=self.minutes,
            dial_in=self.dial_in,
        )

    @property
    def post_key(self) -> str:
        """The outbox key of the post that members answer on."""
        return f"callpost:{self.id}"

    @property
    def item_key(self) -> str:
        """The key of the item in *Needs you* that asks for its date."""
        return f"call:{self.id}"

    def state(self, now: datetime) -> CallState:
        """Where it is in its life."""
        if self.dropped_at is not None:
            return CallState.DROPPED
        if self.cancelled_at is not None:
            return CallState.CANCELLED
        if self.confirmed_at is None:
            return CallState.PROPOSED
        return CallState.HELD if self.ends_at <= now else CallState.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class CallVersion:
    """What calendars were told about a call, in the words of that moment."""

    id: VersionId
    call: CallId
    sequence: int
    cancelled: bool
    title: str
    starts_at: datetime
    minutes: int
    dial_in: str
    organiser: str
    made_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When the call is over, as told."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rsvp:
    """What one member said about coming to one call; their latest word."""

    call: CallId
    member: MemberId
    answer: Answer
    source: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many said what."""

    coming: int = 0
    maybe: int = 0
    not_coming: int = 0


_S = CallState

CALL: Machine[CallState, CallAct] = Machine(
    start=_S.PROPOSED,
    moves={
        CallAct.CONFIRM: {_S.PROPOSED: _S.CONFIRMED},
        CallAct.CHANGE: {_S.CONFIRMED: _S.CONFIRMED},
        CallAct.NOTE: {_S.PROPOSED: _S.PROPOSED, _S.CONFIRMED: _S.CONFIRMED},
        CallAct.ANSWER: {_S.CONFIRMED: _S.CONFIRMED},
        CallAct.HOLD: {_S.CONFIRMED: _S.HELD},
        CallAct.CANCEL: {_S.CONFIRMED: _S.CANCELLED},
        CallAct.DROP: {_S.PROPOSED: _S.DROPPED},
    },
    advice={
        _S.PROPOSED: "This call is only proposed, and nobody has been told of it. "
        "Confirm it first, or choose Not this quarter.",
        _S.CONFIRMED: "This call is confirmed already, and members know of it. "
        "Change it, or cancel it.",
        _S.HELD: "This call is over. The next one is proposed in its quarter.",
        _S.CANCELLED: "This call was cancelled, and members have been told. "
        "The next one is proposed in its quarter.",
        _S.DROPPED: "There is no call this quarter: a coordinator said so. "
        "The next one is proposed in its quarter.",
    },
)


def name_of(moment: datetime, almanac: Almanac) -> str:
    """What the call that begins at *moment* is called: "the June call"."""
    return f"the {month_name(almanac.local(moment).date())} call"


def agenda_at(call: Call, almanac: Almanac, days: int) -> datetime:
    """When members are reminded: so many days before, at the wall time of the call.

    A call confirmed later than that is reminded of a working day after it was, so that
    nobody hears of it twice in a day.
    """
    wall = almanac.local(call.starts_at)
    usual = almanac.at_local(wall.date() - timedelta(days=days), wall.time())
    if call.confirmed_at is None:
        return usual
    return max(usual, almanac.add_working_days(call.confirmed_at, 1))
