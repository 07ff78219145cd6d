"""What may be kept of what a person types: the guard, as a rule for forms."""

import re

from bot.domain.errors import CommunityError, PatientDataFound, PatientDataPossible
from bot.domain.guard import Verdict, inspect

#: Control characters but tab and line breaks, and halves of surrogate pairs.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def keepable(text: str) -> str:
    """*text* without the few characters that databases refuse and nobody sees."""
    return _UNKEEPABLE.sub("", text)


def visible(text: str) -> bool:
    """Whether a reader sees anything: space and zero-width characters are nothing."""
    return any(one.isprintable() and not one.isspace() for one in text)


def admit(text: str, *, field: str, sure: bool = False) -> frozenset[str]:
    """Let *text* pass the guard, or refuse it.

    *sure*: its author has said that no patient is described. Returns what looked as if
    it might describe one, in words ("date of birth"); nothing where nothing did.

    Raises:
        PatientDataFound: it identifies a patient.
        PatientDataPossible: it might, and its author has not been asked yet.
    """
    findings = inspect(text)
    if findings.verdict is Verdict.REFUSE:
        raise PatientDataFound(findings.kinds, field=field)
    if findings.verdict is Verdict.ASK and not sure:
        raise PatientDataPossible(findings.kinds, field=field)
    return findings.kinds if findings.verdict is Verdict.ASK else frozenset()


def needed(text: str, *, field: str) -> str:
    """*text* without the space around it.

    Raises:
        CommunityError: there is nothing in it to read.
    """
    if not visible(text):
        raise CommunityError("Please write something here.", field=field)
    return text.strip()
