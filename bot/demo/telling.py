"""What a play prints: warm plain lines with the community's time. Colour only adds."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot.demo.contacts import Kind, Said, parts
from bot.demo.looks import Json
from bot.demo.times import spoken_time

WIDTH = 80
GAP = 2
_INDENT = len(spoken_time(datetime.fromisoformat("2026-05-20T12:30+01:00"))) + GAP

_LINK = re.compile(r" ?\(?<[^<>|]+\|[^<>]+>\)?")
_MARKS = re.compile(r"[*_]")

_HEARS = {
    Kind.INVITATION: "{name} is asked{why}.",
    Kind.REMINDER: "{name} is reminded, gently and once.",
    Kind.CLOSING: "{name} hears that it closes soon.",
    Kind.CHECK: "{name} sees the line that quotes them, before anyone else does.",
    Kind.NEEDED: "{name} has something under Needs you: {first}",
}


@dataclass(eq=False, slots=True)
class Teller:
    """Prints what happens as it happens, each line readable in 80 columns."""

    names: Mapping[str, str]  #: first names, by the channel of their DM
    boxes: Mapping[str, str] = field(default_factory=dict)  #: and by e-mail address
    console: Console = field(
        default_factory=lambda: Console(
            highlight=False, markup=False, emoji=False, soft_wrap=True
        )
    )
    _last: str = ""

    def say(self, moment: datetime, words: str) -> None:
        """Print *words* beside the time; the time once where several lines share it."""
        at = spoken_time(moment)
        shown = at if at != self._last else ""
        self._last = at
        lines = textwrap.wrap(words, WIDTH - _INDENT, break_long_words=False)
        for number, line in enumerate(lines):
            lead = shown if number == 0 else ""
            self.console.print(Text(f"{lead:<{_INDENT}}", style="cyan") + Text(line))

    def line(
        self, words: str = "", style: str = "", under: int = 0, *, wrap: bool = True
    ) -> None:
        """Print *words* by themselves, what is wrapped moved in by *under*."""
        wrapped = textwrap.wrap(
            words, WIDTH, break_long_words=False, subsequent_indent=" " * under
        )
        if not wrap:
            wrapped = [words]
        for line in wrapped or [""]:
            self.console.print(Text(line, style=style))

    def day(self, words: str) -> None:
        """Print a heading."""
        self._last = ""
        self.line()
        self.line(words, style="bold")

    def contact(self, moment: datetime, message: Json) -> None:
        """Tell of a message of the bot to one person, if it asks anything of them."""
        name = self.names.get(message["channel"], "Somebody")
        for said in parts(message["blocks"]):
            if said.kind in _HEARS:
                self.say(moment, _told(name, said))

    def letter(self, moment: datetime, letter: Json) -> None:
        """Tell of a letter: whose it is, and its subject."""
        name = self.boxes.get(letter["rcpt"][0], "Somebody")
        self.say(moment, f"A letter to {name}: “{letter['subject']}”")


def spoken(text: str) -> str:
    """*text* without Slack's marks, so that it can be read aloud."""
    return _MARKS.sub("", _LINK.sub("", text)).strip()


def _told(name: str, said: Said) -> str:
    why = f", because: {said.why}" if said.why else ""
    first = spoken(said.words.split("\n")[0])
    return _HEARS[said.kind].format(name=name, why=why, first=first)
