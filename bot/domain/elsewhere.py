"""Replies received elsewhere: by e-mail, by phone, on paper, in a corridor."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.domain.guard import Verdict, inspect
from bot.domain.members import MemberId
from bot.domain.threads import Via

LONGEST = 9_000  #: characters of a reply that the bot posts in one message
WORDS = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A reply as it came. ``kind`` is a media type."""

    kind: str
    content: bytes
    digest: str  #: SHA-256 of what came, so that it is known when it comes again


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What somebody answered elsewhere, as it is handed in."""

    question: int
    author: MemberId
    via: Via
    text: str
    said_at: datetime | None = None  #: community time; None: nobody said when
    named: bool = True  #: False: their name is left off
    original: Original | None = None  #: None: the words themselves
    around: str = ""  #: what stood around the words: guarded too, never posted


def words_alone(author: MemberId, text: str) -> Original:
    """*text* as the original of what *author* said: two may say the same words."""
    told = sha256(f"{author}\n{squeezed(text)}".encode())
    return Original(kind=WORDS, content=text.encode(), digest=told.hexdigest())


def to_keep(received: Received) -> Original:
    """What is kept as the original of *received*.

    Where something around the words might identify a patient, the words alone are
    kept; what came is still known when it comes again.
    """
    words = words_alone(received.author, received.text)
    original = received.original
    if original is None:
        return words
    if inspect(received.around).verdict is Verdict.PASS:
        return original
    return Original(kind=words.kind, content=words.content, digest=original.digest)


def said_when(said: datetime | None, *, asked: datetime, now: datetime) -> datetime:
    """When a reply was said: as its letter has it, if that can be true; else *now*."""
    if said is not None and asked <= said <= now:
        return said
    return now


def squeezed(text: str) -> str:
    """*text* without what e-mail programs change: case and the space between words."""
    return " ".join(text.casefold().split())
