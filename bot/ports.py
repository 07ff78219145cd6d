"""What the outside must be able to do for us, and how it may fail.

Ports exist only where the outside is: Slack and mail as ways out, Slack as a place
to read, time. Everything here is a value or a protocol; nothing here does anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, Required, TypedDict


class Medium(StrEnum):
    """How a message travels."""

    SLACK = "slack"
    MAIL = "mail"


class Act(StrEnum):
    """What sending a message does outside."""

    POST = "post"  #: a new message; reconciled when its outcome is unknown
    UPDATE = "update"  #: change the message whose key is ``target``; safe to repeat
    DELETE = "delete"  #: remove the message whose key is ``target``; safe to repeat
    HOME = "home"  #: show the member's Home; safe to repeat


class Priority:
    """Who is waiting. Lower goes first."""

    PERSON = 0  #: somebody is looking at a screen
    INVITATION = 1
    BULK = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Where a message went: Slack's channel and ``ts``, or a letter's Message-ID."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, fully composed: the words that are kept are the words that are sent.

    Only ids are filled in at delivery: ``target`` names another message by its key.
    A POST with a target goes into that message's thread; an UPDATE or a DELETE acts on
    it. A message whose target has not gone yet waits for it. ``thread_ts`` is for
    threads that did not begin with a message of ours.
    """

    key: str  #: names the act, so owing it twice owes it once: "invite:<id>:<member>"
    medium: Medium = Medium.SLACK
    act: Act = Act.POST
    to: str  #: a Slack channel or user id, or an e-mail address
    #: Slack: {"text": …, "blocks": […]} or {"view": …}. A letter: see ``Letter``.
    body: Mapping[str, Any]
    wording: int | None = None  #: words shared with others; ``body`` adds to them
    target: str | None = None
    thread_ts: str | None = None
    slot: str | None = None  #: a newer message replaces an undelivered one in its slot
    priority: int = Priority.INVITATION
    member: str | None = None  #: whom it is for, where it is for one member
    unsolicited: bool = False  #: counts against the member's contacts a week


class Letter(TypedDict, total=False):
    """What a message says that travels by mail: its ``body``.

    ``fill`` maps placeholders, such as "@@unsubscribe@@", to what stands in their
    place for this recipient, in the text, in the HTML (escaped) and in headers.
    """

    subject: Required[str]
    text: Required[str]
    html: Required[str]
    name: str  #: the recipient's, for the header To
    reply_to: str  #: the address that answers go to
    headers: Mapping[str, str]  #: further ones: List-Unsubscribe, …
    calendar: Mapping[str, str]  #: {"method": "REQUEST" or "CANCEL", "ics": …}
    bulk: bool  #: to many at once
    fill: Mapping[str, str]


class NotSent(Exception):
    """The message did not go, or nobody can say whether it did.

    ``permanent``: trying again cannot help (no such channel, address refused).
    ``retry_after``: the wait the other side asked for; ``pace`` says that it concerns
    every message of that method and channel, not this one alone.
    ``uncertain``: the other side may have accepted it; it must be looked for before it
    is sent again. *reason* is for logs and coordinators: never a person's text.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: timedelta | None = None,
        uncertain: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        self.uncertain = uncertain


class Unreachable(Exception):
    """The outside could not be read just now. *reason* says how, for logs."""


class Gateway(Protocol):
    """A way out: Slack, or the mail server."""

    def send(self, message: Message, target: Receipt | None) -> Receipt:
        """Do what *message* says; *target* is the receipt of the message it names.

        Raises:
            NotSent: it did not go, or may have (``uncertain``).
        """

    def find(
        self, message: Message, target: Receipt | None, *, since: datetime
    ) -> tuple[Receipt, ...]:
        """Every copy of *message* outside, sent after *since*, oldest first.

        *since* is machine time, aware, UTC.

        Raises:
            NotSent: the outside could not be asked.
        """

    def remove(self, receipt: Receipt) -> None:
        """Take away a copy that should not be there.

        Raises:
            NotSent: it could not be removed now.
        """

    def paces(self, message: Message) -> tuple[tuple[str, timedelta], ...]:
        """The rate limits that *message* must keep: names, and the pause after each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the workspace, as Slack describes them."""

    id: str
    name: str
    email: str | None = None
    bot: bool = False
    gone: bool = False  #: deactivated


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message in Slack, projected onto the fields we need."""

    channel: str
    ts: str
    thread_ts: str | None
    author: str | None  #: a Slack user id; None for a message by an app without one
    text: str
    bot: bool = False
    edited_ts: str | None = None
    files: tuple[str, ...] = ()  #: permalinks
    reply_count: int = 0
    key_hash: str | None = None  #: of our own messages: the hash of their outbox key


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel, as Slack describes it."""

    id: str
    name: str
    member: bool  #: the bot is in it
    private: bool = False
    archived: bool = False


class Workspace(Protocol):
    """Slack as a place to read. Every method waits out its rate limit.

    Raises:
        Unreachable: from any method, when Slack cannot be read.
    """

    def people(self) -> Iterator[Person]:
        """Everyone, bots and the deactivated included."""

    def person(self, user: str) -> Person | None:
        """The person of that user id; None when Slack knows nobody of that id."""

    def members(self, channel: str) -> Iterator[str]:
        """The user ids in *channel*."""

    def channel(self, name_or_id: str) -> Channel | None:
        """The channel of that name or id; None where the bot can see none."""

    def history(self, channel: str, *, oldest: str) -> Iterator[Heard]:
        """Messages at *channel*'s top level since *oldest* (a ``ts``), newest first."""

    def replies(self, channel: str, root: str) -> tuple[Heard, ...] | None:
        """A thread read whole, its root first; None when there is no such thread."""

    def permalink(self, channel: str, ts: str) -> str | None:
        """The address of one message; None when it is not there."""


class Forms(Protocol):
    """Opening forms: the one thing a door asks of Slack directly.

    Each returns False when Slack would not open it (a trigger lives 3 s).
    """

    def open(self, trigger: str, view: Mapping[str, Any]) -> bool:
        """Open a form."""

    def push(self, trigger: str, view: Mapping[str, Any]) -> bool:
        """Open a form on top of the one that is open."""

    def update(self, view_id: str, view: Mapping[str, Any]) -> bool:
        """Replace an open form."""


class Clock(Protocol):
    """The two clocks, both aware, UTC."""

    def now(self) -> datetime:
        """Community time: when things are due for people. May be moved in play."""

    def machine(self) -> datetime:
        """Machine time: leases, back-off, pacing, signatures. Never moved."""

    def community_time_of(self, machine: datetime) -> datetime:
        """The community time at a past moment of machine time (a message's ``ts``)."""


@dataclass(frozen=True, slots=True)
class Gateways:
    """Every way out that is open; a medium without one keeps its messages waiting."""

    by_medium: Mapping[Medium, Gateway] = field(default_factory=dict)

    def media(self) -> Iterable[Medium]:
        """The media that can be sent by."""
        return self.by_medium.keys()
