"""A letter from a file (.eml), as mail programs save it.

Nothing in such a file can be relied on: what is broken is read as well as it can be,
and what is no letter of a person is refused with what to do instead. The parser's
older policy is used, since the newer one fails on headers that are wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

from bot.domain.elsewhere import WORDS, Original
from bot.domain.texts import keepable, visible
from bot.gateways import eml_refusals
from bot.gateways.eml_html import text_of
from bot.gateways.eml_lines import flowed, unwrapped
from bot.gateways.eml_refusals import MOST, NotRead
from bot.gateways.eml_reply import forwarded, split

__all__ = ["Emailed", "NotRead", "parse", "read_eml"]

LETTER = "message/rfc822"
MOST_TEXT = 200_000  #: characters of a body that are read; a reply is at its top
_PASSED_ON = ("fw:", "fwd:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Emailed:
    """What somebody wrote in an e-mail, and what is known of it."""

    sender: str  #: an address, lower case; "" where the file shows none
    subject: str
    sent_at: datetime | None  #: aware, UTC
    text: str  #: what they wrote, without what they answer and sign with
    rest: str  #: the subject, and what was left out of the text
    body: str  #: all of its text, as its reader sees it
    attachments: int  #: files that came with it; they are not kept
    passed_on_by: str  #: the address of whoever forwarded it; "" if nobody did
    original: Original

    @property
    def whole(self) -> str:
        """Everything that can be read of it."""
        return f"{self.subject}\n\n{self.body}"


def read_eml(path: Path) -> Emailed:
    """Read the letter in the file at *path*.

    Raises:
        NotRead: it cannot be read, or is no letter of a person; it says what to do.
    """
    try:
        size = path.stat().st_size
        if size > MOST:
            raise eml_refusals.too_large(size)
        return parse(path.read_bytes())
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise NotRead(f"{path} cannot be opened ({why}).") from None


def parse(content: bytes) -> Emailed:
    """Read the letter that *content* is.

    Raises:
        NotRead: it is no letter of a person; it says what to do.
    """
    try:
        return _parse(content)
    except RecursionError:
        raise NotRead(
            "Its parts are wrapped in one another too deeply to be read. Paste its "
            "words in Slack: Needs you, Add a reply received elsewhere."
        ) from None


def _parse(content: bytes) -> Emailed:
    letter = message_from_bytes(content.removeprefix(b"\xef\xbb\xbf"))
    eml_refusals.check(content, letter)
    inner = _attached_letter(letter)
    if inner is not None:
        eml_refusals.check_kind(inner)
        return _read(inner, content, passed_on_by=_sender(letter))
    return _read(letter, content)


def _read(letter: Message, content: bytes, *, passed_on_by: str = "") -> Emailed:
    body, sender = _body(letter), _sender(letter)
    subject = _header(letter, "Subject")
    passed = forwarded(body) if subject.lower().startswith(_PASSED_ON) else None
    if passed is not None:
        sender, passed_on_by = passed.sender, passed_on_by or sender
    parts = split(passed.text if passed else body)
    attachments = sum(1 for _ in _attachments(letter))
    return Emailed(
        sender=sender,
        subject=subject,
        sent_at=_sent_at(letter),
        text=parts.own,
        rest=f"{subject}\n\n{parts.rest}".strip(),
        body=body,
        attachments=attachments,
        passed_on_by=passed_on_by,
        original=_original(letter, content, f"{subject}\n\n{body}"),
    )


def _original(letter: Message, content: bytes, words: str) -> Original:
    """What is kept of the letter: as it came, but never a file that came with it."""
    told = sha256(content).hexdigest()
    if any(_is_file(part) for part in _leaves(letter)):
        return Original(kind=WORDS, content=words.encode(), digest=told)
    return Original(kind=LETTER, content=content, digest=told)


def _attached_letter(letter: Message) -> Message | None:
    """The one letter that is attached to another which passes it on."""
    held = [part for part in letter.walk() if part.get_content_type() == LETTER]
    inner = held[0].get_payload() if len(held) == 1 else None
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        return inner[0] if _sender(inner[0]) else None
    return None


def _body(letter: Message) -> str:
    """The text of a letter, as a reader sees it."""
    plain = [_plain(part) for part in _leaves(letter) if _holds(part, "text/plain")]
    shown = "\n\n".join(filter(visible, plain))
    if not shown:
        marked = [_decoded(one) for one in _leaves(letter) if _holds(one, "text/html")]
        shown = "\n\n".join(text_of(one) for one in marked)
    return keepable(shown[:MOST_TEXT]).strip()


def _leaves(letter: Message) -> Iterator[Message]:
    """The parts of a letter that hold something, but not those of letters within."""
    if letter.get_content_type() == LETTER or not letter.is_multipart():
        yield letter
        return
    for part in letter.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part)


def _holds(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind and not part.get_filename()


def _is_file(part: Message) -> bool:
    return not (_holds(part, "text/plain") or _holds(part, "text/html"))


def _attachments(letter: Message) -> Iterator[Message]:
    """Files that came with the letter; pictures in its text and seals are none."""
    for part in _leaves(letter):
        drawn = part.get_content_maintype() == "image" and part["Content-ID"]
        sealed = part.get_content_type().endswith("-signature")
        if _is_file(part) and not drawn and not sealed:
            yield part


def _plain(part: Message) -> str:
    text = _decoded(part)[:MOST_TEXT]
    if str(part.get_param("format", "")).lower() == "flowed":
        delete = str(part.get_param("delsp", "")).lower() == "yes"
        return flowed(text, delete_space=delete)
    return unwrapped(text)


def _decoded(part: Message) -> str:
    """The words of a part in the letters they were written in, as far as they can be.

    Programs that name the smallest character sets mean Windows' own.
    """
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    named = _charset(part)
    small = named in {"", "us-ascii", "ascii", "iso-8859-1", "latin-1"}
    for charset in ("utf-8", "cp1252") if small else (named, "utf-8", "cp1252"):
        try:
            return _lines(content.decode(charset))
        except (LookupError, UnicodeError):
            continue
    return _lines(content.decode("cp1252", errors="replace"))


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset("")).strip()
    except (LookupError, UnicodeError, ValueError):
        return ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")


def _header(letter: Message, name: str) -> str:
    """A header in words, on one line."""
    found = str(letter.get(name, ""))
    try:
        found = str(make_header(decode_header(found)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        pass_through = found.encode("ascii", errors="replace")
        found = pass_through.decode()
    return keepable(" ".join(found.split()))


def _sender(letter: Message) -> str:
    _, address = parseaddr(str(letter.get("From", "")))
    return keepable(address).strip().lower() if "@" in address else ""


def _sent_at(letter: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(letter.get("Date", "")))
        aware = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
