"""Trying the mail server without sending anything."""

import ssl
from smtplib import SMTP, SMTP_SSL, SMTPAuthenticationError, SMTPException
from typing import Literal

PATIENCE = 10  #: seconds for each step

Protection = Literal["smtp", "smtp+starttls", "smtps"]


class MailRefused(Exception):
    """The mail server cannot be used. Its text says why and what to mend."""


def try_server(
    *,
    host: str,
    port: int,
    protection: Protection,
    user: str | None = None,
    password: str | None = None,
    trust: ssl.SSLContext | None = None,
) -> None:
    """Connect, encrypt and log in as letters will be; the certificate is checked.

    *trust* says whom to believe; without it, those whom the machine believes.

    Raises:
        MailRefused: one of these steps failed; it says which, and never the password.
    """
    where = f"{host}:{port}"
    trust = trust or ssl.create_default_context()
    try:
        with _connected(host, port, protection, trust) as server:
            if protection == "smtp+starttls":
                server.starttls(context=trust)
            if user:
                server.login(user, password or "")
    except SMTPAuthenticationError as error:
        raise MailRefused(
            f"{where} does not accept the user name and password "
            f"({error.smtp_code}). Mend them in SMTP_URL"
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise MailRefused(
            f"{where} has a certificate that cannot be trusted "
            f"({error.verify_message}). Use the name that is on the certificate"
        ) from None
    except (SMTPException, OSError) as error:
        raise MailRefused(
            f"{where} cannot be used ({type(error).__name__}). Check the server, port "
            "and kind (smtp, smtp+starttls or smtps) in SMTP_URL, and the firewall"
        ) from None


def _connected(
    host: str, port: int, protection: Protection, trust: ssl.SSLContext
) -> SMTP:
    if protection == "smtps":
        return SMTP_SSL(host, port, timeout=PATIENCE, context=trust)
    return SMTP(host, port, timeout=PATIENCE)
