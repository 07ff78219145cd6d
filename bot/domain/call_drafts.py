"""What a coordinator types about a call, read and judged before anybody is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.calls import AGENDA_MOST, DIAL_IN_MOST, TITLE_MOST, Plan
from bot.domain.errors import CommunityError, PatientDataFound, PatientDataPossible
from bot.domain.guard import Verdict, inspect
from bot.domain.times import Almanac

LEAST, MOST = 5, 480  #: minutes that a call may last
FURTHEST = timedelta(days=366)  #: from now to a call that calendars are told of

#: Characters of each field.
_MOST_OF = {"title": TITLE_MOST, "dial_in": DIAL_IN_MOST, "agenda": AGENDA_MOST}
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDraft:
    """A form about a call, as it was filled in. Its field names are the form's."""

    day: str  #: YYYY-MM-DD
    starts: str  #: "12:30", by the community's wall clock
    minutes: str
    title: str
    dial_in: str
    agenda: str
    day_off: bool = False  #: a day on which nobody works is meant
    no_patient: bool = False  #: "No patient is described" is ticked


class NoSuchTime(CommunityError):
    """A day or time at which no call can be; it names the form's field."""


class DayOff(NoSuchTime):
    """Nobody works that day: whether it is meant is asked before anybody is told."""


def plan_of(draft: CallDraft, *, now: datetime, almanac: Almanac) -> Plan:
    """What *draft* comes to, on the community's wall clock.

    Raises:
        CommunityError: a field cannot be read, or is empty; it names the field.
        NoSuchTime: the time is past, more than a year away, or on a day off nobody
            ticked.
        PatientDataFound, PatientDataPossible: a text might describe a patient.
    """
    words = {"title": draft.title, "agenda": draft.agenda, "dial_in": draft.dial_in}
    check_words(words, no_patient=draft.no_patient)
    title = _SPACES.sub(" ", draft.title).strip()
    if not title:
        raise CommunityError("Please give the call a title.", field="title")
    starts_at = almanac.at_local(_day(draft.day), _clock(draft.starts))
    _check(starts_at, now=now, almanac=almanac, day_off=draft.day_off)
    return Plan(
        title=title,
        starts_at=starts_at,
        minutes=_minutes(draft.minutes),
        dial_in=draft.dial_in.strip(),
    )


def check_words(words: Mapping[str, str], *, no_patient: bool) -> None:
    """Make sure that *words*, by field, are short enough and describe no patient.

    Raises:
        CommunityError: one is too long; it names the field.
        PatientDataFound, PatientDataPossible: one might describe a patient.
    """
    for name, text in words.items():
        most = _MOST_OF[name]
        if len(text) > most:
            told = f"Please keep this under {most} characters."
            raise CommunityError(told, field=name)
        if name != "dial_in":  # numbers to dial are no patients
            _guard(name, text, no_patient=no_patient)


def _guard(name: str, text: str, *, no_patient: bool) -> None:
    finding = inspect(text)
    if finding.verdict is Verdict.REFUSE:
        raise PatientDataFound(finding.kinds, field=name)
    if finding.verdict is Verdict.ASK and not no_patient:
        raise PatientDataPossible(finding.kinds, field=name)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchTime(
            "Please choose a day, as in 2026-06-10.", field="day"
        ) from None


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise NoSuchTime(
            "Please give the time by the 24-hour clock, as in 12:30.", field="starts"
        )
    return time(int(found[1]), int(found[2]))


def _minutes(text: str) -> int:
    given = text.strip()
    if not given.isascii() or not given.isdecimal() or not LEAST <= int(given) <= MOST:
        raise CommunityError(
            f"Please give a number of minutes from {LEAST} to {MOST}.", field="minutes"
        )
    return int(given)


def _check(
    starts_at: datetime, *, now: datetime, almanac: Almanac, day_off: bool
) -> None:
    if starts_at <= now:
        raise NoSuchTime(
            "That time is in the past, so nothing was sent. Please choose one to come.",
            field="day",
        )
    if starts_at - now > FURTHEST:
        raise NoSuchTime(
            "That is more than a year away, which looks like a slip, so nothing was "
            "sent. Please choose a day within a year.",
            field="day",
        )
    day = almanac.local(starts_at).date()
    if not almanac.is_working_day(day) and not day_off:
        raise DayOff(
            f"That day is {_free(almanac, day)}. Please choose another, or tick “Yes, "
            "on that day” below.",
            field="day",
        )


def _free(almanac: Almanac, day: date) -> str:
    if almanac.is_holiday(day):
        return f"a bank holiday ({almanac.holiday_name(day)})"
    return "at the weekend"
