"""The coordinators' desk: a draft, in a form that works on a phone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.collation import Section
from bot.domain.lifecycle import DigestState
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.digests import (
    RESOURCES,
    STILL_OPEN,
    Offered,
    Said,
    by,
    offered,
)
from bot.views.mrkdwn import counted, escape, listed, plain, quote

DESK_FORM = "digest_desk"
LINES_A_PAGE = 20
LINE = 1500  #: characters shown of a line
_MOST_OPEN, _MOST_NAMES = 8, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One line of a draft, for a coordinator."""

    id: int
    section: Section
    said: Said
    state: str  #: how its author stands to it, in words
    named: bool = True  #: False: its author's name is left off
    doubtful: bool = False  #: the guard is not sure that no patient is described
    by_letter: bool = False  #: its author has no button to press


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A draft as coordinators see it."""

    digest: int
    version: int
    title: str
    state: DigestState
    headings: Mapping[Section, str]
    lines: Sequence[DeskLine]  #: in the order in which members read them
    note: str
    resources: Sequence[Offered]
    still_open: Sequence[Said]
    replies: int
    people: int
    kept: int  #: replies kept and not quoted
    unassigned: int  #: replies without a place
    waiting: Sequence[str]  #: whose word is waited for
    check_ends: str
    leaves: str  #: when it is published, once approved
    asked_here: bool  #: the thread was asked through the bot

    @property
    def editable(self) -> bool:
        """Whether coordinators may change it now."""
        return self.state in {DigestState.CHECKING, DigestState.READY}

    @property
    def ready(self) -> bool:
        """Whether it can be approved."""
        return self.state is DigestState.READY and not self.unassigned


def desk(shown: Desk, page: int = 0) -> Block:
    """The draft; long ones a page at a time. *Approve* only when it may be."""
    pages = max(1, -(-len(shown.lines) // LINES_A_PAGE))
    page = min(max(page, 0), pages - 1)
    here = shown.lines[page * LINES_A_PAGE :][:LINES_A_PAGE]
    parts = [
        blocks.text(f"*{plain(shown.title, 600)}*"),
        blocks.text(standing(shown)),
        blocks.buttons(*_acts(shown)),
        *_lines(shown, here, page),
    ]
    if page == pages - 1:
        parts += _rest(shown)
    if pages > 1:
        parts += turn("digest_page", shown.digest, page, pages)
    return blocks.form(
        DESK_FORM,
        "A draft digest",
        parts,
        submit="Approve" if shown.ready else None,
        close="Close",
        about=f"{shown.digest}:{shown.version}:{page}",
    )


def standing(shown: Desk) -> str:
    """Where the draft is, and what it waits for."""
    counts = (
        f"{counted(shown.replies, 'reply', 'replies')} from "
        f"{counted(shown.people, 'person', 'people')}, {len(shown.lines)} quoted."
    )
    return f"{_STATES[shown.state](shown)}\n{counts}"


def _checking(shown: Desk) -> str:
    names = list(shown.waiting[:_MOST_NAMES])
    if len(shown.waiting) > _MOST_NAMES:
        names.append(f"{len(shown.waiting) - _MOST_NAMES} more")
    silence = (
        "Those who say nothing until then are shown as they are."
        if shown.asked_here
        else "The thread was not asked through me: only those who say yes are quoted."
    )
    return (
        f"*Contributors are looking at their lines* until {shown.check_ends}. Waiting "
        f"for {escape(listed(names))}. {silence}"
    )


def _ready(shown: Desk) -> str:
    if shown.unassigned:
        return (
            f"*Not ready:* {counted(shown.unassigned, 'reply', 'replies')} without a "
            "place yet. Please open this again in a minute."
        )
    return "*Ready.* Read it, change what you wish, and approve it."


def _held(shown: Desk) -> str:
    return f"*Approved.* It leaves {shown.leaves}; until then it can be taken back."


def _published(_: Desk) -> str:
    return "*Published.*"


def _put_aside(_: Desk) -> str:
    return "*Put aside.* Collate the thread again instead."


_STATES: Mapping[DigestState, Callable[[Desk], str]] = {
    DigestState.DRAFT: _checking,
    DigestState.CHECKING: _checking,
    DigestState.READY: _ready,
    DigestState.HELD: _held,
    DigestState.PUBLISHED: _published,
    DigestState.WITHDRAWN: _put_aside,
}


def _acts(shown: Desk) -> list[Button]:
    value = str(shown.digest)
    row = [Button(label="Ledger", action="digest_ledger", value=f"{value}:0")]
    if shown.editable:
        row = [
            Button(label="Reword, add a note", action="digest_reword", value=value),
            *row,
            Button(label="Put aside…", action="digest_aside", value=value),
        ]
    if shown.state is DigestState.HELD:
        take_back = Button(
            label="Take back", action="digest_take_back", value=value, style="danger"
        )
        row = [take_back, *row]
    return row


def _lines(shown: Desk, here: Sequence[DeskLine], page: int) -> Iterator[Block]:
    section = None
    for line in here:
        if line.section is not section:
            section = line.section
            yield blocks.text(f"*{plain(shown.headings[section], 200)}*")
        menu = _menu(shown, line, page) if shown.editable else None
        yield blocks.text(quote(line.said.text, LINE), menu)
        doubt = ":warning: might describe a patient: please check" * line.doubtful
        yield blocks.small(by(line.said), line.state, doubt)


def _menu(shown: Desk, line: DeskLine, page: int) -> Block:
    options = [("up", "Move up"), ("move", "Move to…"), ("out", "Take out…")]
    asked_elsewhere = line.by_letter or not shown.asked_here
    if asked_elsewhere and not line.state.startswith("agreed"):
        options.append(("yes", "Its author has said yes"))
    if line.named:
        options.append(("nameless", "Its author wants no name"))
    about = f"{shown.digest}:{shown.version}:{page}:{line.id}"
    return blocks.menu("line_menu", [(f"{act}:{about}", say) for act, say in options])


def _rest(shown: Desk) -> Iterator[Block]:
    if shown.note:
        yield blocks.text(f"*The coordinator’s note*\n{plain(shown.note, 2800)}")
    if shown.resources:
        named = "\n".join(f"• {offered(one)}" for one in shown.resources[:_MOST_OPEN])
        more = _more(len(shown.resources))
        yield blocks.text(f"*{RESOURCES}*\n{named[:2700]}{more}")
    if shown.still_open:
        asked = shown.still_open[:_MOST_OPEN]
        named = "\n".join(quote(one.text, 300) for one in asked)
        yield blocks.text(f"*{STILL_OPEN}*\n{named}{_more(len(shown.still_open))}")
    if shown.kept:
        yield blocks.text(
            f"*Kept, not quoted*\n{counted(shown.kept, 'reply', 'replies')}: the "
            "ledger says why."
        )


def _more(number: int) -> str:
    return f"\n… and {number - _MOST_OPEN} more" if number > _MOST_OPEN else ""


def turn(action: str, digest: int, page: int, pages: int) -> Iterator[Block]:
    """Buttons to the pages before and after."""
    row = []
    if page:
        value = f"{digest}:{page - 1}"
        row.append(Button(label="Page before", action=action, value=value))
    if page + 1 < pages:
        value = f"{digest}:{page + 1}"
        row.append(Button(label="Next page", action=f"{action}:next", value=value))
    yield blocks.small(f"Page {page + 1} of {pages}")
    if row:
        yield blocks.buttons(*row)
