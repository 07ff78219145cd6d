"""Adding a reply received elsewhere: the form, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.elsewhere import Received
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.threads import Via
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.forms import no_patient
from bot.views.mrkdwn import OPTION, escape, shorten
from bot.views.questions import signature

REPLY_FORM = "reply_elsewhere_form"
FIND_AUTHOR = "reply_author"
REPLY, NOT_FOR_THEM = "reply", "not_for_them"
NAMELESS = "nameless"

NO_QUESTION = "Nothing has been asked yet, so there is no thread to add a reply to."
UNKNOWN_QUESTION = (
    "There is no question of that number. “convenor reply questions” lists them."
)
UNKNOWN_AUTHOR = (
    "There is no such member. They have to be a member first: an operator can add them "
    "with “convenor members import”. Nothing was added."
)

UNKNOWN_REPLY = "That is no reply that somebody added, so nothing was changed."
GONE_ALREADY = "That reply is gone already. Nothing was changed."
TAKEN_BACK = (
    "Taken back: it goes from the thread and from any digest, and its words are not "
    "kept. If its author was asked, the question is theirs to answer again."
)

_WAYS = (
    (Via.EMAIL.value, "By e-mail"),
    (Via.PHONE.value, "By phone"),
    (Via.LETTER.value, "By letter"),
    (Via.IN_PERSON.value, "In person"),
    (Via.OTHER.value, "Some other way"),
)
_OUTCOMES = (
    (REPLY, "A reply to the question"),
    (NOT_FOR_THEM, "“Not one for me”"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in the form."""

    question: int = 0
    author: str = ""
    via: str = Via.EMAIL.value
    outcome: str = REPLY
    text: str = ""
    named: bool = True


def button(question: int = 0) -> Button:
    """What opens the form; with a question, it stands there already."""
    return Button(
        label="Add a reply received elsewhere",
        action="add_reply",
        value=str(question or "any"),
    )


def reply_form(
    questions: Sequence[tuple[Question, Member | None]],
    members: Sequence[tuple[Member, bool]] | None,
    draft: Draft,
    *,
    author: Member | None = None,
    doubt: str = "",
) -> Block:
    """The form. *members*, with who is waited for, or None: it asks for a name."""
    fields = [
        blocks.text("For what a member told you in person, on the phone or by e-mail."),
        _question_field(questions, draft),
        _author_field(members, draft, author),
        blocks.chosen("via", "How did it reach you?", _WAYS, initial=draft.via),
        blocks.chosen(
            "outcome",
            "What did they say?",
            _OUTCOMES,
            initial=draft.outcome,
            kind="radio_buttons",
        ),
        blocks.typed(
            "text",
            "In their words",
            initial=draft.text,
            lines=True,
            optional=True,
            hint="Posted in the thread as from them. Leave out what they quote, and "
            "anything about a patient.",
        ),
        blocks.several(
            "options",
            "Their name",
            [(NAMELESS, "Leave their name off")],
            initial=() if draft.named else (NAMELESS,),
            kind="checkboxes",
        ),
        *no_patient(doubt),
    ]
    return blocks.form(REPLY_FORM, "Add a reply", fields, submit="Add")


def listed(members: Sequence[tuple[Member, bool]]) -> list[tuple[str, str]]:
    """Members as (id, words), with who is waited for."""
    return [
        (one.id, f"{shorten(signature(one), OPTION - 9)}{' · asked' if waited else ''}")
        for one, waited in members
    ]


def added(author: Member, received: Received) -> str:
    """What whoever added a reply is told."""
    who = escape(signature(author)) if received.named else "a member"
    came = f" {received.via.words}" if received.via.words else ""
    return (
        f"Added to the thread, as from {who}{came}. "
        f"{escape(author.name)} is not asked or reminded of this question any more."
    )


def taken_in(told: str, reply: int | None) -> list[Block]:
    """What a coordinator is told, with a way to undo it."""
    shown = [blocks.text(told)]
    if reply is not None:
        undo = Button(label="Take it back", action="take_reply_back", value=str(reply))
        shown.append(blocks.buttons(undo))
    return shown


def declined(author: Member) -> str:
    """What a coordinator is told who notes *Not one for me*."""
    return (
        f"Noted: this is not one for {escape(author.name)}, and they are not asked "
        "about it again. Nobody else is told."
    )


def not_asked(author: Member) -> str:
    """Why there is nothing to note."""
    return f"{author.name} was not asked this question, so there is nothing to note."


def nothing_left(author: Member, why: str) -> str:
    """Why there is nothing left to note."""
    return f"{author.name} {why}. Nothing was changed."


def has_left(author: Member) -> str:
    """Why the words of somebody who has left are not added."""
    return (
        f"{author.name or 'That person'} is not a member any more, so their words are "
        "not posted. If they come back, add it then."
    )


def unknown_address(address: str) -> str:
    """What to do about a letter from an address that is no member's."""
    return (
        f"No member writes from {address}. If a member did, say which: --from, with "
        "the address that “convenor members list” shows. If they are not a member "
        "yet, add them first: convenor members import."
    )


def too_long(length: int, most: int) -> str:
    """Why words are not cut off silently."""
    return (
        f"That is {length:,} characters, and one message holds {most:,}. Please "
        "shorten it, or add it in two parts. Nothing was added."
    )


def there_already(when: str, *, by: str, elsewhere: bool) -> str:
    """Why the same words are not added again, with when and by whom they were."""
    if not elsewhere:
        return f"They said this themselves, {when}. Nothing was added twice."
    handed = f" by {by}" if by else " by an operator"
    return f"This was added already, {when}{handed}. Nothing was added twice."


def _question_field(
    questions: Sequence[tuple[Question, Member | None]], draft: Draft
) -> Block:
    options = [
        (str(one.id), f"{one.id} · {' '.join(one.text.split())}")
        for one, _ in questions
    ]
    chosen = str(draft.question or questions[0][0].id)
    return blocks.chosen("question", "Which question?", options, initial=chosen)


def _author_field(
    members: Sequence[tuple[Member, bool]] | None, draft: Draft, author: Member | None
) -> Block:
    if members is not None:
        options = listed(members)
        return blocks.chosen("author", "Who?", options, initial=draft.author or None)
    chosen = (author.id, signature(author)) if author else None
    hint = "Type part of their name"
    return blocks.sought("author", "Who?", FIND_AUTHOR, initial=chosen, hint=hint)
