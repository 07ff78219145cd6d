"""Phone numbers and e-mail addresses: a patient's, or a clinic's?"""

import re
from collections.abc import Iterator

from bot.domain.guard.context import cue, sentence_after, sentence_before, whose
from bot.domain.guard.verdict import Hit, Strength

_S = r"[\s.()-]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w.+/#-])(?:(?:\+|00)\s?44{_S}(?:\(0\){_S})?|\(?0|[Oo](?=7\d))"
    rf"(?=[1-378])\d(?:{_S}\d){{7,9}}(?!{_S}\d|\w)"
    r"|(?<![\w.+/#-])0 7(?: \d){9}(?! ?\d)"
)
_MOBILE = re.compile(r"(?:\+44|0044|0)7")
_personal = cue(
    r"\b(?:(?:call|ring|phone|contact|reach|text|rang|called|phoned|speak to|bell)"
    r"\s(?:him|her|them|mum|dad|the (?:patient|family|daughter|son|wife|husband))"
    r"|(?:his|her|their|home|patient'?s?|pt'?s?|daughter'?s?|son'?s?|wife'?s?"
    r"|husband'?s?|carer'?s?|nok)\s"
    r"(?:\w+\s)?(?:number|no|mobile|mob|tel|phone|landline|contact))\b[^.!?]{0,30}$",
    80,
)
_own = cue(
    r"\b(?:my|me|mine|i'?m|i am|us|dial(?:[- ]?in)?|zoom|teams|webinar"
    r"|whatsapp|bleep|pin)\b[^.!?]{0,30}$"
    r"|\bpatients?\s(?:(?:can|should|could|may|to|will|must)\s)?"
    r"(?:rings?|calls?|phones?)\b[^.!?]{0,30}$",
    60,
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64}(?:\s?@\s?|\s?\[at\]\s?|\s\(at\)\s)"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])"
)
_FREE = re.compile(
    r"@\s?(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|me|aol|btinternet"
    r"|sky|virginmedia|talktalk|ntlworld|msn|protonmail|proton|blueyonder)\.",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"\b(?:patient|pt|husband|wife|daughter|son|mum|mother|father|dad|carer|n\.?o\.?k"
    r"|next of kin|relative|partner|niece|nephew|(?:his|her|their) e-?mail)\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"(?:nhs\.(?:net|uk|scot)|\.ac\.uk|\.gov\.uk|macmillan|cruk|cancer)", re.IGNORECASE
)


def phone_numbers(text: str) -> Iterator[Hit]:
    """Yield UK phone numbers, unless the words around them say a service's."""
    for match in _PHONE.finditer(text):
        owner = _phone_owner(text, match)
        if owner < 0:
            continue
        strength = Strength.WEAK if owner or _is_mobile(match[0]) else Strength.HINT
        yield Hit(*match.span(), "PHONE", strength, reach=60, patient=owner > 0)


def _is_mobile(number: str) -> bool:
    return bool(
        _MOBILE.match(
            re.sub(r"[^\d+]", "", number.replace("O", "0")).replace("+440", "+44")
        )
    )


def _phone_owner(text: str, match: re.Match[str]) -> int:
    if _personal(text, match.start()):
        return 1
    if _own(text, match.start()):
        return -1
    return whose(text, *match.span())


def emails(text: str) -> Iterator[Hit]:
    """Yield e-mail addresses that are a patient's or a family's."""
    for match in _EMAIL.finditer(text):
        owner = whose(text, *match.span())
        if owner > 0 and _of_a_patient(text, match):
            yield Hit(*match.span(), "EMAIL", Strength.WEAK, patient=True)
        elif not _INSTITUTION.search(match[0]) and not _own(text, match.start()):
            yield _unowned(text, match, owner)


def _of_a_patient(text: str, match: re.Match[str]) -> bool:
    before = sentence_before(text, match.start())
    return bool(_FAMILY.search(before + " " + sentence_after(text, match.end())))


def _unowned(text: str, match: re.Match[str], owner: int) -> Hit:
    free = bool(_FREE.search(match[0])) and owner == 0
    alone = bool(sentence_before(text, match.start()).strip())
    strength = Strength.WEAK if free and alone else Strength.HINT
    return Hit(*match.span(), "EMAIL", strength, reach=40)
