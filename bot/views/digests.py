"""How digests look to members, in Slack."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.collation import Section
from bot.views import blocks
from bot.views.blocks import Block
from bot.views.mrkdwn import CHUNK, chunks, counted, escape, link, plain, quote, shorten

HEADINGS = {
    Section.AGREE: "Where we agree",
    Section.DIFFER: "Where we differ",
    Section.DEPENDS: "It depends",
    Section.ONE: "One colleague’s experience",
}
RESOURCES, STILL_OPEN = "Resources", "Still open"

#: Characters of text in one message; Slack refuses blocks that hold much more.
MOST_TEXT = 11_000
_ADDRESS = 1000  #: characters of an address that is worth linking


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing somebody said, as plain text."""

    text: str
    who: str  #: as they are named to members; "" where they are not
    address: str | None  #: where they said it
    changed: bool = False  #: its author gave these words afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A resource: a link, a file or a guideline."""

    kind: str
    label: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage:
    """A digest as members read it, wherever they do."""

    digest: int
    community: str
    title: str
    question: str  #: the whole question, as plain text; "" where the title holds it
    asked_by: str
    thread: str | None  #: its thread's address
    sections: Sequence[tuple[str, Sequence[Said]]]  #: heading, lines; none is empty
    note: str  #: the coordinator's own words
    note_by: str
    resources: Sequence[Offered]
    still_open: Sequence[Said]
    replies: int
    people: int
    date: str  #: "Tue 9 Jun, 12:30"

    @property
    def accounted(self) -> str:
        """The promise, in figures: every reply is in."""
        return (
            f"{counted(self.replies, 'reply', 'replies')} from "
            f"{counted(self.people, 'person', 'people')}: "
            "all shown or accounted for"
        )


def messages(page: DigestPage) -> list[dict[str, Any]]:
    """The post and what continues it in its thread, each within Slack's limits."""
    summary = f"A digest: {page.accounted}"
    pages = _pages([*_opening(page), *_body(page), *_closing(page)])
    return [
        {
            "text": summary if number == 0 else "The digest, continued",
            "blocks": part,
        }
        for number, part in enumerate(pages)
    ]


def emptied() -> dict[str, Any]:
    """What stands where a part of a digest is no longer needed."""
    told = "Nothing is left here."
    return {"text": told, "blocks": [blocks.text(told)]}


def pointer(page: DigestPage, address: str | None) -> dict[str, Any]:
    """The word in the thread that its digest is there."""
    where = link(address, "Read the digest") if address else "See the digests channel"
    return {
        "text": f"This thread has a digest: {page.accounted}",
        "blocks": [
            blocks.text(f"*This thread has been collated.* {where}"),
            blocks.small(f"{page.accounted}. Something missing? Reply here."),
        ],
    }


def _opening(page: DigestPage) -> Iterator[Block]:
    yield blocks.header(page.title)
    if page.question:
        yield blocks.text(quote(page.question))
    asked = f"Asked by {escape(page.asked_by)}" if page.asked_by else ""
    see = link(page.thread, "see the thread") if page.thread else ""
    yield blocks.small(" · ".join(filter(None, (asked, page.date, see))))


def _body(page: DigestPage) -> Iterator[Block]:
    for heading, said in page.sections:
        yield blocks.text(f"*{plain(heading, 300)}*")
        for one in said:
            yield from shown(one)
    if page.note:
        by = f", from {escape(page.note_by)}" if page.note_by else ""
        yield blocks.text(f"*The coordinator’s note{by}*\n{plain(page.note, 2800)}")


def _closing(page: DigestPage) -> Iterator[Block]:
    if page.resources:
        yield blocks.text(f"*{RESOURCES}*")
        for some in _bunches([f"• {offered(one)}" for one in page.resources]):
            yield blocks.text(some)
    if page.still_open:
        yield blocks.text(f"*{STILL_OPEN}*")
        for one in page.still_open:
            yield from shown(one)
    yield blocks.small(f"{page.accounted}.")


def shown(said: Said) -> Iterator[Block]:
    """One thing said, whole, however long: who said it stands under the last block."""
    pieces = chunks(said.text)
    for piece in pieces[:-1]:
        yield blocks.text(quote(piece))
    yield blocks.text(f"{quote(pieces[-1], 2750)}\n{by(said)}")


def by(said: Said) -> str:
    """Whose words they are, and where they stand."""
    more = "in words they gave later" if said.changed else ""
    see = link(said.address, "in the thread") if said.address else ""
    parts = filter(None, (escape(shorten(said.who, 80)), more, see))
    return f"— {' · '.join(parts)}"


def offered(one: Offered) -> str:
    """A resource, as escaped mrkdwn."""
    label = shorten(one.label, 200)
    fits = one.url is not None and len(one.url) <= _ADDRESS
    return link(one.url or "", label) if fits else escape(label)


def _bunches(lines: Sequence[str]) -> Iterator[str]:
    """*lines* joined into as few paragraphs as fit."""
    held = ""
    for line in lines:
        if held and len(held) + len(line) > CHUNK:
            yield held
            held = ""
        held = f"{held}\n{line}" if held else line
    if held:
        yield held


def _pages(parts: Sequence[Block]) -> list[list[Block]]:
    """*parts* as messages of a size that Slack takes."""
    found: list[list[Block]] = [[]]
    room = MOST_TEXT
    for part in parts:
        size = len(str(part.get("text") or part.get("elements")))
        if found[-1] and (len(found[-1]) == blocks.MOST_IN_MESSAGE or size > room):
            found.append([])
            room = MOST_TEXT
        found[-1].append(part)
        room -= size
    return found
