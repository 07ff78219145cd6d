"""The page on which a member says whether they come to a call."""

from bot.domain.calls import Answer, CallState
from bot.views.calls import ANSWERS, JOIN_LATER, Shown, said
from bot.views.pages import Page, Press

OVER = {
    CallState.CANCELLED: "This call is cancelled. Nothing is needed from you.",
    CallState.HELD: "This call is over. Thank you for following it.",
}


def call(shown: Shown, *, moved: bool = False) -> Page:
    """*shown* to one member, with what they said; *moved* while they looked at it."""
    title = f"{shown.name[:1].upper()}{shown.name[1:]}"
    if shown.state is not CallState.CONFIRMED:
        over = OVER.get(shown.state, "")
        return Page(title, f"{shown.title}\n\n{over}".rstrip(), lead=shown.when)
    before = "It was changed while you looked at it: please say again.\n\n" * moved
    joining = shown.dial_in or JOIN_LATER
    question = said(shown) or "Will you come?"
    return Page(
        title,
        f"{before}{shown.title}\n\n{joining}\n\n{question}",
        [_press(shown, answer) for answer in ANSWERS],
        lead=shown.when,
        small="You can change your answer at any time, by the same link.",
    )


def pressed(value: str) -> tuple[str, str]:
    """The answer that a button stands for, and when the call was to be."""
    answer, _, when = value.partition("|")
    return answer, when


def _press(shown: Shown, answer: Answer) -> Press:
    return Press(
        label=ANSWERS[answer],
        name="answer",
        value=f"{answer.value}|{shown.when}",
        chosen=shown.answer is answer,
    )
