"""The letters of a play, as the people read them whose letter boxes they lie in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.demo.looks import Json
from bot.demo.times import PlayedTime


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
        return "\n".join(
            [*self.headers.values(), self.text, self.html, *self.calendars]
        )


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
            text=str(letter["text"]),
            html=str(letter["html"]),
            calendars=[str(one["ics"]) for one in letter["calendars"]],
        )
