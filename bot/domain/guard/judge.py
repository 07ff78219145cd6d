"""Weighing what was found: each hit by the company it keeps."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bot.domain.guard import contacts, dates, names, numbers, places
from bot.domain.guard.verdict import Hit, Strength, Verdict

_FINDERS: tuple[Callable[[str], Iterator[Hit]], ...] = (
    numbers.nhs_numbers,
    numbers.insurance_numbers,
    numbers.hospital_numbers,
    dates.birth_dates,
    contacts.emails,
    contacts.phone_numbers,
    places.postcodes,
    places.addresses,
    places.named_homes,
    places.beds,
    names.titled_names,
    names.bare_names,
    names.lower_names,
    names.initials,
)
#: Characters between two hints of different kinds that make each other count.
_TOUCHING = 6
#: Hints that make a name beside them a patient's, and are made to count by it, with
#: the reach the name needs: businesses have addresses, papers have dates.
_BESIDE_A_NAME = {
    "DOB": 7,
    "NHS_NUMBER": 7,
    "HOSPITAL_NO": 30,
    "PHONE": 19,
    "ADDRESS": 30,
    "POSTCODE": 30,
}
#: Kinds that together may be a colleague's, unless the words speak of a patient.
_CONTACT = frozenset({"PERSON", "PHONE", "EMAIL"})


def weigh(text: str) -> tuple[Hit, ...]:
    """Find the identifiers in a plain text that count, in order, none overlapping."""
    found = [hit for finder in _FINDERS for hit in finder(text)]
    hits = _apart(_without_signature(text, found))
    return tuple(_kept(_in_pairs(hits)))


_SIGN_OFF = re.compile(
    r"(?:^|\n)[ \t]*(?:--|(?:kind(?:est)?|best|warm)? ?regards|(?:best|warm) wishes"
    r"|best|many thanks|thanks|thank you|cheers|yours \w+|sincerely|all the best|bw|kr)"
    r"[ \t,.!]*\n",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"^[> \t]{0,8}(?:(?:on|at)\b[^\n]{4,160}\bwrote:"
    r"|(?:from|to|cc|bcc|sent|date|reply-to):[^\n]{0,300})",
    re.IGNORECASE | re.MULTILINE,
)
_IN_HEADER = frozenset({"PERSON", "EMAIL", "DOB"})
#: What a writer's own signature holds.
_SIGNATURE = frozenset({"PERSON", "PHONE", "EMAIL", "ADDRESS", "POSTCODE"})


def _without_signature(text: str, hits: list[Hit]) -> list[Hit]:
    """Drop what writers say of themselves: below a closing, in a mail's header."""
    signed = _SIGN_OFF.search(text)
    end = signed.end() if signed else len(text)
    header = {at for match in _HEADER.finditer(text) for at in range(*match.span())}

    def own(hit: Hit) -> bool:
        signed_with = hit.kind in _SIGNATURE and hit.start >= end
        return signed_with or (hit.kind in _IN_HEADER and hit.start in header)

    return [hit for hit in hits if hit.patient or not own(hit)]


def decide(hits: Iterable[Hit]) -> Verdict:
    """Say what may become of a text in which `hits` were found."""
    found = tuple(hits)
    if not found:
        return Verdict.PASS
    if any(hit.strength is Strength.STRONG for hit in found):
        return Verdict.REFUSE
    kinds = {hit.kind for hit in found}
    alone = len(kinds) == 1
    contact = kinds <= _CONTACT and not any(hit.patient for hit in found)
    return Verdict.ASK if alone or contact else Verdict.REFUSE


def _apart(hits: list[Hit]) -> list[Hit]:
    """Keep the strongest, then longest, of hits that overlap; sort by place."""
    order = sorted(hits, key=lambda hit: (-hit.strength, hit.start - hit.end))
    taken: list[Hit] = []
    covered: set[int] = set()
    for hit in order:
        places_of = range(hit.start, hit.end)
        if covered.isdisjoint(places_of):
            taken.append(hit)
            covered.update(places_of)
    return sorted(taken, key=lambda hit: hit.start)


def _in_pairs(hits: list[Hit]) -> list[Hit]:
    """Make a name and the hint that touches it count together."""
    out = list(hits)
    for index in range(len(out) - 1):
        one, two = out[index], out[index + 1]
        if _pair(one, two):
            out[index], out[index + 1] = _raised(one), _raised(two)
    return out


def _pair(one: Hit, two: Hit) -> bool:
    if one.gap(two) > _TOUCHING and not _name_then_date(one, two):
        return False
    if one.kind == "PERSON":
        one, two = two, one
    needed = _BESIDE_A_NAME.get(one.kind)
    if two.kind != "PERSON" or needed is None:
        return False
    return two.reach >= needed and one.reach > _TOUCHING


def _name_then_date(one: Hit, two: Hit) -> bool:
    """Whether a likely name and a likely birthday stand in one breath."""
    kinds = (one.kind, two.kind) == ("PERSON", "DOB")
    return kinds and one.reach > two.reach >= one.gap(two)


def _raised(hit: Hit) -> Hit:
    return replace(hit, strength=max(hit.strength, Strength.WEAK))


def _kept(hits: list[Hit]) -> list[Hit]:
    """Drop hints without company; company is passed along from left and from right."""
    forward = _passed_along(hits)
    return [hit for hit in _passed_along(forward[::-1])[::-1] if hit.strength]


def _passed_along(hits: list[Hit]) -> list[Hit]:
    out: list[Hit] = []
    company: Hit | None = None
    for hit in hits:
        near = company is not None and company.gap(hit) <= hit.reach
        here = _raised(hit) if near else hit
        company = here if here.strength else company
        out.append(here)
    return out
