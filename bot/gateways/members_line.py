"""One line of a members file, made into a member; or what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from typing import TypeVar

from email_validator import EmailNotValidError, validate_email

from bot.domain.community import Community, Role
from bot.domain.members import Imported

LONGEST = 200  #: characters of a name
SHOWN = 40  #: characters of a wrong value that are shown
FEW = 6  #: known names that are listed; more would bury the mistakes
LIKE = 0.6  #: how like a known name a value must be to be taken for a slip
BETWEEN = re.compile(r"[;|]")

T = TypeVar("T")


class Wrong(Exception):
    """Values that cannot be used: the column of each, and why."""

    def __init__(self, told: Iterable[tuple[str, str]]) -> None:
        self.told = tuple(told)
        super().__init__(f"{len(self.told)} wrong values")


@dataclass
class LineReader:
    """Reads the lines of one file, and remembers the addresses in it."""

    community: Community
    _lines: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        here = self.community
        self._regions = {_bare(region): region for region in here.regions}
        self._topics = {
            _bare(words): topic.id
            for topic in here.topics
            for words in (*topic.words, topic.name, topic.id)
        }

    def member(self, line: int, said: Mapping[str, str]) -> Imported:
        """The member whom *line* describes; *said* is its words by column.

        Raises:
            Wrong: there are values that cannot be used; it tells all of them.
        """
        wrong: list[tuple[str, str]] = []

        def take(column: str, read: Callable[[str], T], otherwise: T) -> T:
            try:
                return read(said.get(column, ""))
            except ValueError as error:
                wrong.append((column, str(error)))
                return otherwise

        read = Imported(
            line=line,
            name=take("name", _name, ""),
            email=take("e-mail", partial(self._address, line), ""),
            region=take("region", self._region, None),
            role=take("role", _role, None),
            interests=take("interests", self._interests, frozenset()),
        )
        if wrong:
            raise Wrong(wrong)
        return read

    def _address(self, line: int, typed: str) -> str:
        if not typed:
            raise ValueError("is missing; members are known by their address.")
        bare = typed.removeprefix("mailto:")
        try:
            address = validate_email(bare, check_deliverability=False).normalized
        except EmailNotValidError:
            raise ValueError(f"{_shown(typed)} is not an e-mail address.") from None
        before = self._lines.setdefault(address.lower(), line)
        if before != line:
            raise ValueError(
                f"{_shown(typed)} is in line {before} already. Each member needs "
                "an address of their own; remove the line that is not wanted."
            )
        return address.lower()

    def _region(self, typed: str) -> str | None:
        if not typed:
            return None
        return _known(typed, self._regions, "a region of community.toml")

    def _interests(self, typed: str) -> frozenset[str]:
        what, name_of = "a topic of community.toml", self.community.topic_name
        return frozenset(
            _known(one.strip(), self._topics, what, name_of=name_of)
            for one in BETWEEN.split(typed)
            if one.strip()
        )


def _name(typed: str) -> str:
    if not typed:
        raise ValueError("is missing.")
    if len(typed) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters.")
    if not typed.isprintable():
        raise ValueError("has characters in it that cannot be shown.")
    return typed


def _role(typed: str) -> Role | None:
    if not typed:
        return None
    return _known(typed, {role.value: role for role in Role}, "a role")


def _known(
    typed: str, known: Mapping[str, T], what: str, *, name_of: Callable[[T], str] = str
) -> T:
    """What *typed* means, however it is capitalised and spaced.

    Raises:
        ValueError: it means nothing *known*; it says what may have been meant.
    """
    bare = _bare(typed)
    if bare in known:
        return known[bare]
    wrong = f"{_shown(typed)} is not {what}."
    meant = get_close_matches(bare, known, n=1, cutoff=LIKE)
    if meant:
        raise ValueError(f"{wrong} Did you mean {name_of(known[meant[0]])}?")
    names = dict.fromkeys(map(name_of, known.values()))
    few = f" There are: {', '.join(names)}." if len(names) <= FEW else ""
    raise ValueError(f"{wrong}{few}")


def _bare(words: str) -> str:
    """*words* without what people write in different ways."""
    said = words.casefold().replace("&", " and ")
    return " ".join(re.findall(r"\w+", said))


def _shown(typed: str) -> str:
    cut = typed if len(typed) <= SHOWN else f"{typed[: SHOWN - 1]}…"
    return f"“{cut}”"
