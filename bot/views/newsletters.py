"""The monthly update as people read it: a letter in HTML and in text, and its page.

The HTML is written in MJML, which every mail program shows alike, with the styles on
each element; what dark screens and phones need stays together at the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from css_inline import CSSInliner
from mjml import mjml2html

from bot.domain.editions import Audience
from bot.domain.texts import keepable
from bot.ports import Letter
from bot.views.letters import render
from bot.views.mrkdwn import counted, listed

#: Stands for the reader's own way out, until their letter is sent.
UNSUBSCRIBE = "@@unsubscribe@@"

_INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One line of a digest, as approved."""

    heading: str  #: of its section
    text: str
    who: str  #: as they are named to these readers; "" where they are not


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A digest, in short."""

    key: str
    title: str
    accounted: str  #: "9 replies from 7 people: all shown or accounted for"
    excerpts: Sequence[Excerpt]
    more: int  #: lines that are not among the excerpts
    address: str | None  #: where the whole digest is


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """An open question that needs help."""

    key: str
    title: str
    topics: str  #: "FIT and NG12"; "" where none is known
    asker: str  #: "" where they are not named
    closes: str
    heard: str  #: "no replies yet"
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A call that is confirmed."""

    key: str
    title: str
    when: str
    how: str  #: how to join; "" for readers who are not invited


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """One edition for one audience, put together from what has been approved."""

    community: str
    month: str  #: "October 2026"
    audience: Audience
    note: str  #: the coordinator's own words
    note_by: str  #: "" where they are not named
    stories: Sequence[Story]
    questions: Sequence[Help]
    calls: Sequence[Coming]
    contact: str  #: the address that answers go to; "" where there is none
    by_link: bool = False  #: readers have a link of their own to stop the update
    page: str | None = None  #: where it can be read in a browser
    preview: bool = False  #: nobody's own letter

    @property
    def subject(self) -> str:
        """What a mailbox shows: no person's words."""
        return f"{self.community}: update for {self.month}"

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it but perhaps a note."""
        return not (self.stories or self.questions or self.calls)

    @property
    def keys(self) -> frozenset[str]:
        """What is in it, by key."""
        calls = (one.key for one in self.calls)
        asked = (one.key for one in self.questions)
        return frozenset([*(one.key for one in self.stories), *asked, *calls])

    @property
    def stamp(self) -> str:
        """What is in it, as a short mark: another one where anything differs."""
        told = (
            self.note,
            [(one.key, one.title, tuple(one.excerpts)) for one in self.stories],
            [(one.key, one.title) for one in self.questions],
            list(self.calls),
        )
        return sha256(repr(told).encode()).hexdigest()[:16]

    @property
    def in_short(self) -> str:
        """What is in it, in figures: "2 digests, 1 question and 1 call"."""
        counts = (
            (len(self.stories), counted(len(self.stories), "digest")),
            (len(self.questions), _questions(len(self.questions))),
            (len(self.calls), counted(len(self.calls), "call") + " to come"),
        )
        said = [words for number, words in counts if number]
        return listed(said) or f"Nothing was published in {self.month}"

    @property
    def for_members(self) -> bool:
        """Whether it is written for members."""
        return self.audience is Audience.MEMBERS


def letter(news: Newsletter) -> Letter:
    """What every letter of the edition shares; ``fill`` is each reader's own."""
    made: Letter = {
        "subject": news.subject,
        "text": text(news),
        "html": html(news),
        "headers": _headers(news),
        "bulk": True,
    }
    if news.contact:
        made["reply_to"] = news.contact
    return made


def html(news: Newsletter) -> str:
    """The edition as one page that needs nothing else: no image, font or script."""
    written = keepable(render("edition.mjml", **_values(news)))
    return _INLINER.inline(mjml2html(written, fonts={}))


def text(news: Newsletter) -> str:
    """The edition as plain text, from its own template."""
    return render("edition.txt", **_values(news))


def way_out(contact: str, link: str | None) -> dict[str, str]:
    """What stands for the placeholder in one reader's letter."""
    return {UNSUBSCRIBE: link or (_mailto(contact) if contact else "")}


def as_preview(page: str) -> str:
    """A frozen edition without anybody's own link."""
    return page.replace(UNSUBSCRIBE, "#")


def _values(news: Newsletter) -> dict[str, object]:
    return {
        "news": news,
        "unsubscribe": "#" if news.preview else UNSUBSCRIBE,
        "mailto": _mailto(news.contact) if news.contact else "",
    }


def _headers(news: Newsletter) -> dict[str, str]:
    """How a mail program stops the update for its reader, and sorts it."""
    ways = [f"<{UNSUBSCRIBE}>"] if news.by_link else []
    if news.contact:
        ways.append(f"<{_mailto(news.contact)}>")
    made = {"List-Id": f"<update.{news.contact.rpartition('@')[2] or 'invalid'}>"}
    if ways:
        made["List-Unsubscribe"] = ", ".join(ways)
    if news.by_link:
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return made


def _mailto(address: str) -> str:
    return f"mailto:{address}?subject=Unsubscribe"


def _questions(number: int) -> str:
    needs = "needs" if number == 1 else "need"
    return f"{counted(number, 'question')} that {needs} help"
