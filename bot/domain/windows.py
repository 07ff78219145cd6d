"""Windows of the week: when a member said they like to be reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from bot.domain.days import DAYS, weekday_number

WEEKDAYS = frozenset(range(5))
_TO = "\N{EN DASH}"  #: as it is printed between two days or two times
_ADVICE = (
    "Please give days and times by the 24-hour clock, such as "
    f'"Mon{_TO}Fri 12:30{_TO}14:00" or "Tue 18:00{_TO}19:00; Thu 08:00{_TO}08:30".'
)
#: What people write, and what it comes to.
_SPELLINGS = (
    ("[\u2010-\u2015\u2212]", "-"),
    (r"\b(?:to|until|till)\b", "-"),
    (r"\b(?:every ?day|any day|daily)\b", "mon-sun"),
    (r"\b(?:weekdays?|working days?)\b", "mon-fri"),
    (r"\bweekends?\b", "sat-sun"),
    (r"\b(?:noon|midday)\b", "12:00"),
    (r"\b(?:and|from|on)\b", " "),
)
_TIME = r"\d{1,2}(?:[:.]?\d{2})?\s*(?:am|pm)?"
_TOKEN = re.compile(
    rf"\s*(?:(?P<times>{_TIME}\s*-\s*{_TIME})(?!\w)"
    r"|(?P<days>[a-z]+(?:\s*-\s*[a-z]+)?)|(?P<pause>[,;&+.:]))\s*"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?")
_NOON = 12
_EARLY = 6  #: a bare "1" to "6" is in the afternoon
_RUN = 3  #: days in a row from which "Mon-Wed" reads better than "Mon, Tue"


@dataclass(frozen=True, slots=True)
class Window:
    """The same stretch of wall-clock time on some days of every week.

    From ``start``, up to but without ``end``, within one day.

    Raises:
        ValueError: whose words tell the person what to type instead.
    """

    days: frozenset[int]  #: 0 is Monday
    start: time
    end: time

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError(f"Which days? {_ADVICE}")
        if self.start >= self.end:
            raise ValueError(f"A time must end after it begins. {_ADVICE}")

    def __str__(self) -> str:
        return f"{_days_words(self.days)} {self.start:%H:%M}{_TO}{self.end:%H:%M}"


def parse_windows(text: str) -> tuple[Window, ...]:
    """Read windows from what a person typed: "weekdays 12.30-2pm; Tue 18:00-19:00".

    Times without days are Monday to Friday. A bare hour from 1 to 6 is in the
    afternoon, because nobody means the small hours unless they write "am" or "05:00".

    Raises:
        ValueError: whose words tell the person what to type instead.
    """
    windows: list[Window] = []
    days: frozenset[int] = frozenset()
    closed = True  # whether the days gathered so far have been given their times
    for kind, words in _tokens(text):
        if kind == "days":
            days = _days(words) | (frozenset() if closed else days)
        else:
            windows.append(Window(days or WEEKDAYS, *_times(words)))
        closed = kind == "times"
    if not windows or not closed:
        raise ValueError(_ADVICE)
    return tuple(dict.fromkeys(windows))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Split into days and times, or refuse what is neither."""
    plain = text.lower()
    for pattern, meaning in _SPELLINGS:
        plain = re.sub(pattern, meaning, plain)
    place, plain = 0, plain.strip()
    while place < len(plain):
        found = _TOKEN.match(plain, place)
        if found is None:
            raise ValueError(_ADVICE)
        place = found.end()
        if found.lastgroup != "pause":
            yield str(found.lastgroup), found[str(found.lastgroup)]


def _days(words: str) -> frozenset[int]:
    """Read "mon" or "mon-fri"; "fri-mon" goes round the weekend."""
    first, *rest = (weekday_number(word.strip()) for word in words.split("-"))
    last = rest[0] if rest else first
    if first is None or last is None:
        raise ValueError(_ADVICE)
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def _times(words: str) -> tuple[time, time]:
    """Read "12:30-14:00" or "1-2pm"."""
    first, last = words.split("-")
    end = _clock(last)
    half = last.strip()[-2:]
    if half in {"am", "pm"} and first.strip()[-1].isdigit():
        start = _clock(first + half)
        if start < end:  # "1-2pm" begins after noon; "11-1pm" does not
            return start, end
    return _clock(first), end


def _clock(words: str) -> time:
    """Read one time of day."""
    found = _CLOCK.fullmatch(words.strip())
    if found is None:
        raise ValueError(_ADVICE)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    elif found[2] is None and 1 <= hour <= _EARLY:
        hour += _NOON
    try:
        return time(hour, minute)
    except ValueError as error:
        raise ValueError(f"There is no such time of day. {_ADVICE}") from error


def _days_words(days: frozenset[int]) -> str:
    """Say days as "Mon-Fri" or "Mon, Thu"."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run_words([DAYS[day][:3] for day in run]) for run in runs)


def _run_words(names: list[str]) -> str:
    """Say days in a row."""
    return ", ".join(names) if len(names) < _RUN else f"{names[0]}{_TO}{names[-1]}"
