"""What a mail server's answers mean for one letter: wait, give up, or nobody knows.

The reasons are for coordinators: words and codes of ours, never the server's own words,
which like to repeat the address.
"""

import re
from enum import Enum

from bot.gateways.mail_server import MailRefused
from bot.ports import NotSent

_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?!\d)")


class Step(Enum):
    """Where in handing over a letter an answer came."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    LETTER = "letter"  #: before the letter's text
    END = "end"  #: after its last dot


class Later(Exception):
    """The server asks for patience with this one letter. Its text says where."""


#: What is wrong with the mailbox, by the enhanced code (RFC 3463, Exchange's too).
MAILBOX = {
    "5.1.1": "the mailbox does not exist",
    "5.1.10": "the mailbox does not exist",
    "5.1.2": "the address's domain does not exist",
    "5.1.3": "the address is not one that a letter can go to",
    "5.1.6": "the mailbox has moved, and left no address",
    "5.2.0": "the mailbox cannot take letters",
    "5.2.1": "the mailbox is closed",
    "5.2.2": "the mailbox is full",
    "5.2.3": "the letter is larger than the mailbox takes",
    "5.4.4": "the address's domain takes no mail",
    "5.7.1": "the mail server may not deliver to this address, or not from us",
    "5.7.13": "the mailbox is closed",
}

#: The same by the plain code, for servers that say no more.
PLAIN = {
    501: "the address is not one that a letter can go to",
    550: "the mailbox does not exist, or takes no letters from us",
    551: "the mailbox is not on this mail server",
    552: "the mailbox is full",
    553: "the address is not one that a letter can go to",
}

#: The server wants to know us first, or has lost the thread: no mailbox is at fault.
ABOUT_US = frozenset({500, 502, 503, 504, 530, 535, 538})

TOO_LARGE = 552
_WHERE = {
    Step.RECIPIENT: "this address",
    Step.LETTER: "this letter",
    Step.END: "this letter",
}


def refused(
    step: Step, code: int, reply: bytes, *, where: str
) -> MailRefused | NotSent | Later:
    """What an answer other than yes means. The letter did not go.

    *where* names the server. ``MailRefused``: it is about us or the server, and
    concerns every letter.
    """
    if _is_about_us(step, code):
        return MailRefused(
            f"{where} takes no letters from us ({code}). Check the sender's address, "
            "and the user and password in SMTP_URL"
        )
    if code < 500:  # noqa: PLR2004 - SMTP's "not now"
        return Later(f"{where} asks for patience with {_WHERE[step]} ({code})")
    words = _mailbox(code, reply) if step is Step.RECIPIENT else _letter(code, reply)
    return NotSent(f"{words} ({code})", permanent=True)


def _is_about_us(step: Step, code: int) -> bool:
    if step is Step.SENDER:
        return code != TOO_LARGE
    return step is not Step.END and code in ABOUT_US


def _mailbox(code: int, reply: bytes) -> str:
    said = MAILBOX.get(_enhanced(reply))
    return said or PLAIN.get(code) or "the mail server refuses this address"


def _letter(code: int, reply: bytes) -> str:
    """Some servers look for the mailbox only once they have the letter."""
    enhanced = _enhanced(reply)
    if enhanced.startswith(("5.1.", "5.2.")) and enhanced in MAILBOX:
        return MAILBOX[enhanced]
    if code == TOO_LARGE:
        return "the letter is larger than the mail server takes"
    return "the mail server refuses what the letter says, or who sends it"


def _enhanced(reply: bytes) -> str:
    found = _ENHANCED.match(reply)
    return found[0].decode() if found else ""
