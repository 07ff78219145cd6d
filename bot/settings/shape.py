"""How ``community.toml`` may look. Strict: a slip is a problem, never a default.

The sections of figures (waves, contacts, deadlines, cadence) take their keys and their
defaults from the domain's own values, so that the file can never know a figure that
the community does not.
"""

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import time, timedelta
from typing import Annotated, Any, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    create_model,
)
from pydantic import Field as Key

from bot.domain.community import Cadence, Role, Waves
from bot.domain.contacts import ContactRules
from bot.domain.deadlines import Deadlines
from bot.domain.retention import Retention
from bot.domain.times import Almanac, GoodTimes

STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)
#: What a stretch of time may be written in; working days are plain numbers.
UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
MOST = 1000  #: no figure of a community is sensibly larger

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _stretch(value: object) -> timedelta:
    """Read "10 minutes" or "3 days"."""
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"\s*(\d{1,4})\s+([a-z]+?)s?\s*", str(value))
    if found is None or found[2] not in UNITS:
        raise ValueError('should be a stretch of time, such as "10 minutes", "3 days"')
    return int(found[1]) * UNITS[found[2]]


def _at_least(shortest: timedelta) -> Callable[[timedelta], timedelta]:
    """Nothing shorter: what is forgotten at once might as well not be kept."""

    def check(value: timedelta) -> timedelta:
        if value < shortest:
            days = "1 day" if shortest.days == 1 else f"{shortest.days} days"
            raise ValueError(f'should be "{days}" or more')
        return value

    return check


def _clock_time(value: object) -> time:
    """Read "12:30"."""
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        raise ValueError('should be a time of day, such as "12:30"') from None


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is not a time zone") from None
    return value


def _holidays(value: str) -> str:
    country, _, part = value.partition("-")
    try:
        Almanac.for_country(ZoneInfo("UTC"), country, part or None)
    except ValueError:
        raise ValueError("is not a country whose bank holidays are known") from None
    return value


def _good_times(value: str) -> str:
    try:
        GoodTimes.parse(value)
    except ValueError:
        raise ValueError("cannot be read as times of the week") from None
    return value


def _person(value: str) -> str:
    """An e-mail address in small letters, or a Slack user id."""
    if re.fullmatch(r"[UW][A-Z0-9]{2,}", value):
        return value
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise ValueError("is neither an e-mail address nor a Slack user id") from None


def _mailboxes(values: list[str]) -> list[str]:
    """E-mail addresses in small letters."""
    try:
        checked = [validate_email(one, check_deliverability=False) for one in values]
    except EmailNotValidError:
        raise ValueError("has an entry that is not an e-mail address") from None
    return [one.normalized.lower() for one in checked]


def _plain_name(value: str) -> str:
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


def _different(values: list[str]) -> list[str]:
    again = twice(values)
    if again:
        raise ValueError(f"has the same entry twice: {', '.join(again)}")
    return values


def _each_once(roles: object) -> object:
    if isinstance(roles, dict):
        again = twice([str(key) for key in roles])
        if again:
            raise ValueError(f"gives {', '.join(again)} two roles")
    return roles


def _somebody_coordinates(roles: dict[str, Role]) -> dict[str, Role]:
    if not any(role is Role.COORDINATOR for role in roles.values()):
        raise ValueError("names no coordinator, so nobody would see what needs doing")
    return roles


class TopicFile(BaseModel):
    """One ``[[topics]]``."""

    model_config = STRICT

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")] = Key(
        description='A short id in small letters, digits and hyphens: id = "fit".'
    )
    name: Words = Key(description='What people call it: name = "FIT".')
    words: Annotated[list[Words], AfterValidator(_different)] = Key(
        default_factory=list,
        description='Other words for it: words = ["qFIT", "FIT test"].',
    )


def _topics_differ(topics: list[TopicFile]) -> list[TopicFile]:
    again = twice([topic.id for topic in topics])
    if again:
        raise ValueError(f"has two topics with the id {', '.join(again)}")
    said = [{w.casefold(): w for w in (t.name, *t.words)} for t in topics]
    again = twice([word for words in said for word in words.values()])
    if again:
        raise ValueError(f"has two topics that share the words: {', '.join(again)}")
    return topics


class ChannelsFile(BaseModel):
    """``[channels]``."""

    model_config = STRICT

    questions: Annotated[Words, AfterValidator(_plain_name)] = Key(
        description='The channel where questions are asked: questions = "questions".'
    )
    digests: Annotated[Words, AfterValidator(_plain_name)] = Key(
        description='The channel where digests are posted: digests = "digests".'
    )


def figures(
    domain: type[Any], **bounds: tuple[int, int] | timedelta
) -> type[BaseModel]:
    """The shape of a section whose keys are the fields of the *domain* value.

    Fields without a default are not for the file. Numbers are from 1 to MOST unless
    *bounds* says otherwise for that key; for a stretch of time it says the shortest.
    """
    hints = get_type_hints(domain)
    keys: dict[str, Any] = {
        field.name: (_kind(hints[field.name], bounds.get(field.name)), field.default)
        for field in fields(domain)
        if field.default is not MISSING
    }
    return create_model(f"{domain.__name__}File", __config__=STRICT, **keys)


def _kind(hint: Any, bounds: tuple[int, int] | timedelta | None) -> Any:
    if hint is timedelta:
        shortest = bounds if isinstance(bounds, timedelta) else timedelta(0)
        return Annotated[
            timedelta, BeforeValidator(_stretch), AfterValidator(_at_least(shortest))
        ]
    if hint is time:
        return Annotated[time, BeforeValidator(_clock_time)]
    if hint is str:
        return str
    least, most = bounds if isinstance(bounds, tuple) else (1, MOST)
    return Annotated[hint, Key(ge=least, le=most)]


WavesFile = figures(Waves, second=(0, MOST))
ContactsFile = figures(ContactRules)
DeadlinesFile = figures(Deadlines, closing_notice_days=(0, MOST))
CadenceFile = figures(Cadence, update_day=(1, 28), call_month=(1, 3), call_week=(1, 4))
RetentionFile = figures(
    Retention,
    **{field.name: timedelta(days=1) for field in fields(Retention)}
    | {"asked": timedelta(days=62)},  # the month's caps look back so far
)


class CommunityFile(BaseModel):
    """What ``community.toml`` says, but for its sections of figures."""

    model_config = STRICT

    name: Words = Key(description='What the community calls itself: name = "…".')
    about: Words = Key(description='A few words for welcomes: about = "…".')
    timezone: Annotated[str, AfterValidator(_zone)] = Key(
        description='Write one from the IANA list: timezone = "Europe/London".'
    )
    holidays: Annotated[str, AfterValidator(_holidays)] = Key(
        description='A country, or a part of one: holidays = "GB-ENG".'
    )
    good_times: Annotated[str, AfterValidator(_good_times)] = Key(
        default=str(GoodTimes.DEFAULT),
        description='Days and times by the 24-hour clock: "Mon-Fri 12:30-14:00".',
    )
    small_region: Annotated[int, Key(ge=1, le=MOST)] = Key(
        default=3, description="A number: members below which a region is never named."
    )
    regions: Annotated[list[Words], Key(min_length=1), AfterValidator(_different)] = (
        Key(description='At least one, each once: regions = ["North", "South"].')
    )
    partners: Annotated[list[str], AfterValidator(_mailboxes)] = Key(
        default_factory=list,
        description='E-mail addresses: partners = ["board@example.org"].',
    )
    channels: ChannelsFile = Key(description="Write a section [channels].")
    topics: Annotated[
        list[TopicFile], Key(min_length=1), AfterValidator(_topics_differ)
    ] = Key(description="Write at least one section [[topics]]; each word once.")
    roles: Annotated[
        dict[
            Annotated[str, AfterValidator(_person)],
            Annotated[Role, Key(strict=False)],
        ],
        BeforeValidator(_each_once),
        AfterValidator(_somebody_coordinates),
    ] = Key(description='Under [roles] write "name@example.org" = "coordinator".')


#: The description with its sections of figures, none of which need be there.
WholeFile = create_model(
    "WholeFile",
    __base__=CommunityFile,
    waves=(WavesFile, Key(default_factory=WavesFile)),
    contacts=(ContactsFile, Key(default_factory=ContactsFile)),
    deadlines=(DeadlinesFile, Key(default_factory=DeadlinesFile)),
    cadence=(CadenceFile, Key(default_factory=CadenceFile)),
    retention=(RetentionFile, Key(default_factory=RetentionFile)),
)
