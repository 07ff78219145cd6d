"""Files that are no letter of a person, and what to do about each."""

import re
from email.message import Message

MOST = 10 * 1024 * 1024  #: bytes of a file

_OUTLOOKS_OWN = b"\xd0\xcf\x11\xe0"  #: how Outlook's .msg files begin
_HEADERS = ("From", "Date", "Subject", "Received", "Message-ID", "To")
_AWAY = re.compile(
    r"(?:automatic reply|auto(?:matic)?[ -]?response|out of (?:the )?office)\b",
    re.IGNORECASE,
)
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


class NotRead(Exception):
    """The file holds no reply that can be read. Its text says why, and what to do."""


def too_large(size: int) -> NotRead:
    """The file is too large to be read whole."""
    return NotRead(
        f"The file has {size / 1024 / 1024:.0f} MB, and at most 10 are read. Save the "
        "e-mail again without its attachments."
    )


def check(content: bytes, letter: Message) -> None:
    """Refuse a file that is no e-mail at all, or none that a person wrote.

    Raises:
        NotRead: with what to do instead.
    """
    if len(content) > MOST:
        raise too_large(len(content))
    if content.startswith(_OUTLOOKS_OWN):
        raise NotRead(
            "This is a file of Outlook’s own (.msg). Save the e-mail as .eml, or paste "
            "its words in Slack: Needs you, Add a reply received elsewhere."
        )
    if sum(name in letter for name in _HEADERS) < 2:  # noqa: PLR2004 - one is chance
        raise NotRead(
            "This is not an e-mail. In your mail program, save the reply as a file "
            "(.eml), and give that."
        )
    check_kind(letter)


def check_kind(letter: Message) -> None:
    """Refuse what machines write, and what cannot be opened.

    Raises:
        NotRead: with what to do instead.
    """
    if _answers_call(letter):
        raise NotRead(
            "This answers a calendar invitation. Note it with: "
            "convenor calls rsvp --file FILE"
        )
    if letter.get_content_type() == "multipart/report":
        raise NotRead(
            "This is a report by a mail server, not a reply: an e-mail may not have "
            "arrived. Check the member’s address."
        )
    if _automatic(letter):
        raise NotRead(
            "This was sent by a machine (an automatic reply), so there is nothing of "
            "the member’s own in it. If they are away, note it in their details."
        )
    if letter.get_content_type() in _SEALED:
        raise NotRead(
            "This e-mail is encrypted or sealed. Open it in your mail program, and "
            "paste its words in Slack: Needs you, Add a reply received elsewhere."
        )


def _automatic(letter: Message) -> bool:
    said = str(letter.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedence = str(letter.get("Precedence", "")).strip().lower()
    return (
        said not in {"no", ""}
        or precedence == "auto_reply"
        or "X-Autoreply" in letter
        or "X-Autorespond" in letter
        or bool(_AWAY.match(str(letter.get("Subject", "")).strip()))
    )


def _answers_call(letter: Message) -> bool:
    return any(
        part.get_content_type() == "text/calendar" and _is_answer(part)
        for part in letter.walk()
    )


def _is_answer(part: Message) -> bool:
    inside = part.get_payload(decode=True)
    named = str(part.get_param("method", "")).upper() == "REPLY"
    return named or (isinstance(inside, bytes) and b"METHOD:REPLY" in inside.upper())
