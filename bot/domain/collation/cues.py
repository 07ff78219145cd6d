"""Turns of phrase that propose where a statement belongs.

They only propose: a coordinator moves what they misread.
"""

import re

_START = r"^[\W_]*"

#: what a sentence begins with when it qualifies the one before it
_QUALIFIES = re.compile(
    _START + r"(?:but|however|unless|except|although|though|if|only|not|yet|otherwise|"
    r"that said|having said that|on the other hand|even so|nevertheless|nonetheless|"
    r"still,|provided|providing|assuming|until|and not|and only|or not|apart from|"
    r"other than|with the exception|except(?:ing|ion)?|caveat|nb|n\.b\.)\b",
    re.IGNORECASE,
)
#: what a sentence begins with when it leans on the one before it for its meaning
_LEANS = re.compile(
    _START + r"(?:this|that|these|those|it|they|he|she|so|then|also|and|or|because|"
    r"such|which|hence|therefore|thus|the same|both|neither|the latter|the former|"
    r"e\.g|i\.e|for example|for instance|as a result|in (?:that|this|which) case)\b",
    re.IGNORECASE,
)
_DISSENTS = re.compile(
    _START + r"(?:(?:no|nope)(?=\s*(?:[,.;:!\u2013-]|$))|actually,|i doubt|"
    r"we differ)|"
    r"\b(?:disagree\w*|dissent\w*|i object|i(?:'d| would) (?:caution|push back|"
    r"be (?:wary|careful|cautious)|advise against|never)|"
    r"(?:don'?t|do not|can'?t|cannot|wouldn'?t|would not) (?:quite |really |"
    r"entirely )?(?:agree|recommend|support|accept|advise)|i would(?:n't| not) "
    r"(?:use|do|go|rely|trust|refer|want|start|wait|offer|send|stop|change)|"
    r"(?:not|aren'?t|wasn'?t) (?:so |at all |entirely |really |quite )?"
    r"(?:convinced|persuaded|in favour|comfortable|safe)|not (?:our|my) experience|"
    r"on the contrary|quite the opposite|the opposite|to the contrary|contrary to|"
    r"different(?:ly)? (?:here|for us|in our|in my)|not (?:here|for us|in our|in my)|"
    r"we (?:stopped|abandoned|gave up|no longer|never|do not|don'?t|did not|"
    r"didn'?t|decided against)|i(?:'m| am) against|unsafe|"
    r"i(?:'m| am) not (?:so |at all |entirely )?sure (?:that|this|these|those|it|"
    r"we|they|i agree)|i(?:'d| would) rather|it failed|"
    r"(?:did not|didn't|does not|doesn't) work|"
    r"(?:a )?bad idea|overrated|misleading|(?:is|are|was) wrong|"
    r"worr(?:y|ies|ied) (?:that|about|me|us)|concern(?:s|ed) (?:that|about)|"
    r"unlike (?:others|most|everyone|the others))\b",
    re.IGNORECASE,
)
_DEPENDS = re.compile(
    _START
    + r"if\b(?! (?:i (?:had|remember|recall|understand|may)|you (?:want|ask|like)|"
    r"any(?:one|body)|not\b|so\b))|"
    r"\b(?:depend(?:s|ing|ent)?(?: \w+){0,2} (?:up)?on|(?:it|that|all) depends|"
    r"(?:it|this|that) varies|var(?:y|ies) (?:by|with|between|from)|case[ -]by[ -]case|"
    r"unless|except (?:for|if|when|where|in)|provided that|only (?:if|when|where|for)|"
    r"in some (?:cases|regions|practices|places))\b",
    re.IGNORECASE,
)
_AGREES = re.compile(
    _START + r"(?:\+1|agree[ds]?\b|(?:i |we )?(?:(?:totally|fully|completely|strongly|"
    r"also|very much|would|both) )*(?:agree|concur|second)\b|"
    r"same (?:\w+ ){0,2}(?:here|for us|in)\b|likewise\b|exactly\b|ditto\b|absolutely\b|"
    r"(?:me|us) too\b|(?:as|so) do we\b|yes,? (?:we|i|same|agree)\b|hear,? hear\b)",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:but|however|except|although|though|only|apart from)\b", re.IGNORECASE
)
_NEGATES = re.compile(
    r"\b(?:not|no|never|none|nor|without|cannot|stop(?:ped)?|against|avoid|"
    r"(?:do|does|did|ca|wo|would|should|could|is|are|was|were|have|has|had)n'?t)\b",
    re.IGNORECASE,
)


def _plain(text: str) -> str:
    return text.replace("\u2019", "'")


def qualifies(sentence: str) -> bool:
    """Whether *sentence* takes something back from the one before it."""
    return bool(_QUALIFIES.match(_plain(sentence)))


def leans(sentence: str) -> bool:
    """Whether *sentence* is hard to follow without the one before it."""
    return bool(_LEANS.match(_plain(sentence)))


def dissents(text: str) -> bool:
    """Whether *text* says that its author sees or does it differently."""
    return bool(_DISSENTS.search(_plain(text)))


def depends(text: str) -> bool:
    """Whether *text* makes its advice hang on a condition."""
    return bool(_DEPENDS.search(_plain(text)))


def agrees(text: str) -> bool:
    """Whether *text* opens by agreeing with somebody."""
    return bool(_AGREES.match(_plain(text)))


def hedges(text: str) -> bool:
    """Whether *text* takes something back."""
    return bool(_HEDGES.search(text))


def negations(text: str) -> int:
    """How often *text* denies something: an odd one out is no repetition."""
    return len(_NEGATES.findall(_plain(text)))
