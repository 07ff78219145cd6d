"""Links that prove themselves: what they are for and whom they are for is signed."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import quote

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

LIVES = timedelta(days=400)  #: an update of a year ago can still be left by its link


class Purpose(StrEnum):
    """What a link lets its holder do; a link for one thing never does another."""

    UNSUBSCRIBE = "unsubscribe"  #: subject: a recipient's id
    EDITION = "edition"  #: subject: an edition's id, and its audience: "7:members"
    CALENDAR = "calendar"  #: subject: a member's id
    CALL = "call"  #: subject: a call's version and a member, to say who comes: "7:m1"


class LinkForged(Exception):
    """Nobody here made that link, or it is for something else."""


class LinkTooOld(Exception):
    """It was made here, too long ago."""


@dataclass(frozen=True, slots=True)
class Links:
    """The bot's own pages, under the address at which people reach them."""

    public: str  #: "https://convenor.example.org/", with the slash
    secret: str

    def to(self, purpose: Purpose, subject: str) -> str:
        """The address of the page for *purpose* about *subject*."""
        token = self._signer(purpose).dumps(subject)
        return f"{self.public}{purpose.value}/{quote(str(token))}"

    def read(self, purpose: Purpose, token: str, *, lives: timedelta = LIVES) -> str:
        """The subject of a link for *purpose*.

        Raises:
            LinkForged, LinkTooOld: it is not to be followed.
        """
        try:
            subject = self._signer(purpose).loads(token, int(lives.total_seconds()))
        except SignatureExpired:
            raise LinkTooOld from None
        except BadSignature:
            raise LinkForged from None
        return str(subject)

    def _signer(self, purpose: Purpose) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret, salt=f"convenor {purpose.value}")
