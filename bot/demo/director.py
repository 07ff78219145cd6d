"""The director: moves the community's clock, and waits until the bot is quiet."""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from bot.demo.processes import PlayFailed
from bot.demo.times import PlayedTime, Stretch, unix
from bot.gateways.clock import SystemClock
from bot.simulator.player import Player

QUIET_WITHIN = 30.0  #: seconds of machine time
PAUSE = 0.02  #: seconds between two looks
ROUNDS = 2  #: a round that was running when we looked, and a whole one after it
SELDOM = frozenset({"housekeeping"})  #: jobs that do not run with every tick
STATUS_WITHIN = 5.0  #: seconds
SPOKEN = ("posted", "updated", "deleted", "sent", "view")

Status = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The bot's own account of how it does."""

    port: int

    def read(self) -> Status | None:
        """What it says now; None while it does not answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=STATUS_WITHIN)
        try:
            connection.request("GET", "/status")
            answer: Status = json.loads(connection.getresponse().read())
        except (OSError, HTTPException, ValueError):
            return None
        finally:
            connection.close()
        return answer


@dataclass(eq=False, slots=True)
class Director:
    """Plays time. Nothing else in a play sleeps.

    Where *rate* is 0 time stands still between two jumps: then it is no matter how long
    machines take, and a play goes the same way every time.
    """

    clock_file: Path
    player: Player
    status: StatusPage
    alive: Callable[[], None]  #: raises if a process of the play has gone
    rate: float = 1.0  #: of community time, between two jumps
    _clock: SystemClock = field(default_factory=SystemClock)
    _stretches: list[Stretch] = field(default_factory=list)
    _seen: int = 0  #: how far the transcript has been read

    @property
    def played(self) -> PlayedTime:
        """Community time so far."""
        return PlayedTime(tuple(self._stretches))

    def now(self) -> datetime:
        """The community's time."""
        return self.played.at(unix(self._clock.machine()))

    def jump(self, moment: datetime) -> None:
        """It is *moment* from now on; time then runs at the play's rate.

        The clock never runs backwards: a moment that has passed changes nothing.
        """
        if not self._stretches or moment > self.now():
            self._set(moment)

    def let_run(self) -> None:
        """Let time run from now on as the machine's does."""
        self.rate = 1.0
        self._set(self.now())

    def _set(self, moment: datetime) -> None:
        machine = self._clock.machine()
        said = {
            "community": moment.astimezone(UTC).isoformat(),
            "machine": machine.isoformat(),
            "rate": self.rate,
        }
        new = self.clock_file.with_suffix(".new")
        new.write_text(json.dumps(said), encoding="utf-8")
        os.replace(new, self.clock_file)  # noqa: PTH105 - atomic, and says so
        self._stretches.append(Stretch(unix(machine), moment, self.rate))
        self.player.do("community_time", now=unix(moment))

    def passes(self, **span: float) -> None:
        """So much community time goes by, and the bot has done what it then does."""
        self.jump(self.now() + timedelta(**span))
        self.wait_until_quiet()

    def wait_until_ready(self) -> None:
        """Wait until the bot is connected and at rest.

        Raises:
            PlayFailed: a process has stopped, or this takes too long.
        """
        self._wait(lambda: self._connected(self.status.read()), "connect")
        self.wait_until_quiet()

    def wait_until_quiet(self) -> None:
        """Wait until every event is handled, and every job has since found nothing.

        Raises:
            PlayFailed: a process has stopped, or this takes too long.
        """
        until = time.monotonic() + QUIET_WITHIN
        rounds = self._at_rest(until)["rounds"]
        while True:
            self._anything_new()
            rounds = self._at_rest(until, rounds)["rounds"]
            if not self._anything_new():
                return

    def _at_rest(self, until: float, rounds: Mapping[str, int] | None = None) -> Status:
        """The status once it is at rest, each job *ROUNDS* after *rounds*."""
        while time.monotonic() < until:
            status = self.status.read()
            if status is not None and self.player.quiet() and _idle(status):
                rounds = status["rounds"] if rounds is None else rounds
                if _rounds_on(status["rounds"], rounds):
                    return status
            self.alive()
            time.sleep(PAUSE)
        waiting = self.player.do("quiet")["waiting"]
        raise PlayFailed(
            f"The bot did not come to rest: {self.status.read()}. Slack waits for an "
            f"answer to {waiting or 'nothing'}."
        )

    def _anything_new(self) -> bool:
        """Whether anything was said or sent since this was asked last."""
        new = self.player.transcript(*SPOKEN, after=self._seen)
        if new:
            self._seen = int(new[-1]["seq"])
        return bool(new)

    def _connected(self, status: Status | None) -> bool:
        return status is not None and bool(status["connected"])

    def _wait(self, done: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + QUIET_WITHIN
        while not done():
            self.alive()
            if time.monotonic() > until:
                raise PlayFailed(f"The bot did not {what} in {QUIET_WITHIN:g} seconds.")
            time.sleep(PAUSE)


def _idle(status: Status) -> bool:
    rounds = status["quiet"].items()
    idle = all(count >= ROUNDS for name, count in rounds if name not in SELDOM)
    return idle and not status["queues"]["inbox"] and not status["due"]


def _rounds_on(now: Mapping[str, int], then: Mapping[str, int]) -> bool:
    return all(
        now[name] >= count + ROUNDS
        for name, count in then.items()
        if name not in SELDOM
    )
