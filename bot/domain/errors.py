"""Refusals: what the community will not do, and what the person is told.

A refusal is not a failure. It says, to the person concerned, what was declined and
what they can do next; it never carries a person's text, because errors travel to
logs and a log must not become a copy of the record.
"""


class CommunityError(Exception):
    """A refusal that the person concerned can understand and act on.

    ``advice`` is one or two sentences shown to that person. ``field`` names the
    form's field it concerns, if it concerns one.
    """

    advice: str = "That could not be done. Nothing was sent."
    field: str | None = None

    def __init__(self, advice: str | None = None, *, field: str | None = None) -> None:
        super().__init__(type(self).__name__)
        if advice is not None:
            self.advice = advice
        if field is not None:
            self.field = field


class PatientDataFound(CommunityError):
    """The text seems to identify a patient, so it was neither kept nor sent.

    ``kinds`` says what was seen ("NHS number"), never the text that matched.
    """

    def __init__(self, kinds: frozenset[str], *, field: str | None = None) -> None:
        super().__init__(
            "This looks as if it could identify a patient "
            f"({', '.join(sorted(kinds))}). Nothing was kept or sent. "
            "Please describe the question without personal details.",
            field=field,
        )
        self.kinds = kinds


class PatientDataPossible(CommunityError):
    """The text might identify a patient: its author is asked before it goes on."""

    def __init__(self, kinds: frozenset[str], *, field: str | None = None) -> None:
        super().__init__(
            f"Does this describe a patient ({', '.join(sorted(kinds))})? Change it, "
            "or tick “No patient is described” below and send again.",
            field=field,
        )
        self.kinds = kinds


class NotAllowed(CommunityError):
    """The person may not do this; it says who may."""

    advice = "Only a coordinator can do that. Nothing was changed."


class NotFound(CommunityError):
    """What was named is not there."""

    advice = "That could not be found. It may have been removed."


class OutOfDate(CommunityError):
    """Someone else changed it first."""

    advice = (
        "Someone has changed this since you opened it. Nothing of yours was saved; "
        "please open it again."
    )


class QuestionClosed(CommunityError):
    """The question no longer takes this."""

    advice = "This question has closed and its answers have been shared. Ask a new one?"
