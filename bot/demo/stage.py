"""A play's stage: the cast at their desks, the clock, and who tells of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.demo.cast import IN_SLACK, MEMBERS, PARTNER, STAFF, Part
from bot.demo.looks import Json, words
from bot.demo.people import Actor
from bot.demo.playground import Playground
from bot.demo.processes import PlayFailed
from bot.demo.telling import Teller
from bot.demo.times import local
from bot.simulator.player import Said


@dataclass(eq=False, slots=True)
class Stage:
    """What scenes are played with."""

    play: Playground
    teller: Teller
    actors: Mapping[str, Actor]  #: by first name
    #: Words that people typed into forms: who, and what. The transcript has the rest.
    typed: list[tuple[str, str]] = field(default_factory=list)
    #: Answers that came by e-mail: whose, and when each was added.
    mailed: list[tuple[str, datetime]] = field(default_factory=list)
    #: Those whose calendars answered that they come: whose, and when.
    coming: list[tuple[str, datetime]] = field(default_factory=list)
    update_approved: datetime | None = None
    moves: int = 0  #: how often the call was moved
    _told: int = 0  #: how far the transcript has been told

    @classmethod
    def of(cls, play: Playground) -> "Stage":
        """The stage of *play*, with everybody of the cast who is in Slack."""
        everyone = (*STAFF, *IN_SLACK)
        actors = {one.first: Actor(play.player, one.user, one.name) for one in everyone}
        names = {actor.desk.dm_channel(): name for name, actor in actors.items()}
        boxes = {one.address: one.first for one in (*STAFF, *MEMBERS)}
        boxes[PARTNER] = "the board"
        return cls(play=play, teller=Teller(names, boxes), actors=actors)

    def actor(self, part: Part) -> Actor:
        """*part* at their desk."""
        return self.actors[part.first]

    def at(self, words_: str) -> None:
        """It becomes that moment, such as ``2026-05-18 12:30``, and the bot works."""
        self.play.director.jump(local(words_))
        self.settle()

    def later(self, **span: float) -> None:
        """So much time goes by."""
        self.play.director.jump(self.play.director.now() + timedelta(**span))
        self.settle()

    def settle(self) -> None:
        """The bot does what there is to do, and it is told."""
        self.play.director.wait_until_quiet()
        for entry in self.play.player.transcript("posted", "letter", after=self._told):
            self._told = int(entry["seq"])
            if entry["kind"] == "letter":
                self.teller.letter(self.time_of(entry), entry)
            elif entry["by_app"] and entry["channel"].startswith("D"):
                self.teller.contact(self.time_of(entry), entry)

    def tell(self, words_: str) -> None:
        """Tell of something, at the community's present time."""
        self.teller.say(self.play.director.now(), words_)

    def types(self, part: Part, text: str) -> str:
        """Note that *part* types *text* in a form; returns it."""
        self.typed.append((part.name, text))
        return text

    def time_of(self, entry: Json) -> datetime:
        """The community's time of an entry of the transcript."""
        return self.play.director.played.at(float(entry["at"]))

    def letters_to(self, part: Part) -> list[Json]:
        """The letters in *part*'s letter box, oldest first.

        Raises:
            PlayFailed: there is none.
        """
        found = self.play.player.letters(part.address)
        if not found:
            raise PlayFailed(f"{part.name} has no letter.")
        return found

    def answered_by_mail(self, part: Part) -> None:
        """Note that *part*'s answer came by e-mail, and is about to be added."""
        self.mailed.append((part.address, self.play.director.now()))

    def post_by(self, part: Part, label: str, channel: str) -> Said:
        """The newest message at the top of *channel* in which *label* can be read.

        Raises:
            PlayFailed: there is none.
        """
        for message in reversed(self.actor(part).desk.sees(channel)):
            if label in words(message["blocks"]):
                return Said(channel, message["ts"])
        raise PlayFailed(f"Nothing in {channel} says {label!r}.")

    def home(self, part: Part) -> list[Json]:
        """What *part* finds on the Home tab, block by block."""
        actor = self.actor(part)
        actor.desk.open_home()
        self.settle()
        shown: list[Json] = (actor.desk.home() or {}).get("blocks", [])
        return shown


def as_json(value: Any) -> str:
    """*value* as people can read it in a file."""
    return json.dumps(value, ensure_ascii=False, indent=1)
