"""What the simulator wrote down, as a judge reads it: messages, acts and views."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from bot.demo import letters
from bot.demo.cast import Hours
from bot.demo.letters import Letter
from bot.demo.looks import Json, buttons, words
from bot.demo.times import PlayedTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What is true of one person of the cast."""

    name: str
    region: str = ""
    hours: Hours = field(default_factory=Hours)
    said_when: bool = False  #: they gave these hours themselves
    away: tuple[tuple[datetime, datetime], ...] = ()  #: from when, until when

    @property
    def signed(self) -> str:
        """How they are named to members."""
        return f"{self.name} ({self.region})" if self.region else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a judge knows of the play that no transcript says."""

    people: Mapping[str, Who]  #: by Slack user id, or by address without one
    questions: str  #: channel ids
    digests: str
    coordinators: frozenset[str]  #: user ids
    direct: Mapping[str, str]  #: whose each conversation with the bot is: user ids
    mailboxes: Mapping[str, str] = field(default_factory=dict)  #: whose: by address
    partners: frozenset[str] = frozenset()  #: addresses beyond the members
    #: (whose, when) of answers that came by e-mail and were added
    answered_by_mail: tuple[tuple[str, datetime], ...] = ()
    #: (whose, when) of those who said, by mail, that they come to the call
    coming_by_mail: tuple[tuple[str, datetime], ...] = ()
    answers_go_to: frozenset[str] = frozenset()  #: addresses that letters name
    update_approved: datetime | None = None
    moves: int = 0  #: how often the call was moved
    holidays: frozenset[str] = frozenset()  #: days, as YYYY-MM-DD
    asked: tuple[tuple[str, str], ...] = ()  #: (asker's name, a question's words)
    typed: tuple[tuple[str, str], ...] = ()  #: (name, words typed into a form)
    secrets: tuple[str, ...] = ()  #: words that must stand nowhere at all
    private: tuple[str, ...] = ()  #: words that nobody let be posted
    #: (name, words shown without it, in which channel)
    nameless: tuple[tuple[str, str, str], ...] = ()
    left_out: tuple[str, ...] = ()  #: words whose author asked to be left out
    resources: tuple[str, ...] = ()  #: links that somebody gave
    dissent: tuple[str, ...] = ()  #: words that differ, and must be shown
    declined: tuple[tuple[str, str], ...] = ()  #: (name, the question declined)
    hold: timedelta = timedelta(minutes=10)

    def name(self, user: str) -> str:
        """The name of a Slack user id."""
        found = self.people.get(user)
        return found.name if found else user


@dataclass(frozen=True, slots=True)
class Version:
    """A message as it stood from a moment on."""

    seq: int
    when: datetime
    text: str
    blocks: Sequence[Json]

    @property
    def words(self) -> str:
        """Everything that can be read in it."""
        return words(self.blocks) or self.text


@dataclass(eq=False, slots=True)
class Post:
    """A message with its whole life."""

    seq: int
    channel: str
    ts: str
    thread_ts: str | None
    user: str
    by_app: bool
    key: str | None
    versions: list[Version]
    deleted: datetime | None = None

    @property
    def first(self) -> Version:
        """As it was posted."""
        return self.versions[0]

    @property
    def last(self) -> Version:
        """As it stands, or stood when it was deleted."""
        return self.versions[-1]

    @property
    def when(self) -> datetime:
        """When it appeared, in community time."""
        return self.first.when

    @property
    def private(self) -> bool:
        """Whether one person alone reads it."""
        return self.channel.startswith("D")

    @property
    def in_thread(self) -> bool:
        """Whether it is a reply."""
        return self.thread_ts not in {None, self.ts}


@dataclass(frozen=True)
class Evidence:
    """The transcript with the community's time beside it. Nothing else is asked."""

    entries: Sequence[Json]
    played: PlayedTime
    facts: Facts
    kept: Mapping[str, bytes] = field(default_factory=dict)  #: files the bot has left
    mail: Sequence[Json] = ()  #: every letter that the mail server took

    def when(self, entry: Json) -> datetime:
        """The community's time of an entry."""
        return self.played.at(float(entry["at"]))

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """Every message ever shown, in the order in which they appeared."""
        found: dict[tuple[str, str], Post] = {}
        for entry in self.entries:
            where = (str(entry.get("channel")), str(entry.get("ts")))
            if entry["kind"] == "posted":
                found[where] = self._posted(entry)
            elif entry["kind"] == "updated" and where in found:
                found[where].versions.append(self._version(entry))
            elif entry["kind"] == "deleted" and where in found:
                found[where].deleted = self.when(entry)
        return tuple(found.values())

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Every letter, in the order in which they came."""
        return tuple(letters.read(self.mail, self.entries, self.played))

    @property
    def editions(self) -> Iterator[Letter]:
        """The copies of the month's update."""
        return (one for one in self.letters if one.to_many)

    @property
    def calls(self) -> Iterator[Json]:
        """Every call of the Web API."""
        return (one for one in self.entries if one["kind"] == "call")

    @property
    def acts(self) -> Iterator[Json]:
        """Everything that people did but say."""
        return (one for one in self.entries if one["kind"] == "act")

    def views(self, callback: str) -> Iterator[Json]:
        """Every form of that sort which anybody was shown."""
        for one in self.entries:
            view = one.get("view") or {}
            if one["kind"] == "view" and view.get("callback_id") == callback:
                yield one

    @property
    def ours(self) -> Iterator[Post]:
        """What the bot has posted."""
        return (post for post in self.posts if post.by_app)

    @property
    def public(self) -> Iterator[Post]:
        """What the bot has posted for everyone to read."""
        return (post for post in self.ours if not post.private)

    @property
    def published(self) -> Iterator[Post]:
        """The digests, each by the post that begins it."""
        for post in self.public:
            begins = post.channel == self.facts.digests and not post.in_thread
            if begins and not _asks_who_comes(post):
                yield post

    def thread(self, root: Post) -> list[Post]:
        """The replies under *root*, deleted ones too."""
        return [one for one in self.posts if one.thread_ts == root.ts and one.in_thread]

    def _posted(self, entry: Json) -> Post:
        return Post(
            seq=int(entry["seq"]),
            channel=entry["channel"],
            ts=entry["ts"],
            thread_ts=entry.get("thread_ts"),
            user=entry["user"],
            by_app=bool(entry["by_app"]),
            key=_key(entry.get("metadata")),
            versions=[self._version(entry)],
        )

    def _version(self, entry: Json) -> Version:
        return Version(
            seq=int(entry["seq"]),
            when=self.when(entry),
            text=str(entry["text"]),
            blocks=entry.get("blocks") or (),
        )


def _asks_who_comes(post: Post) -> bool:
    """Whether it is about a call: those are posted beside the digests."""
    pressed = buttons(post.first.blocks)
    return any(one.action_id.startswith("call_answer") for one in pressed)


def _key(metadata: Any) -> str | None:
    payload = (metadata or {}).get("event_payload") or {}
    return payload.get("key")
