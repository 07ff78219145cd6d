"""What a door may answer to the person who acted. Always private, never owed.

Whatever other people should see, or must not be lost, is owed to the outbox by the
use case; these are for the one person who is looking at the screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence for the person who acted, and for nobody else.

    After a command it stands under the command; after a form it takes the form's
    place; after a button or a shortcut it is a small notice that opens. *text* is
    mrkdwn, already escaped where it carries anything a person typed.
    """

    text: str
    blocks: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong, field by field; the form stays open with what was typed."""

    by_field: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Push:
    """Open a form: on top of the one that is open, if one is (three at most)."""

    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Replace:
    """Put a form in the place of the one that is open; open it if none is."""

    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Close:
    """Close every form that is open, not only the one submitted (None does that)."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Options for a list that asks as the person types: (words, value) pairs.

    Slack shows a hundred at most; words are cut at 75 characters.
    """

    options: Sequence[tuple[str, str]]


Reply = Say | Errors | Push | Replace | Close | Choices
