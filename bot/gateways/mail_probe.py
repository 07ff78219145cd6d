"""Trying the mail server without sending anything."""

import ssl
from contextlib import suppress
from smtplib import SMTPException

from bot.gateways.mail_server import MailRefused, SmtpServer, connected

__all__ = ["MailRefused", "try_server"]

PATIENCE = 10  #: seconds for each step


def try_server(server: SmtpServer, *, trust: ssl.SSLContext | None = None) -> None:
    """Connect, encrypt and log in as letters will be; the certificate is checked.

    *trust* says whom to believe; without it, those whom the machine believes.

    Raises:
        MailRefused: one of these steps failed; it says which, and never the password.
    """
    trust = trust or ssl.create_default_context()
    smtp = connected(server, trust=trust, patience=PATIENCE)
    with suppress(SMTPException, OSError):  # it took us, which is what was asked
        smtp.quit()
