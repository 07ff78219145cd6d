"""What the guard can say about a text."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    """Whether a text may go on: it may, its author is asked first, or it may not."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Span:
    """One identifier found: offsets into the original text, and what kind it is."""

    start: int
    end: int
    kind: str


#: what a person calls each kind of identifier
WORDS = {
    "NHS_NUMBER": "NHS number",
    "DOB": "date of birth",
    "PHONE": "phone number",
    "POSTCODE": "postcode",
    "PERSON": "name",
    "EMAIL": "e-mail address",
    "ADDRESS": "address",
    "HOSPITAL_NO": "hospital number",
    "NINO": "National Insurance number",
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a text, without any of its words.

    A text that passes carries no spans.
    """

    verdict: Verdict
    spans: tuple[Span, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """What was found, in words a person uses ("date of birth")."""
        return frozenset(WORDS[span.kind] for span in self.spans)


class Strength(IntEnum):
    """How much one hit says on its own."""

    #: counts only in the company of something stronger
    HINT = 0
    #: worth asking about on its own
    WEAK = 1
    #: identifies a patient on its own
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A possible identifier in the plain form of a text.

    `reach` is how many characters away stronger company may stand for a HINT to
    count. `patient` says that the words around it speak of one patient.
    """

    start: int
    end: int
    kind: str
    strength: Strength
    reach: int = 0
    patient: bool = False

    def gap(self, other: "Hit") -> int:
        """Count the characters between this hit and another; 0 if they touch."""
        return max(0, other.start - self.end, self.start - other.end)
