"""How ``community.toml`` may look. Strict: a slip is a problem, never a default.

The sections of figures (waves, contacts, deadlines, cadence) take their keys and their
defaults from the domain's own values, so that the file can never know a figure that
the community does not.
"""

from dataclasses import MISSING, fields
from datetime import time, timedelta
from typing import Annotated, Any, get_type_hints

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
from bot.domain.times import GoodTimes
from bot.settings import readers

STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)
MOST = 1000  #: no figure of a community is sensibly larger

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class TopicFile(BaseModel):
    """One ``[[topics]]``."""

    model_config = STRICT

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")] = Key(
        description='A short id in small letters, digits and hyphens: id = "fit".'
    )
    name: Words = Key(description='What people call it: name = "FIT".')
    words: Annotated[list[Words], AfterValidator(readers.different)] = Key(
        default_factory=list,
        description='Other words for it: words = ["qFIT", "FIT test"].',
    )


def _topics_differ(topics: list[TopicFile]) -> list[TopicFile]:
    again = readers.twice([topic.id for topic in topics])
    if again:
        raise ValueError(f"has two topics with the id {', '.join(again)}")
    said = [{w.casefold(): w for w in (t.name, *t.words)} for t in topics]
    again = readers.twice([word for words in said for word in words.values()])
    if again:
        raise ValueError(f"has two topics that share the words: {', '.join(again)}")
    return topics


class ChannelsFile(BaseModel):
    """``[channels]``."""

    model_config = STRICT

    questions: Annotated[Words, AfterValidator(readers.plain_name)] = Key(
        description='The channel where questions are asked: questions = "questions".'
    )
    digests: Annotated[Words, AfterValidator(readers.plain_name)] = Key(
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
            timedelta,
            BeforeValidator(readers.stretch),
            AfterValidator(readers.at_least(shortest)),
        ]
    if hint is time:
        return Annotated[time, BeforeValidator(readers.clock_time)]
    if hint is str:
        return str
    least, most = bounds if isinstance(bounds, tuple) else (1, MOST)
    return Annotated[hint, Key(ge=least, le=most)]


WavesFile = figures(Waves, second=(0, MOST))
ContactsFile = figures(ContactRules)
DeadlinesFile = figures(Deadlines, closing_notice_days=(0, MOST))
CadenceFile = create_model(
    "CadenceFile",
    __base__=figures(
        Cadence,
        update_day=(1, 28),
        call_month=(1, 3),
        call_week=(1, 4),
        agenda_days=(1, 28),
    ),
    call_days=(Annotated[str, AfterValidator(readers.weekdays)], Cadence().call_days),
    call_lasts=(
        Annotated[
            timedelta, AfterValidator(readers.length), BeforeValidator(readers.stretch)
        ],
        Cadence().call_lasts,
    ),
    dial_in=(
        Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)],
        Cadence().dial_in,
    ),
)
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
    timezone: Annotated[str, AfterValidator(readers.zone)] = Key(
        description='Write one from the IANA list: timezone = "Europe/London".'
    )
    holidays: Annotated[str, AfterValidator(readers.holidays)] = Key(
        description='A country, or a part of one: holidays = "GB-ENG".'
    )
    good_times: Annotated[str, AfterValidator(readers.good_times)] = Key(
        default=str(GoodTimes.DEFAULT),
        description='Days and times by the 24-hour clock: "Mon-Fri 12:30-14:00".',
    )
    small_region: Annotated[int, Key(ge=1, le=MOST)] = Key(
        default=3, description="A number: members below which a region is never named."
    )
    regions: Annotated[
        list[Words], Key(min_length=1), AfterValidator(readers.different)
    ] = Key(description='At least one, each once: regions = ["North", "South"].')
    partners: Annotated[list[str], AfterValidator(readers.mailboxes)] = Key(
        default_factory=list,
        description='E-mail addresses: partners = ["board@example.org"].',
    )
    channels: ChannelsFile = Key(description="Write a section [channels].")
    topics: Annotated[
        list[TopicFile], Key(min_length=1), AfterValidator(_topics_differ)
    ] = Key(description="Write at least one section [[topics]]; each word once.")
    roles: Annotated[
        dict[
            Annotated[str, AfterValidator(readers.person)],
            Annotated[Role, Key(strict=False)],
        ],
        BeforeValidator(readers.each_once),
        AfterValidator(readers.somebody_coordinates),
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
