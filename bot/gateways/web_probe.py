"""Whether the public address leads to us: asked as a browser would ask, once."""

import ssl
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

PATIENCE = 5  #: seconds for the whole way there and back
LARGEST = 1000  #: bytes of an answer that are looked at
OURS = b"Convenor answers."


class NotOurs(Exception):
    """Something else answers there, or nothing does; the text says which."""


def try_address(public: str) -> None:
    """Ask the public door at *public*, which ends in a slash, whether it is ours.

    No redirect is followed, and a certificate that cannot be checked is a failure.

    Raises:
        NotOurs: what came instead of our answer.
    """
    parts = urlsplit(public)
    encrypted = parts.scheme == "https"
    kind = HTTPSConnection if encrypted else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.request("GET", f"{parts.path}health")
        _judge(connection.getresponse())
    except ssl.SSLCertVerificationError as error:
        raise NotOurs(f"its certificate is refused: {error.verify_message}") from None
    except (OSError, HTTPException) as error:
        raise NotOurs(f"it does not answer ({type(error).__name__})") from None
    finally:
        connection.close()


def _judge(answer: HTTPResponse) -> None:
    said = answer.read(LARGEST)
    if answer.status != 200 or OURS not in said:  # noqa: PLR2004 - "there it is"
        raise NotOurs(f"something else answers there (status {answer.status})")
