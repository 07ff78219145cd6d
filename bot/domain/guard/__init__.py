"""The patient-data guard: does a text identify a patient?

Text that does is refused or hidden before it is kept; weaker combinations are asked
about; ordinary pathway talk passes. There is no language model and no list of
patients: patterns, check digits and the words around them, in time proportional to
the length of the text. docs/decisions/0006-patient-data-guard.md says why.
"""

from bot.domain.guard.judge import decide, weigh
from bot.domain.guard.normalise import plain
from bot.domain.guard.verdict import Findings, Span, Verdict

__all__ = ["Findings", "Span", "Verdict", "inspect", "mask"]

#: What stands where an identifier stood.
BLANK = "▇▇▇"


def inspect(text: str) -> Findings:
    """Say whether a text identifies a patient, and where.

    Offsets are into `text` as given. What is found never carries the words.
    """
    form = plain(text)
    hits = weigh(form.text)
    spans = (Span(*form.original(hit.start, hit.end), hit.kind) for hit in hits)
    return Findings(decide(hits), tuple(spans))


def mask(text: str) -> str:
    """Return the text with every identifier found in it blanked.

    A text that passes is returned as it is.
    """
    kept: list[str] = []
    at = 0
    for span in inspect(text).spans:
        if span.end > at:
            kept += [text[at : span.start], BLANK]
            at = span.end
    return "".join([*kept, text[at:]])
