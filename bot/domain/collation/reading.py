"""Reading one contribution: what sort it is, and which passages could stand alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.collation.cues import dissents, qualifies
from bot.domain.collation.drafts import Contribution
from bot.domain.collation.words import STOP, stems, words
from bot.domain.resources import without_resources
from bot.domain.sentences import Kind, Sentence, split


class Sort(StrEnum):
    """What a contribution is."""

    VIEW = "view"  #: it says something
    AGREEMENT = "agreement"  #: "same here", and no more
    THANKS = "thanks"  #: thanks, a greeting, emoji, nothing
    ELSEWHERE = "elsewhere"  #: a link, a file, code, a quotation, and no more
    QUESTION = "question"  #: it only asks
    LONG = "long"  #: no part of it that can stand alone fits into a line
    GONE = "gone"  #: withdrawn or hidden: never read


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences that belong together: ``text[start:end]``."""

    start: int
    end: int
    text: str
    length: int  #: words
    asks: bool
    dissents: bool
    listed: bool  #: whether it lists and says nothing, as a signature does
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A contribution, read."""

    contribution: Contribution
    sort: Sort
    passages: tuple[Passage, ...] = ()
    stems: tuple[str, ...] = ()


_TELEGRAPHIC = 6  #: words that make sense without a small word among them
LONGEST_LINE = 3000  #: characters; what one block of a message can show

_AGREEING = frozenset(
    """
    1 agree agreed agrees concur same here likewise ditto exactly absolutely
    definitely indeed precisely me us too this seconded second yes yep yeah yup
    aye hear true totally completely fully strongly quite also very much so do
    we as well 100 with i i'm for that what said on all right correct
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)
_AGREEMENT_SIGNS = re.compile(
    r"\+1|👍|💯|☝|:(?:\+1|thumbsup|100|point_up|heavy_plus_sign|white_check_mark):|\^|"
    r"\b(?:agree[ds]?|concur|same|likewise|ditto|exactly|absolutely|seconded|indeed|"
    r"precisely|me too|us too|hear hear)\b",
    re.IGNORECASE,
)
_PLEASANT = frozenset(
    """
    thank thanks thankyou thx ta cheers many much very so great lovely brilliant
    excellent fantastic wonderful super helpful useful really appreciated
    appreciate grateful hi hello hey dear morning afternoon evening good all
    everyone everybody team folks for this that you your the a an is was it to
    ok okay cool nice noted got sure perfect welcome congratulations congrats
    well done job work best wishes kind regards warm advice help reply replies
    response responses sharing posting answer answers quick and again both oh ah
    wow amazing awesome haha lol no problem worries yes yep yeah i will do be in
    touch too as ever always guys interesting indeed see pleasure anytime
    question asking asked raising
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)
_GREETING = re.compile(
    r"(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?:,? (?:(?i:all|both|"
    r"everyone|everybody|there|folks|team|colleagues|again|dr)\.?|[A-Z][\w'-]*)){0,4}[,.!]?"
)
_ASKS = re.compile(r"[?\uff1f\u061f][\"'\u201d\u2019)*_~\s]*$")
_POINTERS = frozenset(
    """
    see link here attached attachment attach source sources reference references
    via please file document doc also this is the found at from more info
    information details read https http www com following below above it and a
    our my for you documentation docs page article post thread paper
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read
)


def read(contribution: Contribution, names: frozenset[str]) -> Reading:
    """What *contribution* is; *names* are words of its thread's authors' names."""
    if contribution.withdrawn or contribution.hidden:
        return Reading(contribution, Sort.GONE)
    sentences = split(contribution.text)
    own = [s for s in sentences if s.kind in {Kind.PROSE, Kind.ITEM}]
    said = " ".join(s.text for s in own)
    sort = _sort_of_words(contribution.text, said, names)
    if sort is not Sort.VIEW:
        return Reading(contribution, sort)
    every = tuple(_passages(contribution.text, sentences))
    telling = [p for p in every if not _is_pleasantry(p, names)] or every
    passages = tuple(p for p in telling if len(p.text) <= LONGEST_LINE)
    content = tuple(stem for passage in passages for stem in passage.stems)
    return Reading(contribution, _sort_of(every, passages), passages, content)


def _sort_of(every: Sequence[Passage], passages: Sequence[Passage]) -> Sort:
    if any(p.asks for p in every) and not any(map(_says_something, every)):
        return Sort.QUESTION
    return Sort.VIEW if any(map(_says_something, passages)) else Sort.LONG


def _is_pleasantry(passage: Passage, names: frozenset[str]) -> bool:
    """Whether it greets or thanks, and may be left out before what is said."""
    if _GREETING.fullmatch(passage.text):
        return True
    told = set(words(passage.text)) - names
    return told <= _PLEASANT and not passage.dissents


def _says_something(passage: Passage) -> bool:
    return not passage.asks and bool(words(passage.text))


def _sort_of_words(text: str, said: str, names: frozenset[str]) -> Sort:
    """What the words alone tell; ``VIEW`` whenever in doubt, so that none is lost."""
    plain = without_resources(said)
    told = set(words(plain))
    spoken = (told - names) or told  # nothing but names may be a view in disguise
    if spoken <= _AGREEING | _PLEASANT and _AGREEMENT_SIGNS.search(said):
        return Sort.AGREEMENT
    if dissents(said) or not spoken <= _POINTERS | _PLEASANT:
        return Sort.VIEW
    all_there_is = set(words(text)) - names
    if all_there_is <= _PLEASANT and plain == said and "://" not in text:
        return Sort.THANKS
    return Sort.ELSEWHERE


def _passages(text: str, sentences: Sequence[Sentence]) -> Iterator[Passage]:
    """Runs of sentences that must not be parted, in order."""
    for run in _runs(sentences):
        own = [s for s in run if s.kind is not Kind.CODE]
        if not own:
            continue
        start, end = run[0].start, run[-1].end
        said = " ".join(s.text for s in own)
        asks = all(_ASKS.search(s.text) for s in own)
        yield Passage(
            start,
            end,
            text[start:end],
            length=len(text[start:end].split()),
            asks=asks,
            dissents=dissents(said),
            listed=_is_list(words(said)),
            stems=tuple(stems(said)),
        )


def _is_list(said: Sequence[str]) -> bool:
    """Whether no word of many holds the others together."""
    return len(said) > _TELEGRAPHIC and STOP.isdisjoint(said)


def _runs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences with what qualifies them; other people's words part them."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and not _travels(run, sentence):
            yield run
            run = []
        if sentence.kind is not Kind.QUOTE:
            run.append(sentence)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _travels(run: Sequence[Sentence], sentence: Sentence) -> bool:
    """Whether *sentence* must be read together with the *run* before it."""
    if run[-1].text.rstrip("*_~ ").endswith(":"):
        return sentence.kind is not Kind.QUOTE
    if sentence.kind is Kind.ITEM and run[-1].kind is Kind.ITEM:
        return any(s.kind is Kind.PROSE for s in run) or qualifies(sentence.text)
    return sentence.kind in {Kind.PROSE, Kind.ITEM} and qualifies(sentence.text)
