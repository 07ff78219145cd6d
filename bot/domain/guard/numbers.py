"""Numbers that stand for one person: NHS, hospital, National Insurance."""

import re
from collections.abc import Iterator

from stdnum.gb import nhs

from bot.domain.guard.context import cue, sentence_after, sentence_before
from bot.domain.guard.verdict import Hit, Strength

_SEP = r"[\s./,_|()-]{0,3}"
_TEN = re.compile(
    rf"(?<![\d.+/-])(?:\d{{10}}(?![-/.]?\w)"
    rf"|\d{{3}}([ .-])\d{{3}}\1\d{{4}}(?![-/.]?\w)"
    rf"|\d(?:{_SEP}\d){{9}}(?!{_SEP}\d|[-/.]?\w))"
)
_GROUPED = re.compile(r"\d{3}[\s._|-]{1,3}\d{3}[\s._|-]{1,3}\d{4}")
_labelled = cue(
    r"\b(?:nhs|chi|h\s?&\s?c)\b(?:\s*(?:no|num(?:ber)?|n[o0]|#|id|identifier)s?\b)?"
    r"[^\w]*(?:(?:is|was|of|are|reads|given as|for (?:him|her|them))\b\W*)?$",
    40,
)
_other = cue(
    r"\b(?:order|ref(?:erence)?|invoice|ticket|pmid|isbn|issn|snomed|code|tel"
    r"|telephone|phone|mob(?:ile)?|fax|call|ring|dial|bleep|pin|passcode|id|account"
    r"|a/c|serial|po|version|grant|charity|company|registration|gmc|nmc|job|asset"
    r"|batch|lot|kit|barcode|tracking|parcel|delivery|meeting|conference|doi|ukri"
    r"|vox|w|t|f|m|nct|isrctn|cpms|iras|case|extension|ext|purchase)\b"
    r"(?:\s*(?:no|num(?:ber)?|id|code)s?\b)?\W*(?:(?:is|was|on|at)\b\W*)?$"
    r"|\+\s?\(?\d{1,3}\)?[\s.-]{0,2}(?:\(0\)\s?)?$",
    40,
)
_CLINICAL = re.compile(
    r"\b(?:nhs|patient(?!s)|pt|ptl|histology|breach(?:ed)?|mdt|biopsy|scan|ct|mri"
    r"|colonoscopy|referr(?:al|ed)|dna|dna'd|path(?:ology)?|report|result|letter|dob"
    r"|chase|chased|tracking|tracked|clinic|waiting|downgrade|upgrade|records?|born"
    r"|he|she|his|her)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:dummy|fake|test|examples?|format|made[- ]up|fictional)\b", re.IGNORECASE
)
_NINO = re.compile(
    r"(?<![A-Z0-9@])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"(?:[\s.-]{0,2}\d\d){3}[\s.-]{0,2}[A-D](?![A-Z0-9])",
    re.IGNORECASE,
)
_LABELLED_NINO = re.compile(
    r"\b(?:nino|ni|national insurance)\b(?:\s?(?:no|num(?:ber)?)\b)?\W{0,4}"
    r"(?:is\s|was\s)?(?P<number>[A-Z]{2}(?:[\s.-]{0,2}\d\d){3}[\s.-]{0,2}[A-Z]?)(?![A-Z0-9])",
    re.IGNORECASE,
)
_HOSPITAL = re.compile(
    r"\b(?:hosp(?:ital)?|mrn|unit|pas|patient|pat|pt|case ?note|notes|crn|epr|emis|rio"
    r"|systm ?one|local|trust|district|x-?ray|radiology|path(?:ology)?|lab"
    r"|[a-z] ?number|medical record|record)\b\.?"
    r"(?P<noun>\s{0,2}(?:record )?(?:no|num(?:ber)?|n[o0]|id|identifier|ref|#)\b\.?)?"
    r"\W{0,4}(?:(?:is|was)\s)?\W{0,2}"
    r"(?P<number>[A-Z]{0,3}[ -]?\d(?:[ .-]?\d){4,9}[A-Z]{0,2})(?![\w/])",
    re.IGNORECASE,
)
_LABEL_AFTER = re.compile(
    r"(?<![\w/.-])(?P<number>[A-Z]{0,3}\d{5,9})\s(?:is|was)\s(?:the|his|her|their|a)\s"
    r"(?:hosp|mrn|unit no|unit num|pas num|case ?note)",
    re.IGNORECASE,
)
#: A letter or two and six digits or more: beside a name, a hospital's number.
_SHAPE = re.compile(
    r"(?<![\w/.#-])(?!(?:RN|GMC|NMC|INC|CHG|REQ|NCT|PMID|ISRCTN|REC)\d)[A-Z]{1,3}\d{6,8}(?![\w/-])"
)
_PHONE_LIKE = re.compile(r"0[1-378]\d{2,3} ")
_ALWAYS = re.compile(r"(?:mrn|crn|case ?note|hosp|[a-z] ?number)", re.IGNORECASE)


def nhs_numbers(text: str) -> Iterator[Hit]:
    """Yield NHS numbers: ten digits that pass the check, in a context or a form.

    Chance passes the check for 9 % of ten-digit numbers, so a bare run of digits
    needs clinical talk around it. A labelled number that fails the check is most
    likely mistyped, and is asked about. 999… numbers are never issued but are
    treated as any other: they are what people try a guard with.
    """
    for match in _TEN.finditer(text):
        strength = _nhs_strength(text, match)
        if strength is not None:
            yield Hit(*match.span(), "NHS_NUMBER", strength, reach=40, patient=True)


def _nhs_strength(text: str, match: re.Match[str]) -> Strength | None:
    valid = nhs.is_valid(re.sub(r"\D", "", match[0]))
    if _labelled(text, match.start()):
        return _labelled_strength(text, match, valid=valid)
    if not valid or _other(text, match.start()):
        return None
    return _bare_strength(text, match)


def _labelled_strength(
    text: str, match: re.Match[str], *, valid: bool
) -> Strength | None:
    if valid:
        return Strength.STRONG
    return None if _EXAMPLE.search(_around(text, match)) else Strength.WEAK


def _bare_strength(text: str, match: re.Match[str]) -> Strength | None:
    around = _around(text, match)
    if _EXAMPLE.search(around):
        return None
    clinical = bool(_CLINICAL.search(around))
    if _GROUPED.fullmatch(match[0]):
        spaced = Strength.WEAK if " " in match[0] else Strength.HINT
        return Strength.STRONG if clinical else spaced
    plausible = match[0][0] in "4679"  # the ranges in use in England
    if plausible == clinical:
        return Strength.WEAK if clinical else None
    return Strength.HINT


def _around(text: str, match: re.Match[str]) -> str:
    return sentence_before(text, match.start()) + sentence_after(text, match.end(), 70)


def insurance_numbers(text: str) -> Iterator[Hit]:
    """Yield National Insurance numbers: their form is theirs alone."""
    for match in _NINO.finditer(text):
        yield Hit(*match.span(), "NINO", Strength.STRONG, patient=True)
    for match in _LABELLED_NINO.finditer(text):
        yield Hit(*match.span("number"), "NINO", Strength.STRONG, patient=True)


def hospital_numbers(text: str) -> Iterator[Hit]:
    """Yield hospital numbers: there is no check digit, so they must be labelled."""
    for match in _HOSPITAL.finditer(text):
        labelled = match["noun"] or _ALWAYS.match(match[0])
        if labelled and not _PHONE_LIKE.match(match["number"]):
            start, end = match.span("number")
            yield Hit(start, end, "HOSPITAL_NO", Strength.WEAK, patient=True)
    for match in _LABEL_AFTER.finditer(text):
        yield Hit(*match.span("number"), "HOSPITAL_NO", Strength.WEAK, patient=True)
    for match in _SHAPE.finditer(text):
        if not _other(text, match.start()):
            yield Hit(*match.span(), "HOSPITAL_NO", Strength.HINT, reach=8)
