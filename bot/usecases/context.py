"""What every use case is given, and who is asking."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.community import Community
from bot.domain.errors import NotAllowed
from bot.domain.members import Member
from bot.owing import Places, Scene
from bot.ports import Clock
from bot.store import Begin, Library, Transaction
from bot.views.links import Links

__all__ = ["Context", "Patience", "Transaction", "asking", "coordinating"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long machines try. All of it is machine time."""

    lease: timedelta = timedelta(minutes=2)  #: longer than any batch may take to send
    attempts: int = 8  #: tries before an event or a message is parked
    first_wait: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(hours=1)
    look_again: timedelta = timedelta(seconds=2)  #: between two look-ups of a message
    recheck: timedelta = timedelta(seconds=20)  #: when a repeat is checked for copies

    def wait(self, attempt: int) -> timedelta:
        """The pause after failed *attempt* (1, 2, …): doubling, up to the longest."""
        return min(self.longest_wait, self.first_wait * (1 << min(attempt - 1, 20)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The store, the clocks and the rules. No way out: use cases do not send."""

    begin: Begin
    clock: Clock
    community: Community
    patience: Patience = field(default_factory=Patience)
    mail: bool = False  #: letters can be sent; otherwise they wait, and it is shown
    links: Links | None = None  #: None: the bot has no public address
    places: Places = field(default_factory=Places)
    library: Library = field(default_factory=Library)  #: what routing remembers

    def now(self) -> datetime:
        """Community time, aware, UTC."""
        return self.clock.now()

    def said_at(self, ts: str) -> datetime:
        """When a message in Slack was said, by its *ts*: community time."""
        said = _EPOCH + timedelta(seconds=float(ts))
        return self.clock.community_time_of(said)

    def note_sure(
        self, tx: Transaction, by: Member, subject: str, doubts: frozenset[str]
    ) -> None:
        """Keep that somebody said no patient is described, without the text."""
        if doubts:
            tx.audit.add(
                actor=by.id,
                act="no patient is described",
                subject=subject,
                at=self.now(),
                detail={"kinds": sorted(doubts)},
            )

    def scene(self, tx: Transaction) -> Scene:
        """What composing messages takes, on the open transaction *tx*."""
        return Scene(
            tx=tx,
            community=self.community,
            now=self.clock.now(),
            places=self.places,
            mail=self.mail,
            links=self.links,
        )


def asking(tx: Transaction, user: str) -> Member:
    """The member whose Slack user id it is.

    Raises:
        NotAllowed: they are not a member, or no longer.
    """
    member = tx.members.by_slack(user)
    if member is None or member.left_at is not None:
        raise NotAllowed(
            "I do not know you yet. Please join the questions channel first, then try "
            "again in a minute."
        )
    return member


def coordinating(tx: Transaction, user: str) -> Member:
    """The coordinator whose Slack user id it is.

    Raises:
        NotAllowed: they do not coordinate.
    """
    member = asking(tx, user)
    if not member.coordinates:
        raise NotAllowed
    return member
