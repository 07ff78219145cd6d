"""The draft of a digest, from reading the replies to the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.collation.asked import still_open
from bot.domain.collation.choosing import authors, choose
from bot.domain.collation.drafts import (
    Contribution,
    Draft,
    DraftLine,
    Entry,
    Place,
    Reason,
    Section,
)
from bot.domain.collation.grouping import (
    Group,
    fair_weights,
    groups,
    representatives,
)
from bot.domain.collation.likeness import neighbours, vectors
from bot.domain.collation.placing import place
from bot.domain.collation.reading import Reading, Sort, read
from bot.domain.collation.statements import Statement, statements
from bot.domain.collation.words import words
from bot.domain.resources import find_resources

USUAL_LINES = 14
_TELLING = 3  #: letters; a shorter part of a name may be any word
COMFORTABLE = 50  #: words a line has at most, unless a sentence is longer


@dataclass(frozen=True, slots=True)
class _Arranged:
    """Views, what each would be quoted as, and which say the same."""

    views: list[Reading]
    said: list[Statement]
    groups: list[Group]


def collate(
    contributions: Sequence[Contribution],
    *,
    lines: int = USUAL_LINES,
    comfortable: int = COMFORTABLE,
) -> Draft:
    """A draft of the digest of *contributions*, which are in the order they were made.

    Each contribution has exactly one entry in the ledger. Each line is word for word
    from its contribution, in whole sentences, with the sentences that qualify it. There
    are about *lines* lines, of about *comfortable* words at most: more, rather than
    leave somebody unheard, a dissent out, or a sentence cut.

    Raises:
        ValueError: *lines* or *comfortable* is less than 1, or an id comes twice.

    Source:
        docs/decisions/0005-collation.md
    """
    if min(lines, comfortable) < 1:
        raise ValueError("a digest has at least one line, and a line one word")
    if len({c.id for c in contributions}) < len(contributions):
        raise ValueError("each contribution needs an id of its own")
    names = frozenset(w for c in contributions for w in words(c.author))
    readings = [read(c, names) for c in contributions]
    drafted = _lines(_arranged(readings, comfortable), lines)
    followed = _followed(readings, drafted)
    return Draft(
        lines=_with(drafted, followed),
        ledger=tuple(_ledger(readings, _with(drafted, followed))),
        resources=find_resources(
            (r.contribution.id, r.contribution.text)
            for r in readings
            if r.sort is not Sort.GONE
        ),
        still_open=still_open(readings),
    )


def speakers(contributions: Sequence[Contribution]) -> tuple[int, ...]:
    """The contributions that say something, in the order they would be heard.

    The first few cover as many viewpoints as so many can.
    """
    readings = [read(c, frozenset()) for c in contributions]
    arranged = _arranged(readings, COMFORTABLE)
    return tuple(arranged.views[g.leader].contribution.id for g in arranged.groups)


def _arranged(readings: Sequence[Reading], comfortable: int) -> _Arranged:
    """The views among *readings*, grouped; in an order that forgets who came first."""
    views = [r for r in readings if r.sort is Sort.VIEW]
    views.sort(key=lambda r: (r.contribution.text, r.contribution.author))
    whole = vectors([view.stems for view in views])
    near = neighbours(whole)
    said = statements(views, whole, near, comfortable)
    order = representatives(near, fair_weights(views))
    return _Arranged(views, said, groups(order, views, said, whole, near))


def _lines(arranged: _Arranged, lines: int) -> tuple[DraftLine, ...]:
    """The lines: by section, then the largest agreement first.

    Among equals the one that best stands for the others leads, whoever wrote it.
    """
    views, said = arranged.views, arranged.said
    chosen = choose(arranged.groups, views, said, lines)
    sections = place(chosen, views, said)
    rank = {group.leader: n for n, group in enumerate(arranged.groups)}
    order = list(Section)
    chosen.sort(
        key=lambda g: (
            order.index(sections[g.leader]),
            -len(authors(g, views)),
            rank[g.leader],
        )
    )
    return tuple(
        DraftLine(
            section=sections[group.leader],
            contribution=views[group.leader].contribution.id,
            text=said[group.leader].text,
            grouped=tuple(sorted(views[i].contribution.id for i in group.members)),
        )
        for group in chosen
    )


def _followed(
    readings: Sequence[Reading], drafted: Sequence[DraftLine]
) -> dict[int, int]:
    """For each bare agreement that clearly goes with a line: contribution, line."""
    line_of = _line_of(drafted)
    followed: dict[int, int] = {}
    last: Reading | None = None
    spoke: dict[str, int] = {}
    for reading in readings:
        if reading.sort is Sort.AGREEMENT:
            with_whom = _agreed_with(reading, last, spoke)
            if with_whom in line_of:
                followed[reading.contribution.id] = line_of[with_whom]
        elif reading.sort is not Sort.THANKS:
            last = reading
            spoke[reading.contribution.author] = reading.contribution.id
    return followed


def _agreed_with(
    reading: Reading, last: Reading | None, spoke: dict[str, int]
) -> int | None:
    """Whom an agreement is with: whoever it names, or who spoke just before it."""
    author = reading.contribution.author
    named = [
        said
        for other, said in spoke.items()
        if other != author and _names(reading.contribution.text, other)
    ]
    if named:
        return named[0] if len(named) == 1 else None
    if last is None or last.contribution.author == author:
        return None
    return last.contribution.id


def _names(text: str, author: str) -> bool:
    """Whether *text* mentions *author*, or any part of the name that tells."""
    said = words(text)
    parts = (part for part in words(author) if len(part) >= _TELLING)
    return f"<@{author}>" in text or any(part in said for part in parts)


def _line_of(drafted: Sequence[DraftLine]) -> dict[int, int]:
    return {
        contribution: n
        for n, line in enumerate(drafted)
        for contribution in (line.contribution, *line.grouped)
    }


def _with(
    drafted: Sequence[DraftLine], followed: dict[int, int]
) -> tuple[DraftLine, ...]:
    """The lines with the bare agreements that go with them."""
    return tuple(
        replace(
            line,
            grouped=line.grouped + tuple(c for c, at in followed.items() if at == n),
            section=_joined(line.section) if n in followed.values() else line.section,
        )
        for n, line in enumerate(drafted)
    )


def _joined(section: Section) -> Section:
    """Where a line stands once somebody has agreed with it."""
    return Section.AGREE if section is Section.ONE else section


_KEPT = {
    Sort.AGREEMENT: Reason.THANKS,
    Sort.THANKS: Reason.THANKS,
    Sort.ELSEWHERE: Reason.ELSEWHERE,
    Sort.QUESTION: Reason.QUESTION,
    Sort.VIEW: Reason.LENGTH,
    Sort.LONG: Reason.LENGTH,
}


def _ledger(
    readings: Sequence[Reading], drafted: Sequence[DraftLine]
) -> Iterator[Entry]:
    """One entry for each contribution, in the order they came."""
    quoted = {line.contribution for line in drafted}
    line_of = _line_of(drafted)
    for reading in readings:
        at = line_of.get(reading.contribution.id)
        if at is not None:
            place = Place.QUOTED if reading.contribution.id in quoted else Place.GROUPED
        else:
            place = _unquoted(reading.contribution)
        yield Entry(
            contribution=reading.contribution.id,
            place=place,
            reason=_KEPT[reading.sort] if place is Place.KEPT else None,
            line=at,
        )


def _unquoted(contribution: Contribution) -> Place:
    if contribution.withdrawn:
        return Place.WITHDRAWN
    return Place.HIDDEN if contribution.hidden else Place.KEPT
