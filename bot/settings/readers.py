"""How single values of ``community.toml`` are read, and what is wrong with them."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email

from bot.domain.call_drafts import LEAST, MOST
from bot.domain.community import Role
from bot.domain.recurrence import parse_weekdays
from bot.domain.times import Almanac, GoodTimes

#: What a stretch of time may be written in; working days are plain numbers.
UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


def stretch(value: object) -> timedelta:
    """Read "10 minutes" or "3 days"."""
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"\s*(\d{1,4})\s+([a-z]+?)s?\s*", str(value))
    if found is None or found[2] not in UNITS:
        raise ValueError('should be a stretch of time, such as "10 minutes", "3 days"')
    return int(found[1]) * UNITS[found[2]]


def at_least(shortest: timedelta) -> Callable[[timedelta], timedelta]:
    """Nothing shorter: what is forgotten at once might as well not be kept."""

    def check(value: timedelta) -> timedelta:
        if value < shortest:
            days = "1 day" if shortest.days == 1 else f"{shortest.days} days"
            raise ValueError(f'should be "{days}" or more')
        return value

    return check


def clock_time(value: object) -> time:
    """Read "12:30"."""
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        raise ValueError('should be a time of day, such as "12:30"') from None


def weekdays(value: str) -> str:
    """Weekdays that can be read; their reader's own words say what to write."""
    parse_weekdays(value)
    return value


def length(value: timedelta) -> timedelta:
    """How long a call may be, in whole minutes."""
    if not LEAST <= value / timedelta(minutes=1) <= MOST:
        raise ValueError('should be from "5 minutes" to "8 hours"')
    return value


def zone(value: str) -> str:
    """A time zone of the IANA list."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is not a time zone") from None
    return value


def holidays(value: str) -> str:
    """A country, or a part of one, whose bank holidays are known."""
    country, _, part = value.partition("-")
    try:
        Almanac.for_country(ZoneInfo("UTC"), country, part or None)
    except ValueError:
        raise ValueError("is not a country whose bank holidays are known") from None
    return value


def good_times(value: str) -> str:
    """Times of the week."""
    try:
        GoodTimes.parse(value)
    except ValueError:
        raise ValueError("cannot be read as times of the week") from None
    return value


def person(value: str) -> str:
    """An e-mail address in small letters, or a Slack user id."""
    if re.fullmatch(r"[UW][A-Z0-9]{2,}", value):
        return value
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise ValueError("is neither an e-mail address nor a Slack user id") from None


def mailboxes(values: list[str]) -> list[str]:
    """E-mail addresses in small letters."""
    try:
        checked = [validate_email(one, check_deliverability=False) for one in values]
    except EmailNotValidError:
        raise ValueError("has an entry that is not an e-mail address") from None
    return [one.normalized.lower() for one in checked]


def plain_name(value: str) -> str:
    """A channel's name as it is, without its sign."""
    if value.startswith("#"):
        raise ValueError('should be written without "#"')
    return value


def twice(values: list[str]) -> list[str]:
    """What *values* says more than once, capitals or not, in order."""
    seen: set[str] = set()
    again: dict[str, None] = {}
    for value in values:
        folded = value.casefold()
        if folded in seen:
            again[value] = None
        seen.add(folded)
    return list(again)


def different(values: list[str]) -> list[str]:
    """Entries of which none is there twice, capitals or not."""
    again = twice(values)
    if again:
        raise ValueError(f"has the same entry twice: {', '.join(again)}")
    return values


def each_once(roles: object) -> object:
    """Nobody has two roles, however their address is written."""
    if isinstance(roles, dict):
        again = twice([str(key) for key in roles])
        if again:
            raise ValueError(f"gives {', '.join(again)} two roles")
    return roles


def somebody_coordinates(roles: dict[str, Role]) -> dict[str, Role]:
    """Roles among which is a coordinator."""
    if not any(role is Role.COORDINATOR for role in roles.values()):
        raise ValueError("names no coordinator, so nobody would see what needs doing")
    return roles
