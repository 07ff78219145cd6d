"""What breaks a promise."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that should not be, and where the transcript has it."""

    words: str
    entries: tuple[int, ...] = ()  #: numbers of entries, as ``seq`` has them

    def __str__(self) -> str:
        where = ", ".join(f"#{seq}" for seq in self.entries)
        return f"{self.words} (transcript {where})" if where else self.words
