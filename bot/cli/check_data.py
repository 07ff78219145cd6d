"""``convenor check --data``: what the running settings do with people's data."""

from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from bot.domain.community import Community
from bot.settings import Encryption, Settings
from bot.views.dataflow import Flow, markdown, sheet

SECRETS = (
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "database_url",
    "smtp_url",
    "link_secret",
)
TRAVELS = {
    Encryption.NONE: "unencrypted",
    Encryption.STARTTLS: "encrypted by STARTTLS",
    Encryption.TLS: "encrypted by TLS",
}


class Format(StrEnum):
    """How the sheet is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"


def data_sheet(settings: Settings, community: Community, form: Format) -> str:
    """The data-flow sheet of these settings. It tries nothing and reads no data."""
    flow = _flow(settings, community)
    return sheet(flow) if form is Format.TEXT else markdown(flow)


def _flow(settings: Settings, community: Community) -> Flow:
    port = settings.health_port
    return Flow(
        community=community.name,
        database=_database(settings.database_url.get_secret_value()),
        retention=community.retention,
        inbox=settings.inbox_keep_days,
        slack=urlsplit(settings.slack_api_url).hostname or "",
        mail=_mail(settings),
        mail_from=settings.smtp_from,
        public=settings.public_url,
        health=f"{settings.health_host}:{port}" if port else None,
        partners=len(community.partners),
        secrets=_set(settings),
    )


def _database(url: str) -> str:
    """Where it is, without user and password."""
    parts = urlsplit(url)
    if parts.scheme.startswith("sqlite"):
        file = Path(url.partition("///")[2])
        return f"the SQLite file {file.absolute()}"
    host = parts.hostname or "this machine"
    return f"PostgreSQL on {host}, database {parts.path.lstrip('/')}"


def _mail(settings: Settings) -> str | None:
    server = settings.mail
    if server is None:
        return None
    return f"{server.host}:{server.port}, {TRAVELS[server.encryption]}"


def _set(settings: Settings) -> tuple[str, ...]:
    """The names of the secrets that are set, as people write them."""
    given = settings.model_fields_set
    return tuple(name.upper() for name in SECRETS if name in given)
