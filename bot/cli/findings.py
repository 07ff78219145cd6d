"""Findings: what ``convenor check`` says of one thing it looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How one thing was found; the words are what people read."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"  #: the bot would not work
    SKIPPED = "skipped"  #: something else has to be mended first


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check; ``do`` is the sentence that says how to mend it."""

    verdict: Verdict
    what: str
    says: str
    do: str = ""


def ok(what: str, says: str) -> Finding:
    """All is well with *what*."""
    return Finding(Verdict.OK, what, says)


def warning(what: str, says: str, do: str = "") -> Finding:
    """The bot would run, but somebody should know."""
    return Finding(Verdict.WARNING, what, says, do)


def problem(what: str, says: str, do: str = "") -> Finding:
    """The bot would be stopped, or would not do its work."""
    return Finding(Verdict.PROBLEM, what, says, do)


def skipped(what: str, why: str) -> Finding:
    """*what* could not be looked at yet."""
    return Finding(Verdict.SKIPPED, what, why)
