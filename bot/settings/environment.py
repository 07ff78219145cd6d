"""What differs between one machine and another: read once from .env and environment.

A variable in the environment wins over the same one in ``.env``; an empty value counts
as unset. Secrets are wrapped, and no error repeats a value.
"""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings.mail import MailServer, mail_server
from bot.settings.names import Dotenv, misspelt_in_environment
from bot.settings.problems import Problem, SettingsWrong

UNITS = {"seconds": timedelta(seconds=1), "days": timedelta(days=1)}
#: Our words for what pydantic finds; what is not here says it well enough itself.
WORDS = {
    "int_parsing": "should be a whole number",
    "bool_parsing": "should be true or false",
}
LONGEST = 100_000  #: seconds or days; far beyond any sensible value


def _duration(unit: str, least: float) -> BeforeValidator:
    """Reads a plain number of *unit* as a timedelta, refusing less than *least*."""

    def read(value: object) -> timedelta:
        if isinstance(value, timedelta):
            return value
        try:
            number = float(str(value))
        except ValueError:
            raise ValueError(f"should be a number of {unit}") from None
        if not least <= number <= LONGEST:
            raise ValueError(f"should be from {least:g} to {LONGEST} {unit}")
        return number * UNITS[unit]

    return BeforeValidator(read)


def _token(prefix: str) -> AfterValidator:
    shape = re.compile(rf"{prefix}-[^\s]+")

    def check(value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and not shape.fullmatch(text):
            raise ValueError(f"should begin with {prefix}- and hold no spaces")
        return value

    return AfterValidator(check)


def _api_url(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        raise ValueError("is not an address that can be read") from None
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError("should be an address beginning with https:// or http://")
    return value.rstrip("/") + "/"


def _database_url(value: SecretStr) -> SecretStr:
    scheme = value.get_secret_value().partition("://")[0]
    if scheme.partition("+")[0] not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError("should begin with sqlite:/// or postgresql://")
    return value


def _mail_url(value: SecretStr) -> SecretStr:
    if value.get_secret_value():
        mail_server(value.get_secret_value())
    return value


def _address(value: str) -> str:
    try:
        validate_email(value, check_deliverability=False, allow_display_name=True)
    except EmailNotValidError:
        raise ValueError("is not an e-mail address") from None
    return value


def _loopback(value: str, info: ValidationInfo) -> str:
    if info.data.get("health_anywhere") or value == "localhost":
        return value
    try:
        loopback = ip_address(value).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ValueError("is not this machine's own (loopback) address")
    return value


Seconds = Annotated[timedelta, _duration("seconds", 0)]


class Settings(BaseSettings):
    """The settings. Each field is the variable of the same name in capitals.

    A field's description says how to mend it; ``.env.example`` shows every one.
    """

    model_config = SettingsConfigDict(
        env_ignore_empty=True,
        extra="ignore",  # misspelt names are looked for separately, with advice
        frozen=True,
        hide_input_in_errors=True,
    )

    slack_bot_token: Annotated[SecretStr, _token("xoxb")] = Field(
        default=SecretStr(""),
        description='Copy "Bot User OAuth Token" from your Slack app\'s page '
        '"OAuth & Permissions".',
    )
    slack_app_token: Annotated[SecretStr, _token("xapp")] = Field(
        default=SecretStr(""),
        description='Make one on your Slack app\'s page "Basic Information", under '
        '"App-Level Tokens", with the scope connections:write.',
    )
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        default="https://slack.com/api/",
        description="Leave it out unless the bot is to use another Slack-compatible "
        "server.",
    )
    slack_channel_pause: Seconds = Field(
        default=timedelta(seconds=1),
        description="Seconds between two posts in one channel; Slack allows about "
        "one a second.",
    )
    socket_connections: Annotated[int, Field(ge=1, le=10)] = Field(
        default=2, description="Connections kept open to Slack: 1 to 10, usually 2."
    )
    watchdog_seconds: Annotated[timedelta, _duration("seconds", 5)] = Field(
        default=timedelta(seconds=60),
        description="Seconds without a sign of life from Slack before the bot "
        "reconnects.",
    )
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] = Field(
        default=SecretStr("sqlite:///convenor.db"),
        description="For a file write sqlite:///convenor.db; for PostgreSQL "
        "postgresql://user:password@host/name.",
    )
    community_file: Path = Field(
        default=Path("community.toml"),
        description="The file that describes your community; copy "
        "community.example.toml to begin.",
    )
    community_clock_file: Path | None = Field(
        default=None,
        description="Leave it out: only play and tests move the community's clock.",
    )
    tick: Annotated[timedelta, _duration("seconds", 0.01)] = Field(
        default=timedelta(seconds=1),
        description="Seconds between two looks at what is waiting; 1 suits everybody.",
    )
    catch_up_days: Annotated[timedelta, _duration("days", 1)] = Field(
        default=timedelta(days=14),
        description="Days a thread is read again, whole, after the bot was away.",
    )
    inbox_keep_days: Annotated[timedelta, _duration("days", 1)] = Field(
        default=timedelta(days=30),
        description="Days an event is kept once it is dealt with.",
    )
    smtp_url: Annotated[SecretStr, AfterValidator(_mail_url)] = Field(
        default=SecretStr(""),
        description="Write smtp+starttls://user:password@host:587, or leave it out: "
        "letters then wait, and are shown as waiting.",
    )
    smtp_from: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None,
        description="The address letters come from, such as "
        '"Our community <community@example.org>".',
    )
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)
    ] = Field(default="INFO", description="Write DEBUG, INFO, WARNING or ERROR.")
    log_format: Annotated[Literal["json", "text"], BeforeValidator(str.lower)] = Field(
        default="json", description="Write json (for machines) or text (for people)."
    )
    health_anywhere: bool = Field(
        default=False,
        description="Write true only where something else guards the port.",
    )
    health_host: Annotated[str, AfterValidator(_loopback)] = Field(
        default="127.0.0.1",
        description="Keep 127.0.0.1, so that only this machine can ask; elsewhere "
        "needs HEALTH_ANYWHERE=true as well.",
    )
    health_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=8071,
        description="A port from 1 to 65535, or 0 to switch health pages off.",
    )

    @property
    def mail(self) -> MailServer | None:
        """Where letters leave; None while letters must wait."""
        url = self.smtp_url.get_secret_value()
        return mail_server(url) if url else None


#: Every setting's name as people write it.
NAMES = tuple(name.upper() for name in Settings.model_fields)


def read(dotenv: Path = Path(".env"), *, slack: bool = True) -> Settings:
    """Read the settings; with *slack* False the two tokens may be missing.

    Raises:
        SettingsWrong: lists every problem there is, with how to mend each.
    """
    written = Dotenv(dotenv)
    filled = written.filled() | {name.upper() for name, v in os.environ.items() if v}
    settings, wrong = _load(dotenv if written.readable else None)
    problems = [
        *_missing(filled, slack=slack),
        *wrong,
        *written.problems(NAMES),
        *misspelt_in_environment(NAMES, filled),
    ]
    if problems or settings is None:
        raise SettingsWrong(problems)
    return settings


def _load(dotenv: Path | None) -> tuple[Settings | None, list[Problem]]:
    sources: dict[str, Any] = {"_env_file": dotenv, "_env_file_encoding": "utf-8"}
    try:
        return Settings(**sources), []
    except ValidationError as wrong:
        return None, [_problem(error) for error in wrong.errors(include_url=False)]


def _problem(error: ErrorDetails) -> Problem:
    field = str(error["loc"][0])
    said = error["msg"].removeprefix("Value error, ").replace("Input should", "should")
    what = WORDS.get(error["type"], said)
    mend = Settings.model_fields[field].description or ""
    return Problem(field.upper(), what, mend)


def _missing(filled: set[str], *, slack: bool) -> Iterator[Problem]:
    wanted = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"] if slack else []
    if "SMTP_URL" in filled:
        wanted.append("SMTP_FROM")
    for name in wanted:
        if name not in filled:
            mend = Settings.model_fields[name.lower()].description or ""
            yield Problem(name, "is missing", mend)
