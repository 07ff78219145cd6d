"""What differs between one machine and another: read once from .env and environment.

A variable in the environment wins over the same one in ``.env``; an empty value counts
as unset. Secrets are wrapped, and no error repeats a value.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings import values
from bot.settings.mail import MailServer, mail_server
from bot.settings.names import Dotenv, misspelt_in_environment
from bot.settings.problems import Problem, SettingsWrong
from bot.settings.values import duration, token

#: Our words for what pydantic finds; what is not here says it well enough itself.
WORDS = {
    "int_parsing": "should be a whole number",
    "bool_parsing": "should be true or false",
}
#: What is of no use without another.
GO_WITH = {"SMTP_URL": "SMTP_FROM", "PUBLIC_URL": "LINK_SECRET"}

Seconds = Annotated[timedelta, duration("seconds", 0)]


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

    slack_bot_token: Annotated[SecretStr, token("xoxb")] = Field(
        default=SecretStr(""),
        description='Copy "Bot User OAuth Token" from your Slack app\'s page '
        '"OAuth & Permissions".',
    )
    slack_app_token: Annotated[SecretStr, token("xapp")] = Field(
        default=SecretStr(""),
        description='Make one on your Slack app\'s page "Basic Information", under '
        '"App-Level Tokens", with the scope connections:write.',
    )
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""),
        description='Copy "Signing Secret" from your Slack app\'s page "Basic '
        'Information". Only convenor run --http uses it.',
    )
    slack_api_url: Annotated[str, AfterValidator(values.api_url)] = Field(
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
    watchdog_seconds: Annotated[timedelta, duration("seconds", 5)] = Field(
        default=timedelta(seconds=60),
        description="Seconds without a sign of life from Slack before the bot "
        "reconnects.",
    )
    database_url: Annotated[SecretStr, AfterValidator(values.database_url)] = Field(
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
    tick: Annotated[timedelta, duration("seconds", 0.01)] = Field(
        default=timedelta(seconds=1),
        description="Seconds between two looks at what is waiting; 1 suits everybody.",
    )
    catch_up_days: Annotated[timedelta, duration("days", 1)] = Field(
        default=timedelta(days=14),
        description="Days a thread is read again, whole, after the bot was away.",
    )
    inbox_keep_days: Annotated[timedelta, duration("days", 1)] = Field(
        default=timedelta(days=30),
        description="Days an event is kept once it is dealt with.",
    )
    smtp_url: Annotated[SecretStr, AfterValidator(values.mail_url)] = Field(
        default=SecretStr(""),
        description="Write smtp+starttls://user:password@host:587, or leave it out: "
        "letters then wait, and are shown as waiting.",
    )
    smtp_from: Annotated[str, AfterValidator(values.address)] | None = Field(
        default=None,
        description="The address letters come from, such as "
        '"Our community <community@example.org>".',
    )
    public_url: Annotated[str, AfterValidator(values.public_url)] | None = Field(
        default=None,
        description="The https address that your reverse proxy passes on to the bot, "
        "such as https://convenor.example.org; leave it out to have no pages.",
    )
    link_secret: Annotated[SecretStr, AfterValidator(values.long_secret)] = Field(
        default=SecretStr(""),
        description="Make one with: python3 -c "
        "'import secrets; print(secrets.token_urlsafe(48))'",
    )
    web_host: Annotated[str, AfterValidator(values.host)] = Field(
        default="127.0.0.1",
        description="Keep 127.0.0.1 where the reverse proxy runs on this machine; "
        "inside a container write 0.0.0.0.",
    )
    web_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=8070,
        description="The port, from 1 to 65535, that the reverse proxy passes on to.",
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
    health_host: Annotated[str, AfterValidator(values.loopback)] = Field(
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


def read(
    dotenv: Path = Path(".env"), *, slack: bool = True, http: bool = False
) -> Settings:
    """Read the settings; with *slack* False the tokens may be missing.

    With *http* Slack's events are to come over HTTP: that needs the signing secret,
    and no app-level token.

    Raises:
        SettingsWrong: lists every problem there is, with how to mend each.
    """
    written = Dotenv(dotenv)
    filled = written.filled() | {name.upper() for name, v in os.environ.items() if v}
    settings, wrong = _load(dotenv if written.readable else None)
    problems = [
        *_missing(filled, slack=slack, http=http),
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


def _missing(filled: set[str], *, slack: bool, http: bool) -> Iterator[Problem]:
    listening = "SLACK_SIGNING_SECRET" if http else "SLACK_APP_TOKEN"
    wanted = ["SLACK_BOT_TOKEN", listening] if slack else []
    wanted += [needed for given, needed in GO_WITH.items() if given in filled]
    for name in wanted:
        if name not in filled:
            mend = Settings.model_fields[name.lower()].description or ""
            yield Problem(name, "is missing", mend)
