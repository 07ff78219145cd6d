"""Names of patients, told from the names of colleagues.

Nothing in a name says whose it is, so the words around it decide: a title, "our
patient", an age; or, for a bare name, an identifier close by.
"""

import re
from collections.abc import Iterator

from bot.domain.guard.context import cue, sentence_after, sentence_before
from bot.domain.guard.forenames import FORENAMES, NOT_NAMES
from bot.domain.guard.verdict import Hit, Strength

_WORD = r"(?:[A-Z](?:[a-z]|['-][A-Za-z]|[A-Z](?=[a-z])){1,20}|[A-Z]{3,20}(?![a-z\d]))"
_INITIAL = r"(?:[A-Z](?:\.|(?![\w'])))"
_NAME = (
    rf"(?:{_INITIAL}\s{{0,2}}){{0,3}}{_WORD}(?:[ ]{{1,2}}(?:{_WORD}|{_INITIAL})){{0,3}}"
)
_RUN = re.compile(
    rf"(?<![\w@#.'-])(?:{_INITIAL}\s{{0,2}}){{0,3}}{_WORD}"
    rf"(?:[ ]{{1,2}}(?:{_WORD}|{_INITIAL})){{0,6}}"
)
_TITLED = re.compile(
    rf"(?<![\w])(?:Mr|Mrs|Ms|Miss|Mx|Master|MR|MRS|MS|MISS|mr|mrs|ms|miss)\b\.?\s{{1,2}}"
    rf"(?P<name>{_WORD},\s?{_WORD}(?=\s[a-z])|{_NAME})"
)
_TITLED_LOWER = re.compile(
    r"\b(?:mr|mrs|ms|miss|Mr|Mrs|Ms|Miss)\b\.?\s{1,2}(?P<name>[a-z'-]{2,20}(?:\s[a-z'-]{2,20})?)"
)
_SURNAME_FIRST = re.compile(
    rf"(?<![\w@-])(?P<surname>{_WORD}),\s?(?P<forename>{_WORD})(?:\s{_INITIAL})?"
    rf"(?!\w)"
)
_LOWER_PAIR = re.compile(
    r"(?<![\w@.'-])(?P<first>[a-z]{2,14})(?=\s(?P<last>[a-z'-]{2,20}))"
)
_INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.\s?){2,3}(?!\w)|(?<![\w.])[A-Z]{2}(?![\w.])"
)
_LABEL = (
    r"\b(?:(?:patient|pt|px)(?:'s)?(?:\s(?:is|was|details|name|called|named|initials"
    r"|above|in question|a))?|(?:sur|fore|first |full |last )?name(?:'s| is)?|initials"
    r"|(?:lady|gentleman|man|woman|chap|husband|wife|son|daughter|mother|father|mum"
    r"|dad)(?:\s(?:called|named))?|(?:called|named)|breach is|breached is)"
)
_label = cue(_LABEL + r"\W{0,4}(?:is\s)?$", 40)
_chased = cue(
    r"\b(?:ring|rang|call|called|phone|phoned|chased?|chasing|contact|contacted|seen"
    r"|for|about|re|saw)\W{1,2}$",
    14,
)
_patient_label = cue(
    r"\b(?:(?:our|the|my|this|a|one|another|same) (?:\w+ )?)?(?:patient|pt|px)"
    r"(?:'s)?(?:\s(?:is|was|details|name|called|named|initials))*\W{0,4}$"
    r"|\b(?:breach|breached)(?: \w+)? is\W{1,3}$|\b(?:patient|pt) \w{0,12}\W{0,3}$",
    40,
)
_colleague_before = cue(
    r"\b(?:dr|doctor|prof(?:essor)?|sister|nurse|consultant|sir|dame|lord|rev|matron"
    r"|thanks(?: to| also)?|thank you(?: to)?|cc|hi|hello|dear|regards|best wishes|cheers"
    r"|colleagues?|surgeon|registrar|facilitator|manager|coordinator|lead|gp|speaker"
    r"|secretary|author|chair|chaired by|presented by|led by|written by|by|via|many thanks"
    r"|welcome|congratulations|well done|agree with|cns|navigator|from|with|ask|@)"
    r"[\s,.:]{1,3}$",
    24,
)
_COLLEAGUE_AFTER = re.compile(
    r"^(?:'s)?[\s,(-]{1,4}(?:(?:is|was|who is|as|from|our|the|my|at|a|an|will|has)\s)*"
    r"(?:\w+\s){0,3}?(?:consultant|surgeon|secretary|manager|gp|nurse|cns|leads?"
    r"|coordinator|co-ordinator|navigator|facilitator|registrar|physician|oncologist"
    r"|radiologist|gastroenterologist|urologist|director|chair|presenting|presented"
    r"|speaking|speaker|talk|webinar|session|clinic list|list|team|macmillan|cruk|icb"
    r"|alliance|trust|charity|professor|paper|et al|score|score|foundation|hospital(?! n)"
    r"|surgery|practice|centre|unit(?! n)|report|review|award|prize|trial|study|group"
    r"|syndrome|disease|palsy|criteria|staging|lecture|model|agree|agrees|chairs"
    r"|sent|shared|wrote|organised|on \w+day|joins|joined|leading|made|mentioned"
    r"|asked us|told us|suggested)\b",
    re.IGNORECASE,
)
_PATIENT_TALK = re.compile(
    r"\b(?:dna'?d?|did not attend|didn't attend|waiting|breach(?:ed)?|chased|discharged"
    r"|referred|re-?referral|admitted|biopsy|histology|colonoscopy|scan|ct|mri|fit"
    r"|diagnosed|needs|attended|lives|born|aged?|year[- ]old|yo|\d\d[mf]|bleeding"
    r"|lump|weight loss|haematuria|2ww|usc|ptl|vetted|downgraded|died|dies|passed away"
    r"|wife|husband|daughter|son|clinic letter|results?|symptoms|jaundiced?|treated"
    r"|chemo\w*|rang|seen)\b",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"^[\s,(-]{1,3}(?:(?:who is|is|a|an|aged?)\s){0,3}(?:\d{1,3}\s?(?:[mfMF]\b|yo\b|y/o"
    r"|yrs?\b|years?\b|-year|\)|,)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety)(?:[ -]\w+)?\b)"
)


def titled_names(text: str) -> Iterator[Hit]:
    """Yield names after Mr, Mrs, Ms, Miss: surgeons bear them too, so context decides."""
    for match in _TITLED.finditer(text):
        start, end = _trimmed(text, *match.span("name"))
        if start >= end or _is_colleague(text, match.start(), end):
            continue
        strength = _titled_strength(text, start, end)
        yield Hit(start, end, "PERSON", strength, reach=60, patient=bool(strength))
    for match in _TITLED_LOWER.finditer(text):
        if not _is_colleague(text, match.start(), match.end()):
            yield from _titled_lower(match)


def _titled_strength(text: str, start: int, end: int) -> Strength:
    two_words = " " in text[start:end].strip() or "." in text[start:end]
    around = sentence_before(text, start) + sentence_after(text, end)
    if two_words or _AGED.match(text[end : end + 25]):
        return Strength.WEAK
    return Strength.WEAK if _PERSONAL_TALK.search(around) else Strength.HINT


#: A surgeon may refer, scan and wait; only a patient does these.
_PERSONAL_TALK = re.compile(
    r"\b(?:dna'?d|did not attend|didn't attend|has been waiting|breached|lives|born"
    r"|aged|year[- ]old|\d\d[mf]|his wife|her husband|her son|his daughter|died"
    r"|was diagnosed|was referred)\b",
    re.IGNORECASE,
)


def _titled_lower(match: re.Match[str]) -> Iterator[Hit]:
    words = match["name"].split()
    if words[0] in NOT_NAMES:
        return
    length = len(match["name"])
    if len(words) > 1 and (words[1] in NOT_NAMES or words[0] not in FORENAMES):
        length = len(words[0])
    start = match.start("name")
    yield Hit(start, start + length, "PERSON", Strength.HINT, reach=40)


def bare_names(text: str) -> Iterator[Hit]:
    """Yield capitalised names without a title."""
    for match in _RUN.finditer(text):
        for start, end in _split(text, *match.span()):
            if end > start:
                yield from _bare(text, start, end)
    for match in _SURNAME_FIRST.finditer(text):
        if _reads_as_surname_first(match):
            strength = _label_strength(text, match.start())
            yield Hit(*match.span(), "PERSON", strength, reach=30)


def _reads_as_surname_first(match: re.Match[str]) -> bool:
    surname, forename = match["surname"].lower(), match["forename"].lower()
    return (
        forename in FORENAMES and surname not in NOT_NAMES and surname not in FORENAMES
    ) or (match["surname"].isupper() and forename in FORENAMES)


def _label_strength(text: str, start: int) -> Strength:
    return Strength.WEAK if _patient_label(text, start) else Strength.HINT


def _bare(text: str, start: int, end: int) -> Iterator[Hit]:
    words = text[start:end].replace(".", ". ").split()
    if _is_colleague(text, start, end):
        return
    known = words[0].lower() in FORENAMES
    if len(words) == 1:
        yield from _single(text, start, end, known=known)
    elif _patient_label(text, start) or _AGED.match(text[end : end + 25]):
        yield Hit(start, end, "PERSON", Strength.WEAK, patient=True)
    else:
        reach = 60 if known else 14
        yield Hit(start, end, "PERSON", _talked_of(text, start, end, known), reach)


def _talked_of(text: str, start: int, end: int, known: bool) -> Strength:  # noqa: FBT001 - private
    around = sentence_before(text, start, 60) + sentence_after(text, end, 60)
    return Strength.WEAK if known and _PERSONAL_TALK.search(around) else Strength.HINT


def _single(text: str, start: int, end: int, *, known: bool) -> Iterator[Hit]:
    if known and _patient_label(text, start):
        yield Hit(start, end, "PERSON", Strength.WEAK, patient=True)
    elif known or not text[start:end].isupper():
        reach = 12 if _chased(text, start) else 8 if known else 3
        reach = 45 if _label(text, start) else reach
        yield Hit(start, end, "PERSON", Strength.HINT, reach)


def lower_names(text: str) -> Iterator[Hit]:
    """Yield names typed in haste, without capitals: a common forename and a word."""
    for match in _LOWER_PAIR.finditer(text):
        first, last = match["first"], match["last"]
        if first in FORENAMES and last not in NOT_NAMES:
            start, end = match.start(), match.end("last")
            if not _is_colleague(text, start, end):
                strength = _label_strength(text, start)
                yield Hit(start, end, "PERSON", strength, reach=14)


def initials(text: str) -> Iterator[Hit]:
    """Yield a patient's initials where they are said to be that."""
    for match in _INITIALS.finditer(text):
        if _patient_label(text, match.start()) and match[0] not in _ABBREVIATIONS:
            yield Hit(*match.span(), "PERSON", Strength.HINT, reach=25)
        elif "." in match[0] and _AGED.match(text[match.end() : match.end() + 25]):
            yield Hit(*match.span(), "PERSON", Strength.WEAK, patient=True)


_ABBREVIATIONS = frozenset(
    "CT MR US GP PT ED AE IT HR ID UK EU QI PR OP IP CA PC PN XR GI GU ON NO IS".split()
)


def _is_colleague(text: str, start: int, end: int) -> bool:
    if _colleague_before(text, start):
        return True
    return bool(_COLLEAGUE_AFTER.match(text[end : end + 60]))


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of capitalised words where a word is no name."""
    first = last = -1
    for match in re.finditer(r"\S+", text[start:end]):
        if _no_name(match[0]):
            if first >= 0:
                yield _trimmed(text, start + first, start + last)
            first = -1
            continue
        first = match.start() if first < 0 else first
        last = match.end()
    if first >= 0:
        yield _trimmed(text, start + first, start + last)


def _no_name(word: str) -> bool:
    bare = word.lower().rstrip(".").removesuffix("'s")
    return bare in NOT_NAMES and (len(bare) > 1 or word == "I")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave off a possessive, a closing full stop and words that are no name."""
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and _no_name(words[-1][0]):
        words.pop()
    if not any(len(word[0]) > 2 for word in words):  # noqa: PLR2004 - initials alone
        return start, start
    end = start + words[-1].end()
    return start, end - 2 if text[start:end].endswith("'s") else end
