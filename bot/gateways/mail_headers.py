"""What stands in a letter's headers: hostile text in, one safe line out.

Everything is encoded here, once, rather than by the library's own folding, which takes
encoded words that a person typed for its own and forgets the quotes of long names.
"""

import re
from email.header import Header
from email.policy import EmailPolicy
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email

EOL = "\r\n"
WIDTH = 76  #: characters a line, as RFC 2047 has it for encoded words
LONGEST = 990  #: characters a line may have at all, short of SMTP's 998

_CONTROLS = re.compile(r"\s*[\x00-\x1f\x7f-\x9f\u2028\u2029]+\s*")
_ATOM = r"[^\s\"(),:;<>@\[\\\]\x00-\x20\x7f-\x9f]+"
_ADDRESS = re.compile(rf"({_ATOM})@({_ATOM})")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_OURS = frozenset(
    (
        *("from", "sender", "to", "cc", "bcc", "reply-to", "subject", "date"),
        *("message-id", "mime-version", "received", "return-path"),
        *("auto-submitted", "x-auto-response-suppress"),
    )
)
_OURS_TOO = ("content-", "resent-")


class Unfit(Exception):
    """A letter that cannot be written. Its text never repeats an address or a text."""


class AsWritten(EmailPolicy):
    """Headers go out as they were put together here; none can begin another."""

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        """Keep *value* as it is.

        Raises:
            ValueError: a line in it does not continue the one before.
        """
        if re.search(r"[\r\n]", value.replace(f"{EOL} ", "")):
            raise ValueError(f"{name} would break into another header")
        return name, value


#: ``utf8`` lets an address outside ASCII through; everything else is ASCII by now.
AS_WRITTEN = AsWritten(linesep=EOL, refold_source="none", utf8=True)


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the letter with the outbox key *key*: stable, and says nothing.

    A letter sent twice by mistake has one Message-ID, so that mailboxes may see it.
    """
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def one_line(text: str) -> str:
    """*text* without line breaks and control characters: each run becomes a space."""
    sound = text.encode("utf-8", "replace").decode()  # half characters become "?"
    return _CONTROLS.sub(" ", sound).strip()


def words(name: str, text: str) -> str:
    """*text* as the value of header *name*: plain, or as encoded words."""
    line = one_line(text)
    charset = "us-ascii" if _is_plain(line) else "utf-8"
    header = Header(line, charset, header_name=name, maxlinelen=WIDTH)
    return header.encode(linesep=EOL)


def mailbox(header: str, name: str | None, address: str) -> str:
    """An address with the name of its owner, quoted as it must be."""
    line = one_line(name or "")
    if not line:
        return address
    quoted = line.replace("\\", "\\\\").replace('"', '\\"')
    phrase = f'"{quoted}"'
    if not _is_plain(line) or len(header) + len(phrase) > WIDTH:
        phrase = Header(line, "utf-8", header_name=header, maxlinelen=WIDTH).encode(
            linesep=EOL
        )
    last_line = phrase.rpartition(EOL)[2]
    fits = len(header) + len(last_line) + len(address) + len(": <>") <= WIDTH
    return f"{phrase} <{address}>" if fits else f"{phrase}{EOL} <{address}>"


def name_and_address(text: str) -> tuple[str | None, str]:
    """Read "Our community <community@example.org>", or an address alone.

    A name may hold commas, quoted or not.

    Raises:
        Unfit: there is no address that letters can come from or go to.
    """
    if not text.rstrip().endswith(">"):
        return None, address(text.strip())
    name, _, found = text.rstrip()[:-1].rpartition("<")
    name = name.strip()
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return name or None, address(found)


def address(text: str) -> str:
    """*text*, checked; a domain outside ASCII is written as the DNS has it.

    Raises:
        Unfit: it is not an address.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise Unfit("the address is not one that a letter can go to")
    local, domain = found.groups()
    return f"{local}@{domain if domain.isascii() else _ascii_domain(domain)}"


def given(name: str, value: str) -> str:
    """A header that the letter brings along, such as List-Unsubscribe.

    Addresses of web pages are left whole; lists break after their commas.

    Raises:
        Unfit: *name* is no header's, or one that only we write; or a line is too long.
    """
    lower = name.lower()
    if not _NAME.fullmatch(name) or lower in _OURS or lower.startswith(_OURS_TOO):
        raise Unfit("the letter brings a header that it may not")
    line = one_line(value)
    line = line if line.isascii() else words(name, line)
    if len(name) + len(line) > WIDTH:
        line = line.replace(", ", f",{EOL} ")
    if max(map(len, line.split(EOL))) > LONGEST:
        raise Unfit("the letter brings a header that is too long")
    return line


def _is_plain(line: str) -> bool:
    """Whether *line* may stand as it is; what looks encoded must be encoded."""
    if not line.isascii() or "=?" in line:
        return False
    return max(map(len, line.split(" "))) < WIDTH / 2  # so that it can be folded


def _ascii_domain(domain: str) -> str:
    try:
        checked = validate_email(f"x@{domain}", check_deliverability=False)
    except EmailNotValidError:
        raise Unfit("the address's domain is not one that a letter can go to") from None
    return checked.ascii_domain or ""
