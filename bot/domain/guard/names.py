"""Names of patients, told from the names of colleagues.

Nothing in a name says whose it is, so the words around it decide: a title, "our
patient", an age; or, for a bare name, an identifier close by.
"""

import re
from collections.abc import Iterator

from bot.domain.guard.context import sentence_after, sentence_before
from bot.domain.guard.cues import (
    announced,
    is_aged,
    is_colleague,
    is_labelled,
    patient_announced,
    sought,
    told_as_patient,
)
from bot.domain.guard.forenames import FORENAMES, NOT_NAMES
from bot.domain.guard.verdict import Hit, Strength

_WORD = (
    r"(?:[A-Z](?:[a-z]|'[A-Za-z]|-[A-Z]|[A-Z](?=[a-z])){1,20}|[A-Z]{3,20}(?![a-z\d]))"
)
_INITIAL = r"(?:[A-Z](?:\.|(?![\w'])))"
_LEAD = rf"(?:{_INITIAL}\s{{0,2}}){{0,3}}{_WORD}"
_PARTICLE = r"(?:(?:ap|ab|van|de|der|den|von|bin|binti|ibn|al|el|da|dos|du|la|le)\s)"
_MORE = rf"(?:[ ]{{1,2}}(?:{_PARTICLE}{{0,2}}{_WORD}|{_INITIAL}))"
_RUN = re.compile(rf"(?<![\w@#.'-]){_LEAD}{_MORE}{{0,6}}")
_TITLED = re.compile(
    r"(?<![\w])(?:Mr|Mrs|Ms|Miss|Mx|Master|MR|MRS|MISS|mr|mrs)\b\.?\s{1,2}"
    rf"(?P<name>(?:[A-Z]\.\s?){{2,3}}(?!\s?[A-Z]|[a-z])|{_WORD},\s?{_WORD}(?=\s[a-z])|{_LEAD}{_MORE}{{0,3}})"
)
_TITLED_LOWER = re.compile(
    r"\b(?:mr|mrs|ms|Mr|Mrs|Ms|Miss)\b\.?\s{1,2}"
    r"(?P<name>[a-z'-]{2,20}(?:\s[a-z'-]{2,20})?)"
)
_SURNAME_FIRST = re.compile(
    rf"(?<![\w@-])(?P<surname>{_WORD}),\s?(?P<forename>{_WORD})(?:\s{_INITIAL})?(?!\w)"
)
_LOWER_PAIR = re.compile(
    r"(?<![\w@.'-])(?P<first>[a-z]{2,14})(?=\s(?P<last>[a-z'-]{2,20}))"
)
#: What follows a name that a label came before, and no ordinary noun.
_VERB_AFTER = re.compile(
    r"\s?(?:[,;(]|(?:did|has|was|is|dob|d\.o\.b|born|needs|dna)\b)"
)
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.\s?){2,3}(?!\w)|(?<![\w.])[A-Z]{2}(?![\w.])"
)
_ABBREVIATIONS = re.compile(
    "CT|NI|MR|US|GP|PT|ED|IT|HR|ID|UK|EU|QI|PR|OP|IP|CA|PC|PN|XR|GI|GU|ON|NO|IS|OK"
)
#: Characters away at which stronger company makes a name count.
_NEAR, _BESIDE, _UNKNOWN = 60, 25, 18


def titled_names(text: str) -> Iterator[Hit]:
    """Yield names after Mr, Mrs, Ms, Miss: surgeons bear them too; context decides."""
    for match in _TITLED.finditer(text):
        start, end = _trimmed(text, *match.span("name"))
        if start < end and not is_colleague(text, match.start(), end, titled=True):
            strength = _titled_strength(text, start, end)
            yield Hit(start, end, "PERSON", strength, _NEAR, patient=bool(strength))
    for match in _TITLED_LOWER.finditer(text):
        if not is_colleague(text, match.start(), match.end(), titled=True):
            yield from _titled_lower(text, match)


def _titled_strength(text: str, start: int, end: int) -> Strength:
    several = bool(re.search(r"\w[\s.,]+\w", text[start:end]))
    around = sentence_before(text, start) + sentence_after(text, end)
    if several or is_aged(text, start, end) or told_as_patient(around):
        return Strength.WEAK
    return Strength.HINT


def _titled_lower(text: str, match: re.Match[str]) -> Iterator[Hit]:
    words = match["name"].split()
    if words[0] in NOT_NAMES:
        return
    start, end = match.span("name")
    if len(words) == 1 or words[1] in NOT_NAMES or words[0] not in FORENAMES:
        end = start + len(words[0])
    strength = _titled_strength(text, start, end)
    yield Hit(start, end, "PERSON", strength, reach=40, patient=bool(strength))


def bare_names(text: str) -> Iterator[Hit]:
    """Yield capitalised names without a title."""
    for match in _RUN.finditer(text):
        for start, end in _split(text, *match.span()):
            if end > start and not is_colleague(text, start, end):
                yield _bare(text, start, end)
    for match in _SURNAME_FIRST.finditer(text):
        strength = _label_strength(text, match.start())
        if _reads_as_surname_first(match, labelled=bool(strength)):
            yield Hit(*match.span(), "PERSON", strength, reach=30)


def _reads_as_surname_first(match: re.Match[str], *, labelled: bool) -> bool:
    surname, forename = match["surname"], match["forename"].lower()
    if forename not in FORENAMES or surname.lower() in NOT_NAMES:
        return False
    # "Kim, John" may be two people thanked; "KIM, John" and "patient Kim, John" not
    return labelled or surname.isupper() or surname.lower() not in FORENAMES


def _label_strength(text: str, start: int) -> Strength:
    return Strength.WEAK if patient_announced(text, start) else Strength.HINT


def _bare(text: str, start: int, end: int) -> Hit:
    words = text[start:end].replace(".", ". ").split()
    known = words[0].lower() in FORENAMES
    if len(words) == 1:
        return _single(text, start, end, known=known)
    around = sentence_before(text, start, 60) + sentence_after(text, end, 60)
    if patient_announced(text, start) or (is_aged(text, start, end) and known):
        return Hit(start, end, "PERSON", Strength.WEAK, patient=True)
    strength = Strength.WEAK if known and told_as_patient(around) else Strength.HINT
    unknown = _BESIDE if sought(text, start) else _UNKNOWN
    return Hit(start, end, "PERSON", strength, _NEAR if known else unknown)


def _single(text: str, start: int, end: int, *, known: bool) -> Hit:
    if known and patient_announced(text, start):
        return Hit(start, end, "PERSON", Strength.WEAK, patient=True)
    reach = _reach_of_one(text, start, end, known=known)
    return Hit(start, end, "PERSON", Strength.HINT, reach)


def _reach_of_one(text: str, start: int, end: int, *, known: bool) -> int:
    if announced(text, start):
        return 45
    if sought(text, start):
        return _BESIDE
    if known or is_labelled(text, end):
        return 12
    opens = text[:start].rstrip()[-1:] in (".", "?", "!")
    return 0 if opens or text[start:end].isupper() else 3


def lower_names(text: str) -> Iterator[Hit]:
    """Yield names typed in haste, without capitals: a common forename and a word."""
    for match in _LOWER_PAIR.finditer(text):
        first, last = match["first"], match["last"]
        if first in NOT_NAMES or last in NOT_NAMES:
            continue
        start, end = match.start(), match.end("last")
        if first in FORENAMES and not is_colleague(text, start, end):
            yield Hit(start, end, "PERSON", _label_strength(text, start), reach=14)
        elif patient_announced(text, start) and _VERB_AFTER.match(text, end):
            yield Hit(start, end, "PERSON", Strength.HINT, reach=45)


def initials(text: str) -> Iterator[Hit]:
    """Yield a patient's initials where they are said to be that."""
    for match in _INITIALS.finditer(text):
        word = bool(_ABBREVIATIONS.fullmatch(match[0]))
        if patient_announced(text, match.start()) and not word:
            yield Hit(*match.span(), "PERSON", Strength.HINT, reach=25)
        elif "." in match[0] and is_aged(text, *match.span()):
            yield Hit(*match.span(), "PERSON", Strength.WEAK, patient=True)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of capitalised words where a word is no name."""
    first = last = -1
    words: list[re.Match[str]] = []
    for match in re.finditer(r"\S+", text[start:end]):
        words.append(match)
        if _no_name(match[0]) and not _is_surname(words):
            if first >= 0:
                yield _trimmed(text, start + first, start + last)
            first = -1
            continue
        first = match.start() if first < 0 else first
        last = match.end()
    if first >= 0:
        yield _trimmed(text, start + first, start + last)


#: Words that are surnames as well, and kept after a known forename.
_SURNAMES_TOO = frozenset(
    """
    lane hill page ward west north south day best head close street house cross park
    gates read england bristol lynch good church kent derby may long young march king
    east road bank field lodge court way green brain small price summers winter friday
    noon week bright moon bell
    """.split()  # noqa: SIM905 - easier to read than a list
)


def _no_name(word: str) -> bool:
    bare = word.lower().rstrip(".").removesuffix("'s")
    return bare in NOT_NAMES and (len(bare) > 1 or word == "I")


def _is_surname(words: list[re.Match[str]]) -> bool:
    """Whether the last word is one that follows a forename as a surname."""
    before = words[-2][0].lower() if len(words) > 1 else ""
    named = before in FORENAMES or len(before.rstrip(".")) == 1
    return named and words[-1][0].lower() in _SURNAMES_TOO


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave off a possessive and closing words that are no name; initials are none."""
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and _no_name(words[-1][0]) and not _is_surname(words):
        words.pop()
    if not any(len(word[0]) > len("A.") for word in words):
        return start, start
    end = start + words[-1].end()
    return start, end - 2 if text[start:end].endswith("'s") else end
