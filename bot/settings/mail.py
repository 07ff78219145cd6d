"""Where letters leave: one address says host, port, encryption, user and password."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import SecretStr


class Encryption(StrEnum):
    """How the connection to the mail server is protected; also the address's scheme."""

    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


USUAL_PORTS = {Encryption.NONE: 25, Encryption.STARTTLS: 587, Encryption.TLS: 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The mail server that takes our letters."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: SecretStr | None = None


def mail_server(url: str) -> MailServer:
    """Read ``smtp+starttls://user:password@host:587``.

    Raises:
        ValueError: *url* is not such an address. Its text says which part is wrong and
            never repeats a value: an address holds a password.
    """
    parts = _split(url)
    encryption = Encryption(parts.scheme)
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or USUAL_PORTS[encryption],
        encryption=encryption,
        user=unquote(parts.username) if parts.username else None,
        password=SecretStr(unquote(parts.password)) if parts.password else None,
    )


def _split(url: str) -> SplitResult:
    wrong = _wrong_with(url)
    if wrong:
        raise ValueError(wrong)
    return urlsplit(url)


def _wrong_with(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "has brackets where none can be"
    if parts.scheme not in set(Encryption):
        return "should begin with smtp://, smtp+starttls:// or smtps://"
    if parts.path.strip("/") or parts.query or parts.fragment:
        return "has a /, ? or # after the server (in a password write %2F, %3F, %23)"
    return _wrong_with_server(parts)


def _wrong_with_server(parts: SplitResult) -> str | None:
    try:
        parts.port  # noqa: B018 -- reading the port is what checks it
    except ValueError:
        return "has a port that is not a number from 0 to 65535"
    return None if parts.hostname else "names no mail server after the //"
