"""Reaching the mail server: connect, encrypt, log in."""

import ssl
from dataclasses import dataclass, field
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPException,
    SMTPResponseException,
)
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Literal

Protection = Literal["smtp", "smtp+starttls", "smtps"]

_MEND = (
    "Check the server, port and kind (smtp, smtp+starttls or smtps) in SMTP_URL, "
    "and the firewall"
)


class MailRefused(Exception):
    """The mail server cannot be used. Its text says why and what to mend.

    It concerns every letter, and never repeats a password, an address or a text.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """The mail server that takes our letters, and who we are to it."""

    host: str
    port: int
    protection: Protection = "smtp+starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def where(self) -> str:
        """The server as a person would write it."""
        return f"{self.host}:{self.port}"


def connected(server: SmtpServer, *, trust: ssl.SSLContext, patience: float) -> SMTP:
    """A connection that is greeted, encrypted as asked, and logged in.

    *trust* says whose certificates to believe; *patience* is in seconds, for each
    step. A server that does not offer the encryption asked for is never used without.

    Raises:
        MailRefused: one of these steps failed.
    """
    try:
        smtp = _greeted(server, trust, patience)
        try:
            _secured(smtp, server, trust)
        except BaseException:
            smtp.close()
            raise
    except (SMTPException, OSError, UnicodeError) as error:
        raise MailRefused(_why(server, error)) from None
    return smtp


def _greeted(server: SmtpServer, trust: ssl.SSLContext, patience: float) -> SMTP:
    if server.protection == "smtps":
        return SMTP_SSL(server.host, server.port, timeout=patience, context=trust)
    return SMTP(server.host, server.port, timeout=patience)


def _secured(smtp: SMTP, server: SmtpServer, trust: ssl.SSLContext) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.protection == "smtp+starttls":
        _offered(smtp, server, "starttls", "STARTTLS, and letters never go unencrypted")
        smtp.starttls(context=trust)
        smtp.ehlo_or_helo_if_needed()  # anew: what was said unencrypted is forgotten
    if server.user:
        _offered(smtp, server, "auth", "a log-in, which the user in SMTP_URL asks for")
        smtp.login(server.user, server.password or "")
    if smtp.sock:  # a letter's last dot follows at once, without waiting for an answer
        smtp.sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)


def _offered(smtp: SMTP, server: SmtpServer, extension: str, words: str) -> None:
    if not smtp.has_extn(extension):
        raise MailRefused(f"{server.where} does not offer {words}. {_MEND}")


def _why(server: SmtpServer, error: Exception) -> str:
    """What went wrong, without a word of the server's: it may repeat what we said."""
    if isinstance(error, SMTPAuthenticationError):
        return (
            f"{server.where} does not accept the user name and password "
            f"({error.smtp_code}). Mend them in SMTP_URL"
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"{server.where} has a certificate that cannot be trusted "
            f"({error.verify_message}). Use the name that is on the certificate"
        )
    if isinstance(error, UnicodeError):
        return "The user name and password in SMTP_URL must be without accents"
    how = type(error).__name__
    if isinstance(error, SMTPResponseException):
        how = str(error.smtp_code)
    return f"{server.where} cannot be used ({how}). {_MEND}"
