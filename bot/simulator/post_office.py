"""The post office: every letter that was sent, and its bad weather."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bot.simulator.clock import Clock
from bot.simulator.letters import Letter
from bot.simulator.transcript import Transcript

#: Kinds of weather; see `Weather`.
KINDS = frozenset({"refuse", "greylist", "die", "lose", "delay", "down"})
STEPS = frozenset({"mail", "rcpt", "data"})
#: What a server says when it turns a letter away for now.
GREYLISTED = "451 4.7.1 Greylisted, please try again later"


@dataclass
class Weather:
    """Something that goes wrong with letters.

    `refuse`: answered with *code* and *words* at *step* (`mail`, `rcpt`, `data`);
    `greylist`: each address is turned away *times* times (451), then welcome;
    `die`: the letter is taken, and the connection breaks before that is said;
    `lose`: the connection breaks after the letter, which is not taken;
    `delay`: the answer to the letter, which is taken, comes after *seconds*;
    `down`: every connection breaks at once.
    """

    kind: str
    #: Whose letters: a recipient's address; empty means everybody's.
    to: str = ""
    step: str = "rcpt"
    code: int = 550
    words: str = "5.1.1 No such mailbox here"
    #: How often it strikes (greylist: each address); None means until it clears.
    times: int | None = None
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"`kind` is one of {', '.join(sorted(KINDS))}")
        if self.step not in STEPS:
            raise ValueError(f"`step` is one of {', '.join(sorted(STEPS))}")

    def meets(self, recipients: list[str]) -> bool:
        """Whether it strikes a letter to *recipients*."""
        meant = self.to.lower()
        return not meant or meant in {one.lower() for one in recipients}

    def strikes(self) -> bool:
        """Strike once more, if it is not spent."""
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0


@dataclass
class PostOffice:
    """Keeps what was sent; the SMTP door asks it what to answer."""

    clock: Clock
    transcript: Transcript
    letters: list[Letter] = field(default_factory=list)
    weather: list[Weather] = field(default_factory=list)
    _tried: Counter[str] = field(default_factory=Counter)

    def forecast(self, weather: Weather) -> None:
        """Let *weather* come."""
        self.weather.append(weather)
        about = {"weather": weather.kind, "to": weather.to}
        self.transcript.note("fault", method="smtp", **about)

    def clear(self) -> None:
        """Let every letter through again."""
        self.weather.clear()
        self._tried.clear()

    @property
    def down(self) -> bool:
        """Whether nobody answers."""
        return self.met("down", []) is not None

    def met(self, kind: str, recipients: list[str]) -> Weather | None:
        """The weather of *kind* that strikes a letter to *recipients* now, if any."""
        for one in self.weather:
            if one.kind == kind and one.meets(recipients) and one.strikes():
                return one
        return None

    def refusal(self, step: str, recipients: list[str]) -> str | None:
        """What is answered at *step* instead of yes, if anything."""
        for one in self.weather:
            fits = one.kind == "refuse" and one.step == step
            if fits and one.meets(recipients) and one.strikes():
                return f"{one.code} {one.words}"
        return self._greylisted(recipients[0]) if step == "rcpt" else None

    def _greylisted(self, address: str) -> str | None:
        for one in self.weather:
            if one.kind == "greylist" and one.meets([address]):
                self._tried[address.lower()] += 1
                if self._tried[address.lower()] <= (one.times or 1):
                    return GREYLISTED
        return None

    def take(
        self, mail_from: str, rcpt: list[str], raw: bytes, *, answered: bool = True
    ) -> Letter:
        """Keep a letter and note it."""
        number = len(self.letters) + 1
        letter = Letter(number, self.clock.now(), mail_from, rcpt, raw, answered)
        self.letters.append(letter)
        self.transcript.note("letter", **letter.label())
        return letter

    def to(self, address: str, after: int = 0) -> list[Letter]:
        """Letters to *address* (empty: to anybody), oldest first, after number."""
        meant = address.lower()
        return [
            one
            for one in self.letters[max(after, 0) :]
            if not meant or meant in {rcpt.lower() for rcpt in one.rcpt}
        ]

    def save(self, folder: Path) -> list[str]:
        """Write every letter as `.eml` and every calendar part as `.ics`; their names.

        Files are numbered as the letters are, so that saving again writes the same.
        """
        folder.mkdir(parents=True, exist_ok=True)
        names: list[str] = []
        for letter in self.letters:
            for name, content in _files(letter).items():
                (folder / name).write_bytes(content)
                names.append(name)
        return names


def _files(letter: Letter) -> dict[str, bytes]:
    slug = letter.slug()
    files = {f"{slug}.eml": letter.raw}
    for place, calendar in enumerate(letter.calendars()):
        number = f"-{place + 1}" if place else ""
        files[f"{slug}{number}.ics"] = calendar["ics"].encode()
    return files
