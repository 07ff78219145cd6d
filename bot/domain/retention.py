"""How long each class of what is kept is kept.

Questions, replies in tracked threads, digests, editions and calls are the archive: they
stay until somebody is erased. Events are a setting of the machine (INBOX_KEEP_DAYS).
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta

from bot.domain.times import Almanac

#: By the wall clock: never between one and two, which some days lack and others repeat.
NIGHTLY = time(3, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """From when on each class is forgotten; the considered values, to be changed.

    ``asked`` also holds the caps (contacts a week, asks a month), so it is never
    shorter than two months.
    """

    overheard: timedelta = timedelta(days=90)  #: replies in threads nobody tracks
    sent: timedelta = timedelta(days=180)  #: the words of messages that have gone
    originals: timedelta = timedelta(days=365)  #: e-mails that replies came in
    answers: timedelta = timedelta(days=365)  #: who comes to a call, after it
    mailed: timedelta = timedelta(days=365)  #: who was sent which monthly update
    asked: timedelta = timedelta(days=730)  #: who was asked and what they did with it
    audit: timedelta = timedelta(days=2190)  #: what coordinators and operators did

    def limits(self, now: datetime) -> Iterator[tuple[str, datetime]]:
        """Each class, and the moment before which it is forgotten at *now*."""
        for field in fields(self):
            yield field.name, now - getattr(self, field.name)


def night_of(now: datetime, almanac: Almanac) -> str | None:
    """The local date whose night's work may be done at *now*; None before it is time.

    A bot that was down at night does it when it is back, the same day.
    """
    local = almanac.local(now)
    return local.date().isoformat() if local.time() >= NIGHTLY else None
