"""Reads ``community.toml``: who the community is, in its coordinators' own words."""

import re
import tomllib
from collections.abc import Iterable
from datetime import time, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticUndefined

from bot.domain.community import Cadence, Channels, Community, Waves
from bot.domain.contacts import ContactRules
from bot.domain.deadlines import Deadlines
from bot.domain.recurrence import Rule
from bot.domain.retention import Retention
from bot.domain.times import Almanac, GoodTimes
from bot.domain.topics import Topic
from bot.settings.problems import Problem, SettingsWrong, meant
from bot.settings.shape import CommunityFile, WholeFile

#: Our words for what pydantic finds; what is not here says it well enough itself.
WORDS = {
    "missing": "is missing",
    "string_type": "should be text in quotation marks",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_pattern_mismatch": "has characters that it may not have",
    "int_type": "should be a whole number, without quotation marks",
    "float_type": "should be a number, without quotation marks",
    "list_type": "should be a list in [ ]",
    "dict_type": "should be a section",
    "model_type": "should be a section",
    "enum": "should be member, facilitator, coordinator, deputy or lead",
}

BARE = re.compile(r"[A-Za-z0-9_-]+")  #: a key that TOML lets stand without quotes


def read_community(path: Path, *, alive: timedelta = timedelta(days=14)) -> Community:
    """Read the community's description.

    *alive* is how long a thread is read again whole after the bot was away; it is a
    setting of the machine (CATCH_UP_DAYS), not of the community.

    Raises:
        SettingsWrong: lists every problem there is, with its place in the file and
            how to mend it.
    """
    said = _toml(path)
    try:
        shape = WholeFile.model_validate(said)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False)
        raise SettingsWrong(_problem(path, error) for error in errors) from None
    community = _community(shape, alive)
    if not Rule.of(community.cadence).possible(community.almanac):
        raise SettingsWrong([_no_date(path)])
    return community


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        what, mend = "is not there", "Copy community.example.toml and make it yours."
    except OSError as wrong:
        what, mend = f"cannot be read ({wrong.strerror})", "Mend its permissions."
    except UnicodeDecodeError:
        what, mend = "is not UTF-8 text", "Save it again as plain text."
    except tomllib.TOMLDecodeError as wrong:
        what = f"is not valid TOML: {wrong}"
        mend = "Look at that line: a quotation mark, comma or bracket is often missing."
    raise SettingsWrong([Problem(path.name, what, mend)])


def _no_date(path: Path) -> Problem:
    """The rule for calls never gives a date: that shows only beside the almanac."""
    return Problem(
        f"cadence.call_days in {path.name}",
        "names only days on which nobody works, so no call could ever have a date",
        'Name at least one working day, such as "Mon-Fri".',
    )


def _community(shape: CommunityFile, alive: timedelta) -> Community:
    figures = shape.model_dump()
    country, _, part = shape.holidays.partition("-")
    almanac = Almanac.for_country(ZoneInfo(shape.timezone), country, part or None)
    return Community(
        name=shape.name,
        about=shape.about,
        channels=Channels(**figures["channels"]),
        topics=tuple(_topics(figures["topics"])),
        regions=tuple(shape.regions),
        roles=dict(shape.roles),
        good_times=GoodTimes.parse(shape.good_times),
        waves=Waves(**figures["waves"]),
        contacts=ContactRules(**figures["contacts"]),
        deadlines=Deadlines(almanac=almanac, **figures["deadlines"]),
        cadence=Cadence(**figures["cadence"]),
        partners=tuple(shape.partners),
        retention=Retention(**figures["retention"]),
        small_region=shape.small_region,
        alive=alive,
    )


def _topics(topics: Iterable[dict[str, Any]]) -> Iterable[Topic]:
    for topic in topics:
        yield Topic(id=topic["id"], name=topic["name"], words=tuple(topic["words"]))


def _problem(path: Path, error: ErrorDetails) -> Problem:
    place = [step for step in error["loc"] if step != "[key]"]
    where = f"{_written(place)} in {path.name}"
    keys = [step for step in place if isinstance(step, str)]
    if error["type"] == "extra_forbidden":
        return Problem(where, "is not known", _instead(keys))
    what = WORDS.get(error["type"]) or _plain(error["msg"])
    return Problem(where, what, _mend(keys))


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").replace("Input should", "should")


def _written(place: list[Any]) -> str:
    """The place as a person counts: the third topic is topics[3]."""
    written = ""
    for step in place:
        if isinstance(step, int):
            written += f"[{step + 1}]"
        else:
            written += f".{step}" if BARE.fullmatch(step) else f'."{step}"'
    return written.removeprefix(".")


def _instead(keys: list[str]) -> str:
    known = _keys_of(keys[:-1])
    close = meant(keys[-1], known)
    return f"Did you mean {close}?" if close else f"Known here: {', '.join(known)}."


def _mend(keys: list[str]) -> str:
    field = _field(keys)
    if field is None:
        return ""
    if field.description:
        return field.description
    if field.get_default(call_default_factory=False) is not PydanticUndefined:
        return f"Leave it out to have the usual value, {_shown(field.default)}."
    return ""


def _shown(default: Any) -> str:
    if isinstance(default, timedelta):
        return f'"{int(default.total_seconds() // 60)} minutes"'
    if isinstance(default, time):
        return f'"{default:%H:%M}"'
    return f"{default:g}" if isinstance(default, float) else str(default)


def _keys_of(keys: list[str]) -> list[str]:
    model: type[BaseModel] | None = WholeFile
    for key in keys:
        model = _model_in(model.model_fields[key].annotation) if model else None
    return list(model.model_fields) if model else []


def _field(keys: list[str]) -> FieldInfo | None:
    """The innermost key of the file that the path goes through."""
    model: type[BaseModel] | None = WholeFile
    field: FieldInfo | None = None
    for key in keys:
        if model is None or key not in model.model_fields:
            break
        field = model.model_fields[key]
        model = _model_in(field.annotation)
    return field


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a key holds, itself or in a list."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None
