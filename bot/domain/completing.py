"""Completing a draft: places for replies that have come, changed, or lost theirs.

A digest is drafted once from everything; from then on what coordinators and
contributors did to it stays, and only the replies concerned are placed anew.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.collation import (
    Contribution,
    Draft,
    Entry,
    Place,
    Section,
    collate,
)
from bot.domain.digests import Line, LineId
from bot.domain.sentences import split
from bot.domain.threads import Reply, ReplyId


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line that the draft is to have, and the replies it also speaks for."""

    reply: ReplyId
    section: Section
    text: str
    grouped: tuple[ReplyId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where replies go: every one of them is in exactly one of the three."""

    lines: Sequence[NewLine]
    joined: Mapping[ReplyId, LineId]  #: said already by a line that is there
    unquoted: Mapping[ReplyId, tuple[Place, str | None]]  #: kept, withdrawn or hidden


def contribution(reply: Reply) -> Contribution:
    """*reply* as the engine reads it; its author as mentions in Slack name them."""
    return Contribution(
        id=reply.id,
        author=reply.author_slack or reply.author or f"somebody {reply.id}",
        text=reply.text,
        withdrawn=reply.withdrawn_at is not None,
        hidden=reply.hidden_at is not None,
    )


def drafted(draft: Draft) -> Places:
    """The places that the engine gave to every reply of a thread."""
    lines = [
        NewLine(
            reply=ReplyId(line.contribution),
            section=line.section,
            text=line.text,
            grouped=tuple(map(ReplyId, line.grouped)),
        )
        for line in draft.lines
    ]
    return Places(lines=lines, joined={}, unquoted=_unquoted(draft.ledger))


def places(replies: Sequence[Reply], lines: Sequence[Line]) -> Places:
    """Places for *replies* beside the *lines* that stay as they are.

    A bare agreement is not guessed to go with any line: it is kept.
    """
    there = {line.reply: line for line in lines}
    unquoted: dict[ReplyId, tuple[Place, str | None]] = {}
    views = []
    for reply in replies:
        alone = collate([contribution(reply)])
        unquoted |= _unquoted(alone.ledger)
        views += [contribution(reply)] if alone.lines else []
    draft = collate([*map(_as_said, there.values()), *views])
    unquoted |= {r: at for r, at in _unquoted(draft.ledger).items() if r not in there}
    led = [_without(line, there.keys()) for line in drafted(draft).lines]
    return Places(
        lines=[line for line in led if line.reply not in there],
        joined={
            reply: there[line.reply].id
            for line in led
            if line.reply in there
            for reply in line.grouped
        },
        unquoted=unquoted,
    )


def retaken(reply: Reply) -> str | None:
    """The words that now speak for *reply*; None when it says nothing to quote."""
    draft = collate([contribution(reply)])
    return draft.lines[0].text if draft.lines else None


def stands(line: str, text: str) -> bool:
    """Whether *line* is still whole sentences of *text*, word for word."""
    sentences = split(text)
    starts = {sentence.start for sentence in sentences}
    ends = {sentence.end for sentence in sentences}
    at = text.find(line)
    while at >= 0:
        if at in starts and at + len(line) in ends:
            return True
        at = text.find(line, at + 1)
    return False


def _without(line: NewLine, there: Collection[ReplyId]) -> NewLine:
    """*line* speaking only for those that have no line of their own."""
    return replace(line, grouped=tuple(one for one in line.grouped if one not in there))


def _as_said(line: Line) -> Contribution:
    return Contribution(
        id=line.reply, author=line.author or f"somebody {line.reply}", text=line.text
    )


def _unquoted(ledger: Sequence[Entry]) -> dict[ReplyId, tuple[Place, str | None]]:
    return {
        ReplyId(entry.contribution): (entry.place, entry.reason)
        for entry in ledger
        if entry.line is None
    }
