"""Days as people write them: said in our words, and read from theirs."""

import re
from collections.abc import Callable
from datetime import date, timedelta

#: British English whatever the machine's locale says; 0 is Monday.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT = 3  #: letters that are enough to know a day or a month: "Tue", "Jun"
_LEAP_GAP = 8  #: years; the longest wait for 29 February, across 2100
_ADVICE = 'Please give a day such as "9 June", "2026-06-09" or "Tue".'

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{4}|\d{2}))?",
        rf"(?:(?P<weekday>[a-z]+),? )?{_DAY}(?: of)? (?P<month>[a-z]+)\.?{_YEAR}",
        rf"(?:(?P<weekday>[a-z]+),? )?(?P<month>[a-z]+)\.? {_DAY}{_YEAR}",
    )
)


def day_words(day: date) -> str:
    """Say a day as "Tue 9 Jun"."""
    weekday, month = DAYS[day.weekday()], MONTHS[day.month - 1]
    return f"{weekday[:_SHORT]} {day.day} {month[:_SHORT]}"


def weekday_number(word: str) -> int | None:
    """Return 0 for "Mon", "monday" or "Mondays", up to 6; None for another word."""
    lowered = word.lower()
    found = _place(lowered, DAYS)
    return _place(lowered.removesuffix("s"), DAYS) if found is None else found


def parse_day(text: str, *, today: date) -> date:
    """Read a day typed by a person: "9 June", "2026-06-09", "9/6", "Tue", "tomorrow".

    Figures are read day first, as in Britain. A day without a year is the next one,
    today included; a weekday by itself is the next one after today. A past day with
    its year is returned as it is: whether it will do is for the caller to say.

    Raises:
        ValueError: whose words tell the person what to type instead.
    """
    cleaned = " ".join(text.lower().split()).removeprefix("on ").removeprefix("by ")
    readers: tuple[Callable[[str, date], date | None], ...] = (_near, _dated)
    for reader in readers:
        day = reader(cleaned, today)
        if day is not None:
            return day
    raise ValueError(_ADVICE)


def _near(text: str, today: date) -> date | None:
    """Read "today", "tomorrow" or a weekday."""
    soon = {"today": 0, "tomorrow": 1}
    if text in soon:
        return today + timedelta(days=soon[text])
    weekday = weekday_number(text)
    if weekday is None:
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _dated(text: str, today: date) -> date | None:
    """Read a day of a month, in figures or with the month's name."""
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            day = _day_of(parts, today)
            _agree(parts.get("weekday"), day)
            return day
    return None


def _day_of(parts: dict[str, str | None], today: date) -> date:
    """Put day, month and perhaps year together."""
    number, month = int(parts["day"] or 0), _month_number(parts["month"] or "")
    year = parts.get("year")
    if year:
        return _existing(int(f"20{year}"[-4:]), month, number)
    return _next(month, number, today)


def _month_number(word: str) -> int:
    """Return 6 for "6", "jun" or "june"."""
    if word.isdigit():
        return int(word)
    place = 8 if word == "sept" else _place(word, MONTHS)
    if place is None:
        raise ValueError(_ADVICE)
    return place + 1


def _next(month: int, number: int, today: date) -> date:
    """Return the first such day from today on."""
    for year in range(today.year, today.year + _LEAP_GAP + 1):
        try:
            day = date(year, month, number)
        except ValueError:  # 29 February, in a year that has none
            continue
        if day >= today:
            return day
    raise ValueError(f"That day is not in the calendar. {_ADVICE}")


def _existing(year: int, month: int, number: int) -> date:
    """Return that day, or say that there is none."""
    try:
        return date(year, month, number)
    except ValueError as error:
        raise ValueError(f"That day is not in the calendar. {_ADVICE}") from error


def _agree(word: str | None, day: date) -> None:
    """Notice "Mon 9 June" when 9 June is a Tuesday: one of the two is a slip."""
    if word is None:
        return
    weekday = weekday_number(word)
    if weekday is None:
        raise ValueError(_ADVICE)
    if weekday != day.weekday():
        raise ValueError(
            f"{day.day} {MONTHS[day.month - 1]} {day.year} is a "
            f"{DAYS[day.weekday()]}, not a {DAYS[weekday]}. Which do you mean?"
        )


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Return where the name that begins with this word stands."""
    if len(word) < _SHORT:
        return None
    return next((i for i, n in enumerate(names) if n.lower().startswith(word)), None)
