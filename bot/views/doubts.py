"""Letters of an update that did not go, or may not have: a coordinator decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.views import blocks
from bot.views.blocks import Block
from bot.views.mrkdwn import counted, escape

DOUBT_FORM = "edition_doubts"
MOST_NAMED = 40  #: letters listed one by one
AGAIN, STOP = "again", "stop"
_A_BLOCK = 8  #: lines that fit one block, however long an address is


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A letter that waits for a decision."""

    who: str
    address: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """The letters of an edition that did not go, or may not have."""

    edition: int
    month: str
    in_doubt: int
    failed: int
    doubtful: Sequence[Waiting]  #: the first of them
    unsent: Sequence[Waiting]
    gone: int  #: among those listed: mailboxes that are no more


def doubts_form(shown: Doubts) -> Block:
    """Who did not get their letter, or may not have; and what to do about it."""
    parts = [blocks.text(f"*The update for {escape(shown.month)}*\n{told(shown)}")]
    parts += _listed("May have arrived", shown.doubtful, shown.in_doubt)
    parts += _listed("Did not go", shown.unsent, shown.failed)
    options = []
    if shown.failed:
        options.append((AGAIN, "Try again those that did not go"))
    if shown.gone:
        mailboxes = counted(shown.gone, "mailbox that is", "mailboxes that are")
        options.append((STOP, f"Send no more updates to the {mailboxes} no more"))
    if options:
        parts.append(
            blocks.several(
                "decide",
                "What shall I do?",
                options,
                kind="checkboxes",
                hint="The others are left as they are. A letter that may have arrived "
                "is never sent again.",
            )
        )
    return blocks.form(
        DOUBT_FORM,
        "Letters to decide on",
        parts,
        submit="Done",
        close="Close",
        about=str(shown.edition),
    )


def told(shown: Doubts) -> str:
    """How many letters wait, and for what."""
    parts = []
    if shown.in_doubt:
        parts.append(f"{counted(shown.in_doubt, 'letter')} may have arrived, or not.")
    if shown.failed:
        parts.append(f"{counted(shown.failed, 'letter')} did not go.")
    return " ".join(parts) or "No letter waits any more."


def _listed(heading: str, some: Sequence[Waiting], number: int) -> Iterator[Block]:
    if not some:
        return
    rows = [
        f"• {escape(one.who)} ({escape(one.address)}): {escape(one.why)}"
        for one in some
    ]
    if number > len(some):
        rows.append(f"… and {number - len(some)} more: `convenor edition status`")
    yield blocks.text(f"*{heading}*")
    for start in range(0, len(rows), _A_BLOCK):
        yield blocks.text("\n".join(rows[start : start + _A_BLOCK]))
