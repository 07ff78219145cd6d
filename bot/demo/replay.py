"""Real archived threads, played through the same path as everything else."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from bot.demo.accounts import Account, digests
from bot.demo.archive import OldThread, read
from bot.demo.community import described
from bot.demo.people import Actor
from bot.demo.playground import Playground, playground
from bot.demo.posing import Posing, user_id
from bot.demo.processes import PlayFailed
from bot.demo.telling import Teller
from bot.demo.times import local
from bot.simulator.player import Said

BEGINS = "2026-06-02 12:30"  #: a Tuesday, when people can be reached
BATCH = 10  #: threads played between two looks at whether all is done
PATIENCE = 60.0  #: seconds until what is said in one thread must have been taken in
QUESTIONS, DIGESTS = "C0QUESTIONS", "C0DIGESTS"
COORDINATOR = "U0COORDINATOR"
#: The ledger's words for where a reply went, and ours for the line at the end.
PLACES = {
    "quoted": "quoted",
    "grouped": "grouped",
    "kept": "kept_not_quoted",
    "withdrawn": "withdrawn",
    "hidden": "hidden",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of the replies of every thread that was replayed."""

    threads: int
    replies_in: int
    places: Mapping[str, int]
    unassigned: int
    seconds: float
    asked: Mapping[str, int] = field(default_factory=dict)  #: how questions got in
    without_digest: int = 0  #: threads of which the bot said there is nothing to quote
    missing: int = 0  #: replies that no ledger has

    @property
    def sound(self) -> bool:
        """Whether every reply is accounted for."""
        return not self.unassigned and not self.missing

    def line(self) -> str:
        """The tally as one line of JSON."""
        said: dict[str, Any] = {"threads": self.threads, "replies_in": self.replies_in}
        said |= {ours: self.places.get(theirs, 0) for theirs, ours in PLACES.items()}
        said["unassigned"] = self.unassigned
        said["seconds_per_thread"] = round(self.seconds / max(self.threads, 1), 3)
        said |= {"without_digest": self.without_digest, "missing": self.missing}
        return json.dumps(said | dict(self.asked))


@dataclass(eq=False, slots=True)
class Replay:
    """Threads on their way through a playground."""

    play: Playground
    teller: Teller
    posing: Posing
    roots: dict[str, tuple[OldThread, Said]] = field(default_factory=dict)

    def batch(self, threads: Sequence[OldThread]) -> None:
        """Ask, reply and collate *threads*, and wait until all of it is done."""
        asked = self.posing.ask_all(threads)
        for thread, root in asked:
            self.roots[root.ts] = (thread, root)
            for reply in thread.replies:
                person = self.play.player.person(user_id(reply.user))
                person.reply(root, reply.text or EMPTY)
            self.play.player.wait_until_quiet(PATIENCE)
        self.play.director.wait_until_quiet()
        coordinator = Actor(self.play.player, COORDINATOR, "The coordinator")
        for thread, root in asked:
            if thread.replies:
                coordinator.shortcut("collate_thread", root)
                coordinator.closes_forms()
        self.play.director.wait_until_quiet()


#: Slack posts no message without words; an empty reply stands as this.
EMPTY = "(no words)"


def replay(path: Path, most: int | None) -> bool:
    """Play the threads of the file at *path*; print what became of every reply.

    The last line printed is one line of JSON. Returns whether all are accounted for.

    Raises:
        PlayFailed: the file is malformed, or the play could not go on.
    """
    threads = read(path, most)
    began = time.monotonic()
    with playground(described(ROLES), seed(threads), local(BEGINS)) as play:
        running = Replay(play, Teller({}), Posing(play))
        done = 0
        for batch in _batches(threads):
            running.batch(batch)
            done += len(batch)
            spent = time.monotonic() - began
            running.teller.line(f"{done} of {len(threads)} threads, {spent:.0f} s")
        found = digests(play, COORDINATOR)
        tally = count(running, found, time.monotonic() - began)
    running.teller.console.print(tally.line())
    return tally.sound


def count(running: Replay, found: Sequence[Account], seconds: float) -> Tally:
    """What became of every reply, by the bot's own ledgers.

    A thread in which the bot found nothing to quote has no ledger: its replies are
    kept and not quoted, as the bot told the coordinator.
    """
    places: Counter[str] = Counter()
    ledgers = {account.root: account for account in found}
    missing = without = 0
    for ts, (thread, _) in running.roots.items():
        account = ledgers.get(ts)
        if account is not None:
            places.update(account.places)
            missing += max(0, len(thread.replies) - sum(account.places.values()))
        elif thread.replies:
            without += 1
            places["kept"] += len(thread.replies)
    told = told_nothing(running)
    if told != without:
        raise PlayFailed(
            f"{without} threads have no digest; of {told} it was said why."
        )
    return Tally(
        threads=len(running.roots),
        replies_in=sum(len(thread.replies) for thread, _ in running.roots.values()),
        places=places,
        unassigned=sum(account.unassigned for account in found),
        seconds=seconds,
        asked=running.posing.counts,
        without_digest=without,
        missing=missing,
    )


def told_nothing(running: Replay) -> int:
    """How often the coordinator was told that a thread holds nothing to quote."""
    desk = running.play.player.person(COORDINATOR)
    return sum("nothing to quote" in one["text"] for one in desk.dms())


ROLES = {"coordinator@example.org": "coordinator"}


def seed(threads: Sequence[OldThread]) -> dict[str, Any]:
    """Everybody who says anything in *threads*, in the questions channel already."""
    names = {name: None for thread in threads for name in _speakers(thread)}
    people = {user_id(name): f"Member {n}" for n, name in enumerate(names, 1)}
    everyone = [COORDINATOR, *people]
    return {
        "people": [
            {
                "id": COORDINATOR,
                "name": "coordinator",
                "real_name": "The coordinator",
                "email": "coordinator@example.org",
            },
            *({"id": user, "name": name} for user, name in people.items()),
        ],
        "channels": [
            {"id": QUESTIONS, "name": "questions", "members": everyone, "bot": True},
            {"id": DIGESTS, "name": "digests", "members": [COORDINATOR], "bot": True},
        ],
    }


def _speakers(thread: OldThread) -> Iterator[str]:
    yield thread.asker
    yield from (reply.user for reply in thread.replies)


def _batches(threads: Sequence[OldThread]) -> Iterator[Sequence[OldThread]]:
    left = iter(threads)
    while some := tuple(islice(left, BATCH)):
        yield some
