"""How long each class of what is kept is kept."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """From when on each class is forgotten; the considered values, to be changed."""

    overheard: timedelta = timedelta(days=90)  #: replies in threads nobody tracks
    sent: timedelta = timedelta(days=180)  #: the words of messages that have gone
    originals: timedelta = timedelta(days=365)  #: e-mails that replies came in
    answers: timedelta = timedelta(days=365)  #: who comes to a call, after it
    asked: timedelta = timedelta(days=730)  #: who was asked and what they did with it
    audit: timedelta = timedelta(days=2190)  #: what coordinators and operators did
