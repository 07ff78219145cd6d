"""The ledger of a digest: where every reply went, and why. For coordinators alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.collation import Place, Reason
from bot.domain.digests import Kept
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.desk import turn
from bot.views.mrkdwn import counted, link, plain, quote

LEDGER_FORM = "digest_ledger"
ENTRIES_A_PAGE = 30
_ENTRY = 300  #: characters shown of a reply

REASONS: Mapping[str, str] = {
    Kept.THANKS: "thanks, or agreement with nothing in particular",
    Kept.REPEATED: "another line says it",
    Kept.ELSEWHERE: "a link, a file, or it belongs elsewhere",
    Kept.LEFT_OUT: "its author asked to be left out",
    Kept.NOT_CONFIRMED: "its author did not say yes",
    Kept.LATE: "it came after the digest was published",
    Kept.LINE_GONE: "the line that spoke for it was taken down",
    Reason.QUESTION: "a question asked back",
    Reason.LENGTH: "no room for it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """Where one reply went."""

    who: str
    place: Place
    reason: str
    line: int | None  #: the number of the line that quotes it or speaks for it
    text: str
    address: str | None
    came: str = ""  #: how it came, where it was received elsewhere: "by e-mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Where every reply went."""

    digest: int
    title: str
    entries: Sequence[LedgerEntry]


def ledger(shown: Ledger, page: int = 0) -> Block:
    """Where every reply went and why, a page at a time."""
    pages = max(1, -(-len(shown.entries) // ENTRIES_A_PAGE))
    page = min(max(page, 0), pages - 1)
    here = shown.entries[page * ENTRIES_A_PAGE :][:ENTRIES_A_PAGE]
    back = Button(
        label="Back to the draft", action="open_digest", value=str(shown.digest)
    )
    parts = [
        blocks.buttons(back),
        blocks.text(f"*{plain(shown.title, 300)}*\n{_counts(shown)}"),
        *(blocks.text(_entry(one)) for one in here),
    ]
    if pages > 1:
        parts += turn("digest_ledger", shown.digest, page, pages)
    return blocks.form(LEDGER_FORM, "The ledger", parts, close="Close")


def _counts(shown: Ledger) -> str:
    found = dict.fromkeys(Place, 0)
    for one in shown.entries:
        found[one.place] += 1
    said = (f"{number} {_PLACES[place]}" for place, number in found.items() if number)
    every = counted(len(shown.entries), "reply", "replies")
    return f"{every}: {', '.join(said)}. Unassigned: 0."


_PLACES = {
    Place.QUOTED: "quoted",
    Place.GROUPED: "grouped",
    Place.KEPT: "kept, not quoted",
    Place.WITHDRAWN: "withdrawn",
    Place.HIDDEN: "hidden by the guard",
}


def _entry(one: LedgerEntry) -> str:
    where = _PLACES[one.place]
    if one.place is Place.GROUPED and one.line:
        where = f"grouped with line {one.line}"
    elif one.place is Place.QUOTED and one.line:
        where = f"quoted, line {one.line}"
    why = f": {REASONS.get(one.reason, one.reason)}" if one.reason else ""
    see = f" · {link(one.address, 'see it')}" if one.address else ""
    said = f"\n{quote(one.text, _ENTRY)}" if one.text else ""
    came = f" {one.came}" if one.came else ""
    return f"*{plain(one.who, 100)}*{came} · {where}{why}{see}{said}"
