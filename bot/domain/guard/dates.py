"""Dates of birth, in figures and in words."""

import re
from collections.abc import Iterator

from bot.domain.guard.context import cue
from bot.domain.guard.verdict import Hit, Strength

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_UNITS = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_TEENS = (
    r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen)"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -]?(?:first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    r"|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_YEAR_WORDS = (
    rf"(?:nineteen[ -](?:hundred(?: and)? |oh[ -])?(?:{_TENS}(?:[ -]{_UNITS})?"
    rf"|{_TEENS}|{_UNITS})|two thousand(?: and)?(?: {_TEENS}| {_UNITS})?)"
)
_YEAR = rf"(?:(?:19|20)\d\d|'?\d\d|{_YEAR_WORDS})(?![\d:])"
_DAY = rf"(?:[0-3]?\d\s?(?:st|nd|rd|th)?(?!\d)|{_ORDINAL})"
_S = r"\s?[./,\s_-]\s?"
_DATE = re.compile(
    rf"(?<![\w/.-])(?:"
    rf"[0-3]?\d{_S}[0-3]?\d{_S}(?:(?:18|19|20)\d\d|\d\d)(?!\.?\d|[/-])"
    rf"|(?:18|19|20)\d\d{_S}[01]?\d{_S}[0-3]?\d(?!\d)"
    rf"|(?:the\s)?{_DAY}(?:\sof)?[\s.,/-]{{0,2}}{_MONTH}\b[\s.,/-]{{0,3}}{_YEAR}"
    rf"|{_MONTH}\b[\s.-]{{0,2}}(?:the\s)?{_DAY}[\s.,-]{{0,3}}{_YEAR}"
    rf")",
    re.IGNORECASE,
)
_LABELLED_ONLY = re.compile(
    rf"(?<![\w/.-])(?:\d{{8}}|\d{{6}}|{_MONTH}\s(?:19|20)\d\d)(?![\w/-])",
    re.IGNORECASE,
)
_BIRTH = (
    r"(?:\bd\.?\s?\W?\s?o\.?\s?\W?\s?b\b\.?|\b(?:date|day|year) of birth|\bbirth ?date"
    r"|\bbirthday|\bborn|\bbirth|\bb\.)"
)
_birth_before = cue(
    _BIRTH + r"[^\w]{0,6}(?:(?:is|was|on|in|the|of|recorded|as|given|listed|shown"
    r"|a|date|day|unknown|reads)\b\W{0,3}){0,4}$",
    48,
)
_BIRTH_AFTER = re.compile(
    r"[\s,;:(\[-]{0,4}(?:d\.?o\.?b\b|is (?:his|her|the) (?:dob|date of birth|birthday)"
    r"|date of birth|birthday)",
    re.IGNORECASE,
)
_cohort = cue(
    r"\b(?:patients|people|anyone|men|women|those|adults|cohorts?|everyone|all|or)"
    r"\W+(?:who (?:are|were) )?born\W+(?:\w+\W+){0,2}$"
    r"|\b(?:network|group|forum|idea|pilot|programme|project|charity|pcns?|icbs?"
    r"|alliances?|nhs|team|service)\W+(?:\w+\W+){0,2}born\W+(?:\w+\W+){0,2}$"
    r"|\b\d+(?:st|nd|rd|th) birthday\W+(?:\w+\W+){0,2}$"
    r"|\bborn (?:between|before|after|since|from)\W+$",
    50,
)
_event = cue(
    r"\b(?:on|since|by|from|until|till|before|after|dated|due|deadline|updated|seen"
    r"|referred|clinic|scan|version|closes|webinar|to|for|meeting|published|release"
    r"|of|in|date|issued|review|sent|received|2ww|usc|fds|listed|booked|tci|mdt|v)"
    r"\W{0,3}$",
    16,
)


def birth_dates(text: str) -> Iterator[Hit]:
    """Yield dates of birth: dates so labelled, and bare dates that may be one.

    A bare date only counts right beside a name or number, and never one that the
    words before it make the date of something else ("seen on").
    """
    for match in _DATE.finditer(text):
        yield from _judged(text, match)
    for match in _LABELLED_ONLY.finditer(text):
        if _is_birth(text, match):
            yield Hit(*match.span(), "DOB", Strength.WEAK, patient=True)


#: A date this recent is seldom a birthday: it must stand right beside a number.
_RECENT = re.compile(
    r"20(?:1[6-9]|[2-9]\d)|(?:\D|^)(?:1[6-9]|2\d|30)$|^\d\d \d\d \d\d$"
)


def _unlabelled(text: str, start: int, end: int) -> Iterator[Hit]:
    reach = 5 if _RECENT.search(text[start:end]) else 22
    yield Hit(start, end, "DOB", Strength.HINT, reach)


def _is_birth(text: str, match: re.Match[str]) -> bool:
    if _cohort(text, match.start()):
        return False
    after = bool(_BIRTH_AFTER.match(text, match.end()))
    return after or _birth_before(text, match.start())


def _judged(text: str, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span()
    if match[0].lower().startswith("the"):
        start += 4
    if _is_birth(text, match):
        yield Hit(start, end, "DOB", Strength.WEAK, patient=True)
    elif not _event(text, start) and not _cohort(text, start):
        yield from _unlabelled(text, start, end)
