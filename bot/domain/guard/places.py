"""Where a patient lives: postcodes, addresses, a bed on a ward."""

import re
from collections.abc import Iterator

from bot.domain.guard.context import cue, whose
from bot.domain.guard.forenames import NOT_NAMES
from bot.domain.guard.verdict import Hit, Strength

_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?|GIR)[\s._-]{0,3}"
    r"\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_home = cue(
    r"\b(?:lives?|living|resid(?:es|ing|ent)|home|address|moved|house|housebound"
    r"|flat|postcode|stays|staying|lodges|add)\b[^.!?]{0,60}$",
    80,
)
_WORD = r"(?:[A-Z]'|Mc|Mac)?[A-Z][a-z'-]{1,20}"
_STREET = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Cl|Drive|Dr|Crescent|Cres|Court"
    r"|Ct|Way|Place|Pl|Gardens|Gdns|Grove|Gr|Terrace|Terr|Square|Sq|Hill|Park|Row"
    r"|Mews|Walk|View|Rise|Green|Parade|House|Lodge|Cottages?|Croft|Fold|Bank|End"
    r"|Meadows?|Fields?|Vale|Mount|Path|Parkway|Circle|Heights|Wharf|Quay|Gate)"
)
_NUMBER = (
    r"(?:(?:[Ff]lat|FLAT|[Aa]pt|[Uu]nit|[Ss]tudio|[Nn]o\.?)"
    r"\s?\d{0,4}[A-Z]?\W{0,3})?"
)
_ADDRESS = re.compile(
    rf"(?<![\w/.:£-])(?<!oom ){_NUMBER}\d{{1,4}}\s?[A-Za-z]?(?:-\d{{1,4}})?,?\s"
    rf"(?P<street>(?:{_WORD}\s){{1,3}}?{_STREET}\b\.?|{_WORD}(?:\s{_WORD}){{0,2}})"
)
_ADDRESS_LOWER = re.compile(
    r"(?<![\w/.:£-])\d{1,4}[a-z]?,?\s(?:[A-Za-z'-]{2,20}\s){1,2}"
    r"(?:street|road|rd|lane|avenue|ave|close|drive|crescent|court|gardens|grove"
    r"|terrace|square|mews)\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    rf"(?<![\w-])(?:[Ff]lat|FLAT|[Aa]partment|[Ss]tudio)\s\d{{1,4}}\s?[A-Za-z]?\W{{1,3}}"
    rf"(?:\d{{1,4}}\s)?{_WORD}(?:\s[A-Za-z][a-z'-]{{1,20}}){{0,2}}"
)
_BEFORE_POSTCODE = re.compile(
    r"(?<![\w/.:£-])\d{1,4}[A-Za-z]?,?(?:\s[A-Za-z'-]{2,20}){1,3}"
    rf"(?=\s?,?\s{{1,2}}{_POSTCODE.pattern})",
    re.IGNORECASE,
)
_NAMED_STREET = re.compile(rf"\s{_STREET}\b\.?$")
_NAMED_HOUSE = re.compile(
    rf"(?<![\w-])(?:{_WORD}\s){{1,2}}(?:Cottage|House|Farm|Lodge|Villa|Barn)"
    rf",\s(?:\d{{1,4}}\s)?(?:{_WORD}\s){{1,3}}?{_STREET}\b"
)
_NAMED_HOME = re.compile(
    rf"(?<![\w-])(?:The\s)?{_WORD}(?:\s{_WORD}){{0,2}},\s(?:{_WORD}\s){{1,3}}?{_STREET}\b"
)
_lives = cue(
    r"\b(?:lives?|living|resid(?:es|ing)|(?:home|new|old|wrong|his|her|current)"
    r"\saddress|address|moved|home)\b(?:\W{0,3}(?:at|in|to|is|was|on|should be|now"
    r"|from|changed|with|pas|:)){0,4}\W{0,3}(?:[^.!?]{0,25}\bshould be\W)?$",
    70,
)
_STREET_BEFORE = re.compile(r"\b\d{1,4}[A-Za-z]?,?\s[A-Za-z' ,.-]{3,44}$")
_dwells = cue(r"\b(?:lives?|living|resid\w+)\b(?:\W{1,3}\w+)?\W{1,3}$", 24)
_of = cue(r"\b(?:of|at|from)\W{1,3}$", 7)
_BED = re.compile(
    r"\b(?:ward\s[A-Z]?\d{1,3}[A-Z]?\W{1,3}(?:bay\s\w{1,2}\W{1,3})?bed\s\w?\d{1,3}"
    r"|bed\s\w?\d{1,3}\W{1,3}(?:on |of |in )?(?:\w+ )?ward\s?[A-Z]?\d{0,3}[A-Z]?)\b",
    re.IGNORECASE,
)


def postcodes(text: str) -> Iterator[Hit]:
    """Yield full postcodes, unless the words around them say a service's."""
    for match in _POSTCODE.finditer(text):
        shouted = match[0].isupper()
        at_home = _home(text, match.start()) and _owner(text, match) >= 0
        if at_home or _is_home(text, match.start()):
            yield Hit(*match.span(), "POSTCODE", Strength.WEAK, patient=True)
        elif shouted or re.search(r"\s", match[0]):
            yield from _by_owner(text, match, "POSTCODE", 60)


def _by_owner(text: str, match: re.Match[str], kind: str, reach: int) -> Iterator[Hit]:
    owner = _owner(text, match)
    if owner > 0:
        yield Hit(*match.span(), kind, Strength.WEAK, patient=True)
    elif owner == 0:
        yield Hit(*match.span(), kind, Strength.HINT, reach=reach)


def _owner(text: str, match: re.Match[str]) -> int:
    """Say whose a place is; a street before a postcode ("Mill Park") says nothing."""
    window = text[max(0, match.start() - 50) : match.start()]
    street = _STREET_BEFORE.search(window)
    return whose(text, match.start() - (len(street[0]) if street else 0), match.end())


def addresses(text: str) -> Iterator[Hit]:
    """Yield home addresses: a number and a street, a person's and no service's."""
    for match in _ADDRESS.finditer(text):
        yield from _address(text, match)
    for pattern in (_FLAT, _BEFORE_POSTCODE, _NAMED_HOUSE, _ADDRESS_LOWER):
        for match in pattern.finditer(text):
            if _is_home(text, match.start()):
                yield Hit(*match.span(), "ADDRESS", Strength.WEAK, patient=True)
            else:
                yield from _by_owner(text, match, "ADDRESS", 40)


def named_homes(text: str) -> Iterator[Hit]:
    """Yield houses without a number: "lives at The Gables, Mill Lane"."""
    for match in _NAMED_HOME.finditer(text):
        if _is_home(text, match.start()):
            yield Hit(*match.span(), "ADDRESS", Strength.WEAK, patient=True)
        elif _of(text, match.start()):
            yield from _by_owner(text, match, "ADDRESS", 40)


def _is_home(text: str, at: int) -> bool:
    """Whether the words before a place say that somebody lives there."""
    if not _lives(text, at):
        return False
    return _dwells(text, at) or whose(text, at, len(text)) >= 0


def _address(text: str, match: re.Match[str]) -> Iterator[Hit]:
    if _is_home(text, match.start()):
        yield Hit(*match.span(), "ADDRESS", Strength.WEAK, patient=True)
    elif _NAMED_STREET.search(match[0]):
        yield from _by_owner(text, match, "ADDRESS", 60)
    elif _of(text, match.start()) and not _is_date(match):
        yield Hit(*match.span(), "ADDRESS", Strength.HINT, reach=12)


def _is_date(match: re.Match[str]) -> bool:
    return match["street"].split()[0].lower() in NOT_NAMES


def beds(text: str) -> Iterator[Hit]:
    """Yield a bed on a ward, which counts beside anything else about a patient."""
    for match in _BED.finditer(text):
        yield Hit(*match.span(), "ADDRESS", Strength.HINT, reach=60)
