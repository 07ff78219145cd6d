"""Words beside a name that say whose it is: a patient's, or a colleague's."""

import re

from bot.domain.guard.context import cue

_PERSON_WORD = (
    r"(?:consultant|surgeon|secretary|manager|gp|gps|nurse|cns|leads?|coordinator"
    r"|co-ordinator|navigator|facilitator|registrar|physician|oncologist|radiologist"
    r"|gastroenterologist|urologist|dermatologist|gynaecologist|director|chair"
    r"|urology|colorectal|breast|gastro\w*|radiology|frcs|frcgp|mrcgp|mbe|obe"
    r"|professor|speaker|trainee|pharmacist|radiographer|endoscopist|administrator"
    r"|sonographer|dietitian|chief executive|officer|analyst|fellow|colleague|partner"
    r"|macmillan|cruk|icb|rcgp|alliance|trust|charity|host|author|editor)"
)
_THING_WORD = (
    r"(?:talk|webinar|session|clinic(?! letter)|list|team|paper|et al|score|foundation"
    r"|hospital(?! n)|surgery|practice|centre|unit(?! n)|report|review|award|prize"
    r"|trial|study|group|syndrome|disease|palsy|criteria|staging|lecture|model"
    r"|institute|college|house|ward|theatre|rota|test|sign|node|classification|rule"
    r"|law|curve|plot|ratio|scale|index|stage|fund|road|street|lane|partnership)"
)
_OWNED = (
    r"(?:posts?|points?|views?|ideas?|suggestions?|questions?|comments?|slides"
    r"|e-?mails?|message|article|book|blog|audit|work|spreadsheet|template|secretary"
    r"|project|pilot|data|summary|advice|thread|reply|answer|oesophagus|words)"
)
_DONE = (
    r"(?:presented|presents?|leads?|led|agrees?|agreed|chairs?"
    r"|chaired|sent|shared?|wrote|writes?|organised|joins?|joined|mentioned"
    r"|asked (?:us|me)|told (?:us|me)"
    r"|suggested|suggests|teaches|hosts?|covers?|posted|replied|thinks|said|says"
    r"|retires|takes? over|runs?|spoke|speaks?|will speak|chase[ds]?"
    r"|asked for|teach|opened|opens|gave|gives)"
)
_DOING = (
    r"(?:presenting|speaking|leading|chairing|joining|hosting|covering|retiring"
    r"|taking over|running|organising|sharing|drafting|collating|writing|giving"
    r"|teaching|happy to"
    r"|on (?:leave|call|holiday|(?:mon|tues|wednes|thurs|fri)day)|our|the new)"
)
_NOT_ROLE = (
    r"(?!(?:by|under|seen|needs|for|with|to|no|via|awaiting|known|not|sees|saw"
    r"|of|at|lives|born|dob)\b)"
)
_COLLEAGUE_AFTER = re.compile(
    r"^(?:\s?[,(-]\s?|\s(?:is|was|who is|as)\s|\s)(?:(?:our|the|my|a|an|who is)\s)?"
    rf"(?:{_NOT_ROLE}[\w-]+\s){{0,2}}?{_PERSON_WORD}\b"
    rf"|^(?:'s)?\s{_THING_WORD}\b"
    rf"|^'s?\s(?:\w+\s){{0,2}}?(?:{_THING_WORD}|{_OWNED})\b"
    rf"|^\s(?:(?:has|will|who|also|kindly|always|just)\s){{0,2}}{_DONE}\b"
    rf"|^\s(?:is|was|will be|has been)\s{_DOING}\b",
    re.IGNORECASE,
)
_colleague_before = cue(
    r"(?:\b(?:dr|doctor|prof(?:essor)?|sister|nurse|consultant|sir|dame|lord|rev"
    r"|matron|thanks(?: to| also)?|thank you(?: to)?|cc|hi|hiya|hello|dear|morning"
    r"|regards|best wishes|cheers|colleagues?|surgeon|registrar|facilitator|manager"
    r"|coordinator|navigator|leads?|gp|speakers?|secretary|author|chair|by|via|welcome"
    r"|congratulations(?: to)?|well done|cns|ask|actions?|speak to|talk to"
    r"|(?:agree|spoke|speak|met|meet|meeting|working|work|worked|discussed|discuss"
    r"|liaise|talked|talk|chat|session|along|together) with"
    r"|(?:e-?mail|slides|message|reply|input|heard|advice|update|minutes"
    r"|notes) from|under)\b|@)"
    r"[\s,.:]{1,3}$",
    24,
)
_company_before = cue(r"\b(?:with|from|as)[\s,.:]{1,3}$", 10)
_NEXT = r"^[\s,;:(*|-]{1,4}"
_LABEL_NEXT = re.compile(
    _NEXT + r"(?:d\.?\s?o\.?\s?b|born|nhs\s?(?:no|num|#|:|\d)|hosp|mrn)", re.IGNORECASE
)
_FIGURES_NEXT = re.compile(_NEXT + r"\d{1,2}[/.-]\d")
_PATIENT = (
    r"\b(?:(?:our|the|my|this|a|one|another|same) (?:\w+ )?)?(?:patient|pts?|px)"
    r"(?:'s)?(?:\s(?:is|was|details|name|called|named|initials))*\W{0,4}$"
    r"|\bbreach(?:ed)?(?: \w+)? is\W{1,3}$|\bpt \w{0,12}\W{0,3}$"
)
_TENS_OF_YEARS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_AGED = re.compile(
    r"^(?:\s\(\d{1,3}\)|,\s\d{1,3},"
    r"|[\s,(-]{1,3}(?:(?:who is|is|a|an|aged?)\s){0,3}"
    r"(?:\d{1,3}\s?(?:[mfMF]\b|yo\b|y/o|yrs?\b|[- ]?years?[- ]old)|aged?\s\d{1,3}"
    rf"|(?:aged?\s)?{_TENS_OF_YEARS}(?:[ -]\w+)?(?:[ -]years?|\b(?=[,.)\n]))))"
)
_aged_before = cue(
    r"(?:(?:year|yr)s?[- ]old(?:\s(?:man|woman|lady|gentleman|male|female))?,?"
    r"|\b\d\d\s?(?:[mfMF]|yo)\b,?)\s$",
    30,
)
#: A surgeon may refer, scan and see; only a patient does these.
_LIVES_OR_WAITS = re.compile(
    r"\b(?:dna'?d|did not attend|didn't attend|has been waiting|breached|lives|born"
    r"|year[- ]old|\d\d[mf]|(?:his|her) (?:wife|husband|son|daughter)|died|passed away"
    r"|was diagnosed|was referred|was discharged|weight loss|rectal bleeding)\b",
    re.IGNORECASE,
)

#: A patient's name is announced: "our patient …", "the 62-day breach is …".
patient_announced = cue(_PATIENT, 40)
#: A name is announced, perhaps a patient's: "name: …", "a lady called …".
announced = cue(
    _PATIENT + r"|\b(?:(?:sur|fore|first |full |last )?name(?:'s| is)?|initials"
    r"|(?:lady|gentleman|man|woman|chap|husband|wife|son|daughter|mother|father|mum"
    r"|dad)(?:\s(?:called|named))?|called|named)\W{0,4}(?:is\s)?$",
    40,
)
#: Somebody is to be reached or looked up.
sought = cue(
    r"\b(?:ring|rang|call|called|phone|phoned|chased?|chasing|contact|contacted|seen"
    r"|for|about|re|saw)\W{1,2}$",
    14,
)


def is_aged(text: str, start: int, end: int) -> bool:
    """Whether an age stands by a name: "(67F)", ", aged seventy", "67-year-old …"."""
    return _aged_before(text, start) or bool(_AGED.match(text[end : end + 25]))


def told_as_patient(sentence: str) -> bool:
    """Whether a sentence says of somebody what is said of patients alone."""
    return bool(_LIVES_OR_WAITS.search(sentence))


def is_labelled(text: str, end: int) -> bool:
    """Whether the label of an identifier follows a name: "…, dob"."""
    return bool(_LABEL_NEXT.match(text[end : end + 25]))


def is_colleague(text: str, start: int, end: int, *, titled: bool = False) -> bool:
    """Whether the words beside the name at `text[start:end]` make it a colleague's.

    "With" and "from" say little before a titled name: problems are with patients.
    """
    after = text[end : end + 60]
    identified = _LABEL_NEXT.match(after) or _FIGURES_NEXT.match(after)
    if identified or patient_announced(text, start):
        return False
    if _colleague_before(text, start) or (not titled and _company_before(text, start)):
        return True
    return bool(_COLLEAGUE_AFTER.match(after))
