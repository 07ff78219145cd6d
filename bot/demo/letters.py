"""The letters of a play, as the people read them whose letter boxes they lie in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from bot.demo.looks import Json
from bot.demo.times import PlayedTime

#: Long lines of a calendar entry go on after a space: words are broken anywhere.
_FOLDED = re.compile(r"\r?\n[ \t]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter that the mail server took."""

    seq: int  #: its place in the transcript
    when: datetime  #: community time
    to: tuple[str, ...]  #: whom the envelope names
    subject: str
    headers: Mapping[str, str]  #: by name in small letters; the last of each
    text: str
    html: str
    calendars: Sequence[str]  #: its calendar parts, as they are

    @property
    def message_id(self) -> str:
        """What mail programs know it by."""
        return self.headers.get("message-id", "")

    @property
    def to_many(self) -> bool:
        """Whether it belongs to a mailing, which can be left."""
        return "list-unsubscribe" in self.headers

    @property
    def everything(self) -> str:
        """All that can be read in it, what mail programs hide included."""
        calendars = (_FOLDED.sub("", one) for one in self.calendars)
        return "\n".join([*self.headers.values(), self.text, self.html, *calendars])

    @property
    def flat(self) -> str:
        """The same, in one line: letters break lines anywhere between two words."""
        return " ".join(unescape(self.everything).split())


def read(
    parsed: Iterable[Json], entries: Iterable[Json], played: PlayedTime
) -> Iterator[Letter]:
    """The letters, with their places among the *entries* of the transcript."""
    noted = {one["id"]: one for one in entries if one["kind"] == "letter"}
    for letter in parsed:
        entry = noted[letter["id"]]
        yield Letter(
            seq=int(entry["seq"]),
            when=played.at(float(entry["at"])),
            to=tuple(str(one).lower() for one in letter["rcpt"]),
            subject=str(letter["subject"]),
            headers={
                str(name).lower(): str(value) for name, value in letter["headers"]
            },
            text=_lines(letter["text"]),
            html=_lines(letter["html"]),
            calendars=[str(one["ics"]) for one in letter["calendars"]],
        )


def _lines(text: object) -> str:
    """*text* with lines that end as everywhere but in the post."""
    return str(text).replace("\r\n", "\n")
