"""Small plain pages, for whoever follows a link from a letter.

Each needs nothing else: no script, no picture, nothing from another address. They read
well on a phone, in the light or the dark, and by a screen reader.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_TEMPLATES = Environment(
    loader=PackageLoader("bot.views", "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8").strip()
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()

#: What a browser may do with such a page: show it, in our style, and send its form.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button that sends *name* and *value* to the page's own address."""

    label: str
    name: str = "act"
    value: str
    first: bool = False  #: what most people come for
    chosen: bool | None = None  #: one of several answers: whether it is given now


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says, in plain words; they are escaped when it is written."""

    title: str
    words: str  #: an empty line between two paragraphs
    presses: Sequence[Press] = ()
    lead: str = ""  #: what matters most, larger, before the words
    small: str = ""  #: at the foot


def html(community: str, page: Page) -> str:
    """*page* of *community*, written out."""
    style = Markup(_STYLE)  # noqa: S704 - our own file, without a word of anybody's
    written = _TEMPLATES.get_template("page.html.j2")
    return written.render(community=community, page=page, style=style)


def masked(address: str) -> str:
    """An address so that its owner knows it and nobody else does: "j…@example.org"."""
    name, at, host = address.rpartition("@")
    return f"{name[:1]}…{at}{host}"


#: A page about the address that updates go to.
AboutAddress = Callable[[str], Page]
LEAVE, REJOIN = "leave", "rejoin"  #: what the buttons of the update's pages send


def leaving(address: str) -> Page:
    """Ask whether somebody wishes no more updates; nothing has happened yet."""
    return Page(
        "Stop the monthly update?",
        f"The monthly update goes to {masked(address)}.\n\n"
        "If you press the button, no more will be sent there. Questions put to you and "
        "other letters are not changed by this.",
        [Press(label="Stop the monthly update", value=LEAVE, first=True)],
        small="Until you press it, nothing is changed.",
    )


def left(address: str) -> Page:
    """No more updates go there, since now or for some time."""
    return Page(
        "No more updates",
        f"The monthly update is not sent to {masked(address)} any more.\n\n"
        "Changed your mind, or pressed by mistake?",
        [Press(label="Undo: send it again", value=REJOIN)],
        small="You can come back to this page by the same link.",
    )


def back(address: str) -> Page:
    """They get updates again."""
    return Page(
        "You will get the update again",
        f"The next monthly update will be sent to {masked(address)}.",
        [Press(label="Stop the monthly update", value=LEAVE)],
    )


def declined(advice: str) -> Page:
    """What was asked for is not to be had; *advice* says what to do."""
    return Page("That was not possible", advice)


FORGOTTEN = Page(
    "Nothing is kept of this any more",
    "The letter that this link came with is no longer on record, and nothing is sent "
    "because of it.\n\n"
    "If a letter reaches you all the same, reply to it: a coordinator reads it, and "
    "will stop it.",
)
NOT_OURS = Page(
    "This link does not work",
    "It may have been cut short on its way, or is for something else. Nothing was "
    "changed.\n\n"
    "Try the link in the letter again. If that does not help, reply to the letter: a "
    "coordinator reads it and will do it for you.",
)
TOO_OLD = Page(
    "This link is too old",
    "It was sent a long time ago and cannot be used any more. Nothing was changed.\n\n"
    "Use the link in the newest letter you have from us; or reply to that letter: a "
    "coordinator reads it and will do it for you.",
)
NOT_THERE = Page(
    "There is nothing here",
    "Links from our letters lead to pages of their own; this is none of them.",
)
FAILED = Page(
    "Something went wrong",
    "Nothing was changed. Please try again in a minute.\n\n"
    "If it goes wrong again, reply to the letter that you had the link from.",
)
