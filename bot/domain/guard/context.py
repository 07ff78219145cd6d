"""The words around a possible identifier: whose is it?

A phone number is a patient's or a clinic's, a name a patient's or a colleague's. The
same few questions are asked of every kind of identifier, of the same sentence.
"""

import re
from collections.abc import Callable

#: Words that make an ordinary noun of "patient": a patient leaflet is no patient.
_THING = (
    r"(?!['s]{0,2}[ -](?:information|safety|experience|line|transport|participation"
    r"|groups?|leaflets?|portal|advice|liaison|navigators?|tracking|access|choice"
    r"|initiated|facing|pathways?|stor(?:y|ies)|representatives?|reps?|voice|numbers"
    r"|flow|list|demand|education|engagement|level|records?|panel|involvement"
    r"|enquir(?:y|ies)|services?|booking|helpline|contact))"
)
_PATIENT = re.compile(
    r"\b(?:(?<!any )(?<!every )(?<!each )patient(?!s\b)"
    + _THING
    + r"|pt(?!s)|px|he|she|his|her|him|husband|wife"
    r"|daughter|son|mum|mother|father|dad|sister of|brother|partner of|niece|nephew"
    r"|next of kin|n\.?o\.?k|carer|relative|lady|gentleman|chap|widow(?:er)?)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:practices?|surger(?:y|ies)|hospitals?|clinics?(?! letter| list| slot)"
    r"|cent(?:re|er)s?|department"
    r"|dept|offices?|services?|teams?|reception|switchboard|secretar(?:y|ies)|hub"
    r"|helpline|hotline|(?:advice|direct|back|priority|bypass|patient|phone) line"
    r"|dial|dial-?in|conference|webinar|zoom|meeting|room|venue|site|cdc|labs?"
    r"|laborator(?:y|ies)|kits?|stores|depot|booking|bookings|coordinators?"
    r"|co-ordinators?|navigators?"
    r"|managers?|bleep|pager|ext|extension|fax|charity|macmillan|radiology|endoscopy"
    r"|admin|administrators?|enquiries|hq|headquarters|trust|icb|pcn|alliance|unit"
    r"|pharmacy|library|college|hotel|conference|parking|car park|sat ?nav|based at"
    r"|my|me|mine|us|our (?:number|line|address|office|new)|nurse line|cns|nurses"
    r"|registrar|on[- ]call|switch|help ?desk|it support|training|event|away day"
    r"|handlers|desk|mailbox|inbox|clinicians|oncology|haematology|gastro\w*|urology"
    r"|dermatology|gyna?e\w*|respiratory|radiotherapy|palliative|hospice|pathology|duty"
    r"|triage|spr|carries|whatsapp|clinicians?|dr|doctor|prof|professor"
    r"|colleagues?|facilitators?|leads?|consultants?|gp|speakers?)\b",
    re.IGNORECASE,
)
#: Characters of a sentence looked at on each side.
_BEFORE, _AFTER = 90, 50
_STOP = re.compile(r"(?<!\.)[.!?;](?=\s)|\n\s*\n")


def sentence_before(text: str, at: int, size: int = _BEFORE) -> str:
    """Return what comes before a place in its sentence, `size` characters at most."""
    window = text[max(0, at - size) : at]
    stops = list(_STOP.finditer(window))
    return window[stops[-1].end() :] if stops else window


def sentence_after(text: str, at: int, size: int = _AFTER) -> str:
    """Return what follows a place in its sentence, `size` characters at most."""
    window = text[at : at + size]
    stop = _STOP.search(window)
    return window[: stop.start()] if stop else window


def _nearest(pattern: re.Pattern[str], before: str, after: str) -> int:
    """Count the characters to the nearest match; far more than any window if none."""
    gaps = [len(before) - match.end() for match in pattern.finditer(before)]
    found = pattern.search(after)
    # What comes before belongs to the number more often than what follows it.
    gaps += [found.start() + 25] if found else []
    return min(gaps, default=10_000)


def whose(text: str, start: int, end: int) -> int:
    """Say whose `text[start:end]` is: 1 a patient's, -1 a service's, 0 unsaid.

    The nearer word wins.
    """
    before, after = sentence_before(text, start), sentence_after(text, end)
    patient = _nearest(_PATIENT, before, after)
    service = _nearest(_SERVICE, before, after)
    if patient == service:
        return 0
    return 1 if patient < service else -1


def cue(pattern: str, size: int = 30) -> Callable[[str, int], bool]:
    """Make a test: does `pattern` occur within `size` characters before a place?"""
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text, at: bool(compiled.search(text[max(0, at - size) : at]))
