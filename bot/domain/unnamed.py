"""Words for readers beyond the community: without names, small regions or addresses.

What is taken out is marked, so that nobody takes the rest for all that was said.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

NAME, REGION, ADDRESS = "[name]", "[region]", "[link]"
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "prof", "professor", "sir"})
#: What may stand behind a name in a profile, and is none.
_LETTERS = frozenset(
    {
        *("mbe", "obe", "cbe", "md", "phd", "bsc", "msc", "mbbs", "mbchb", "bmbs"),
        *("mrcgp", "frcgp", "mrcp", "frcp", "drcog", "dch", "rgn", "rn", "gp"),
    }
)
#: Where a name ends and what somebody does begins: "Ben Carter (NHS), GP lead".
_ASIDE = re.compile(r"\s*[(\[,]|\s[-–—|/:]\s")
#: Names that are as often plain words; alone they give nobody away.
_MONTHS = frozenset({"april", "may", "june", "august"})
_LEAST = 3  #: letters of a name that is looked for by itself
_REPEATED = re.compile(rf"{re.escape(NAME)}(?:\s+{re.escape(NAME)})+")
_BEFORE = re.compile(rf"((?:[^\W\d_][\w.'’-]*\s+){{1,4}}){re.escape(NAME)}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SLACK = re.compile(r"https?://[\w.-]*slack\.com/\S*|@U[A-Z0-9]{5,}\b")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Discretion:
    """What must not be said to readers beyond the community."""

    surnames: frozenset[str]  #: of every member: looked for as written
    other_names: frozenset[str]  #: of every member: only before a surname
    first_names: frozenset[str]  #: of those who took part
    regions: tuple[str, ...]  #: with too few members to be named
    slack: str = ""  #: the workspace's own address

    @classmethod
    def about(
        cls,
        names: Iterable[str],
        *,
        present: Collection[str] = (),
        regions: Iterable[str] = (),
        slack: str = "",
    ) -> Self:
        """Say nothing of *names*, nor of the first names of those *present*.

        Surnames are left out wherever they stand; first names, which are often plain
        words too, only where one of those who took part has them.
        """
        parts = [_parts(name) for name in names]
        return cls(
            surnames=frozenset(_telling(one[-1]) for one in parts if one) - {""},
            other_names=frozenset(part for one in parts for part in one[:-1]),
            first_names=frozenset(map(_first_name, present)) - {""},
            regions=tuple(sorted(regions, key=len, reverse=True)),
            slack=slack,
        )

    def keep(self, text: str) -> str:
        """*text* with what must not be said left out, and marked."""
        text = _SLACK.sub(ADDRESS, _MAIL.sub(ADDRESS, text))
        if self.slack:
            text = re.sub(rf"{re.escape(self.slack)}\S*", ADDRESS, text)
        for region in self.regions:
            text = re.sub(rf"(?i)\b{re.escape(region)}\b", REGION, text)
        return self._nameless(text)

    def _nameless(self, text: str) -> str:
        hidden = {
            word
            for word in _WORD.findall(text)
            if _bare(word) in self.surnames or _bare(word) in self.first_names
        }
        for word in sorted(hidden, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(word)}(?!\w)", NAME, text)
        return _REPEATED.sub(NAME, _BEFORE.sub(self._whole_name, text))

    def _whole_name(self, found: re.Match[str]) -> str:
        """A surname that was left out, with the first names and title before it."""
        words = found[1].split()
        while words and (_bare(words[-1]) in self.other_names or _is_title(words[-1])):
            words.pop()
        return " ".join([*words, NAME])


def _bare(word: str) -> str:
    """*word* without a possessive ending, and with one sort of apostrophe."""
    return re.sub(r"'s?$", "", word.replace("’", "'"))


def _parts(name: str) -> list[str]:
    """First names, then the surname, however a profile writes them."""
    aside = _ASIDE.search(name.strip())
    words = _words(name.strip()[: aside.start()] if aside else name)
    if aside and aside[0].strip() == "," and len(words) == 1:  # "Carter, Ben"
        words = [*_words(name.strip()[aside.end() :]), *words]
    return words


def _words(name: str) -> list[str]:
    words = re.findall(r"[^\s,.()\[\]]+", name.replace("’", "'"))
    named = [word for word in words if not _is_title(word)]
    while len(named) > 1 and named[-1].lower() in _LETTERS:
        named.pop()
    return named


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in _TITLES


def _first_name(name: str) -> str:
    parts = _parts(name)
    return _telling(parts[0]) if parts else ""


def _telling(word: str) -> str:
    return word if len(word) >= _LEAST and word.lower() not in _MONTHS else ""
