"""What shows that somebody was here: their identifiers, their name and their words.

Found in whatever the bot has put together (messages, letters, editions), where words
have been escaped, wrapped or quoted on their way; and taken out of it again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

FORMER = "A former member"  #: what stands where a name stood
WITHDRAWN = "[withdrawn]"  #: what stands where words stood
LEAST = 12  #: characters of a piece of somebody's words that is theirs alone

_MARKS = re.compile(r"[*_~`<>|\n\r\t]+|(?<=[.!?…])\s+")
_GAPS = re.compile(r"[\s>]+")
#: How one character may stand in a letter or in Slack.
_SPELT = {
    "&": "(?:&amp;|&)",
    "'": "(?:['’]|&#39;|&#x27;|&rsquo;)",
    '"': '(?:["“”]|&quot;|&#34;)',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What is looked for. Identifiers, names and phrases may be empty."""

    identifiers: tuple[str, ...] = ()  #: Slack ids and addresses
    name: str = ""
    region: str = ""  #: it stands in brackets behind the name
    phrases: tuple[str, ...] = ()
    _needles: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        wanted = (*self.identifiers, self.name, *self.phrases)
        needles = {_even(one) for one in wanted if one.strip()}
        object.__setattr__(self, "_needles", tuple(sorted(needles)))

    @classmethod
    def of(
        cls,
        texts: Iterable[str],
        *,
        identifiers: Iterable[str] = (),
        name: str = "",
        region: str = "",
    ) -> "Traces":
        """The traces of somebody who has said *texts*.

        A text is looked for piece by piece, since it may have been cut; what is
        shorter than ``LEAST`` ("Thanks all!") is said by everybody.
        """
        found = {piece for text in texts for piece in _pieces(text)}
        return cls(
            identifiers=tuple(one for one in identifiers if one),
            name=name,
            region=region,
            phrases=tuple(sorted(found, key=lambda one: (-len(one), one))),
        )

    def found_in(self, value: object) -> bool:
        """Whether any of them stands in the strings of *value*, however deep."""
        return any(
            needle in text
            for text in map(_even, _strings(value))
            for needle in self._needles
        )

    def redacted(self, value: Any) -> Any:
        """*value* without them: the same shape, with other words in their place."""
        if isinstance(value, str):
            return self._redacted(value)
        if isinstance(value, Mapping):
            return {key: self.redacted(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.redacted(one) for one in value]
        return value

    def _redacted(self, text: str) -> str:
        for phrase in self.phrases:
            text = re.sub(_pattern(phrase), WITHDRAWN, text, flags=re.IGNORECASE)
        for one in self.identifiers:
            text = re.sub(rf"<@{re.escape(one)}(?:\|[^>]*)?>", FORMER, text)
            text = re.sub(re.escape(one), FORMER, text, flags=re.IGNORECASE)
        if self.name:
            where = rf"(?:\s*\({_pattern(self.region)}\))?" if self.region else ""
            named = rf"(?<!\w){_pattern(self.name)}(?!\w){where}"
            text = re.sub(named, FORMER, text, flags=re.IGNORECASE)
        return text


def _pieces(text: str) -> Iterator[str]:
    whole = unescape(text).strip()
    for piece in _MARKS.split(whole):
        if len(piece.strip()) >= LEAST:
            yield piece.strip()


def _even(text: str) -> str:
    """*text* as it reads, however it is escaped, wrapped or quoted."""
    plain = unescape(text).replace("’", "'").replace("“", '"').replace("”", '"')
    return _GAPS.sub(" ", plain).strip().casefold()


def _pattern(phrase: str) -> str:
    words = phrase.split()
    spelt = ("".join(_SPELT.get(c) or re.escape(c) for c in _ascii(w)) for w in words)
    return r"(?:\s|&nbsp;|<br\s*/?>|&gt;|>)+".join(spelt)


def _ascii(word: str) -> str:
    return word.replace("’", "'").replace("“", '"').replace("”", '"')


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
