"""What a setting's value must be like: each refuses what it is not, and says why.

No error repeats a value: it may be a secret.
"""

import re
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationInfo

from bot.settings.mail import mail_server

UNITS = {"seconds": timedelta(seconds=1), "days": timedelta(days=1)}
LONGEST = 100_000  #: seconds or days; far beyond any sensible value
SECRET = 32  #: characters at least of a secret that we sign with


def duration(unit: str, least: float) -> BeforeValidator:
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


def token(prefix: str) -> AfterValidator:
    """Takes a Slack token that begins with *prefix*, or none at all."""
    shape = re.compile(rf"{prefix}-[^\s]+")

    def check(value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and not shape.fullmatch(text):
            raise ValueError(f"should begin with {prefix}- and hold no spaces")
        return value

    return AfterValidator(check)


def api_url(value: str) -> str:
    """Take the address of a Web API, and end it in a slash."""
    _web(value)
    return value.rstrip("/") + "/"


def public_url(value: str) -> str:
    """Take the address at which people reach the bot's pages, ended in a slash.

    What people are sent by it must not be read on the way: only a machine of its own
    (a demo, a test) may do without https.
    """
    parts = _web(value)
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError("should be a plain address, without ?, # or a user")
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise ValueError("should begin with https://")
    return value.rstrip("/") + "/"


def _web(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 -- reading the port is what checks it
    except ValueError:
        raise ValueError("is not an address that can be read") from None
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError("should be an address beginning with https:// or http://")
    return parts


def long_secret(value: SecretStr) -> SecretStr:
    """Take a secret that nobody can guess, or none at all."""
    if 0 < len(value.get_secret_value()) < SECRET:
        raise ValueError(f"should be at least {SECRET} characters long")
    return value


def host(value: str) -> str:
    """Take the name or the address of a machine, without a port."""
    if re.fullmatch(r"[A-Za-z0-9.-]+", value):
        return value
    try:
        return str(ip_address(value))
    except ValueError:
        said = "should be an address of this machine, without a port"
        raise ValueError(said) from None


def database_url(value: SecretStr) -> SecretStr:
    """Take the address of a database of either kind."""
    scheme = value.get_secret_value().partition("://")[0]
    if scheme.partition("+")[0] not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError("should begin with sqlite:/// or postgresql://")
    return value


def mail_url(value: SecretStr) -> SecretStr:
    """Take the address of a mail server, or none at all."""
    if value.get_secret_value():
        mail_server(value.get_secret_value())
    return value


def address(value: str) -> str:
    """Take an e-mail address, with a name or without."""
    try:
        validate_email(value, check_deliverability=False, allow_display_name=True)
    except EmailNotValidError:
        raise ValueError("is not an e-mail address") from None
    return value


def loopback(value: str, info: ValidationInfo) -> str:
    """Take this machine's own address, or any where HEALTH_ANYWHERE says so."""
    if not info.data.get("health_anywhere") and not is_loopback(value):
        raise ValueError("is not this machine's own (loopback) address")
    return value


def is_loopback(name: str) -> bool:
    """Whether only this machine can be reached by *name*."""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
