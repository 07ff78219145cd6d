"""Writing a letter: its headers, and its parts as mail programs expect them.

Text and HTML are alternatives. An invitation to a call is a third alternative, which is
what shows *Accept*, and an attachment, which is what calendars import. Every part is
ASCII in short lines, so that no server on the way has a reason to rewrite it.
"""

import re
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import MIMEPart
from email.utils import format_datetime
from html import escape
from typing import Any

from bot.gateways.mail_headers import (
    AS_WRITTEN,
    Unfit,
    address,
    given,
    mailbox,
    message_id,
    name_and_address,
    words,
)
from bot.ports import Message, Receipt

#: Automatic replies to an automatic letter help nobody. Reports of letters that could
#: not be delivered (NDR) are wanted: somebody must learn of them.
SUPPRESSED = "DR, RN, NRN, OOF, AutoReply"

METHODS = frozenset({"REQUEST", "CANCEL", "PUBLISH"})
_MESSAGE_ID = re.compile(r"<[^\s<>@]+@[^\s<>@]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter ready to go: the envelope, and the bytes inside."""

    id: str  #: the Message-ID, with its brackets
    sender: str  #: the address alone
    to: str  #: the only recipient
    raw: bytes

    @property
    def needs_utf8(self) -> bool:
        """Only a server with SMTPUTF8 can take it."""
        return not self.to.isascii()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: "Our community <community@example.org>", and who is answered.

    Raises:
        Unfit: on making one whose addresses are none.
    """

    sender: str
    reply_to: str | None = None

    def __post_init__(self) -> None:
        for one in (self.sender, self.reply_to):
            if one and not name_and_address(one)[1].isascii():
                raise Unfit("our own addresses must be without accents")

    def write(
        self, message: Message, *, at: datetime, answers: Receipt | None = None
    ) -> Letter:
        """The letter that *message* asks for, dated *at* (aware).

        The same message at the same moment is the same bytes. *answers* is the receipt
        of an earlier letter, under which mail programs show this one.

        Raises:
            Unfit: it cannot be written; it says why.
        """
        body, (_, sender) = message.body, name_and_address(self.sender)
        root = _parts(body, mark=message_id(message.key, "")[1:17])
        letter_id = message_id(message.key, sender.rpartition("@")[2])
        to = address(message.to)
        for name, value in {
            "From": mailbox("From", *name_and_address(self.sender)),
            "To": mailbox("To", body.get("name"), to),
            "Subject": words("Subject", str(body["subject"])),
            "Date": format_datetime(at),
            "Message-ID": letter_id,
            **_answering(answers),
            **self._replies(body),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": SUPPRESSED,
            **_brought(body),
            "MIME-Version": "1.0",
        }.items():
            root[name] = value
        return Letter(id=letter_id, sender=sender, to=to, raw=root.as_bytes())

    def _replies(self, body: Mapping[str, Any]) -> dict[str, str]:
        reply_to = body.get("reply_to") or self.reply_to
        if not reply_to:
            return {}
        written = mailbox("Reply-To", *name_and_address(reply_to))
        if not written.isascii():
            return {}  # not every server could take it; replies reach the sender
        return {"Reply-To": written}


def _answering(answers: Receipt | None) -> dict[str, str]:
    if answers is None or not _MESSAGE_ID.fullmatch(answers.ts):
        return {}  # it answers nothing, or something in Slack
    return {"In-Reply-To": answers.ts, "References": answers.ts}


def _brought(body: Mapping[str, Any]) -> dict[str, str]:
    """The headers that the letter brings along; a mailing says that it is one."""
    fill = body.get("fill") or {}
    brought = {
        name: given(name, _filled(value, fill))
        for name, value in (body.get("headers") or {}).items()
    }
    return {"Precedence": "bulk", **brought} if body.get("bulk") else brought


def _parts(body: Mapping[str, Any], *, mark: str) -> MIMEPart:
    fill = body.get("fill") or {}
    escaped = {token: escape(value) for token, value in fill.items()}
    ways = [_text("plain", _filled(str(body["text"]), fill))]
    if body.get("html"):
        ways.append(_text("html", _filled(body["html"], escaped)))
    calendar = body.get("calendar")
    if not calendar:
        return _several("alternative", ways, f"=_shown_{mark}")
    if calendar["method"] not in METHODS:
        raise Unfit("a calendar entry asks for what mail programs do not know")
    ways.append(_text("calendar", calendar["ics"], method=calendar["method"]))
    shown = _several("alternative", ways, f"=_shown_{mark}")
    return _several("mixed", [shown, _entry(calendar["ics"])], f"=_{mark}")


def _text(kind: str, text: str, *, method: str | None = None) -> MIMEPart:
    part = MIMEPart(policy=AS_WRITTEN)
    says = f"; method={method}" if method else ""
    part["Content-Type"] = f'text/{kind}; charset="utf-8"{says}'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    lines = _unix(text).encode("utf-8", "replace")
    part.set_payload(b2a_qp(lines, istext=True).decode("ascii"))
    return part


def _entry(ics: str) -> MIMEPart:
    """The calendar entry as a file, byte for byte."""
    part = MIMEPart(policy=AS_WRITTEN)
    part["Content-Type"] = 'application/ics; name="invite.ics"'
    part["Content-Disposition"] = 'attachment; filename="invite.ics"'
    part["Content-Transfer-Encoding"] = "base64"
    whole = _unix(ics).replace("\n", "\r\n").encode("utf-8", "replace")
    part.set_payload(encodebytes(whole).decode("ascii"))
    return part


def _several(kind: str, parts: list[MIMEPart], boundary: str) -> MIMEPart:
    """Parts together. "=_" stands in no part: neither encoding ever writes it.

    No boundary may begin like the one around it: some programs read no further.
    """
    whole = MIMEPart(policy=AS_WRITTEN)
    whole["Content-Type"] = f'multipart/{kind}; boundary="{boundary}"'
    for one in parts:
        whole.attach(one)
    return whole


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _filled(text: str, fill: Mapping[str, str]) -> str:
    """*text* with its placeholders filled, in one pass: what fills is not filled."""
    if not fill:
        return text
    tokens = "|".join(map(re.escape, sorted(fill, key=len, reverse=True)))
    return re.sub(tokens, lambda token: fill[token[0]], text)
