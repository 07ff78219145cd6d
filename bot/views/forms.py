"""The forms in which questions are asked, corrected, answered and passed on."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.community import Community
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.routing import Audience
from bot.views import blocks
from bot.views.blocks import Block
from bot.views.mrkdwn import escape, quote
from bot.views.questions import signature

ASK_FORM, ANSWER_FORM, SUGGEST_FORM = "ask_form", "answer_form", "suggest_form"
TOPICS_FORM = "topics_form"

#: Characters of a question, and of an answer, that a form takes.
QUESTION_LIMIT, ANSWER_LIMIT = 2500, 2900

NOT_FOR_PATIENTS = (
    "_For service and pathway questions, not an individual patient’s care._"
)
NO_PATIENT = "no_patient"
AUDIENCES = (
    (Audience.FEW.value, "A few colleagues, chosen to fit"),
    (Audience.EVERYONE.value, "Everyone"),
    (Audience.REGIONS.value, "A voice from every region"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in the question form."""

    question: str = ""
    context: str = ""
    needed_by: str = ""  #: YYYY-MM-DD
    audience: str = Audience.FEW.value
    topics: tuple[str, ...] = ()
    private: bool = False  #: don't collate or archive
    about: str = ""  #: "channel:ts" of the message to route, for Route this question


def ask_form(community: Community, draft: Draft, *, doubt: str = "") -> Block:
    """The form to ask with; *doubt* asks whether a patient is described."""
    topics = [(topic.id, topic.name) for topic in community.topics]
    fields = [
        blocks.text(NOT_FOR_PATIENTS),
        blocks.typed(
            "question",
            "Your question",
            initial=draft.question,
            lines=True,
            most=QUESTION_LIMIT,
        ),
        blocks.typed(
            "context",
            "Context",
            initial=draft.context,
            lines=True,
            optional=True,
            most=QUESTION_LIMIT,
            hint="What you have tried, and what you need it for",
        ),
        blocks.chosen(
            "audience",
            "Whom would you like to hear from?",
            AUDIENCES,
            initial=draft.audience,
            kind="radio_buttons",
        ),
        blocks.day(
            "needed_by",
            "Needed by",
            initial=draft.needed_by or None,
            hint="Seven working days if you leave this empty",
        ),
        *(
            [
                blocks.several(
                    "topics",
                    "Topics",
                    topics,
                    initial=draft.topics,
                    hint="Leave empty and I will work them out from your words",
                )
            ]
            if topics
            else []
        ),
        blocks.several(
            "options",
            "Afterwards",
            [("private", "Don’t collate or archive the replies")],
            initial=("private",) if draft.private else (),
            kind="checkboxes",
        ),
        *no_patient(doubt),
    ]
    return blocks.form(
        ASK_FORM, "Ask the community", fields, submit="Send", about=draft.about
    )


def no_patient(doubt: str) -> list[Block]:
    """The box to tick when the guard is not sure; nothing when it is."""
    if not doubt:
        return []
    return [
        blocks.text(f":warning: *{escape(doubt)}*"),
        blocks.several(
            NO_PATIENT,
            "Please check",
            [("yes", "No patient is described: send")],
            kind="checkboxes",
        ),
    ]


def topics_form(community: Community, question: Question) -> Block:
    """Correct the topics of a question."""
    topics = [(topic.id, topic.name) for topic in community.topics]
    fields = [
        blocks.text(quote(question.text, 1500)),
        blocks.several("topics", "Topics", topics, initial=question.topics),
    ]
    return blocks.form(
        TOPICS_FORM, "Correct the topics", fields, submit="Save", about=str(question.id)
    )


def answer_form(
    question: Question, *, draft: str = "", doubt: str = "", about_: str = ""
) -> Block:
    """The form to answer with: the one thing that posts in a member's name."""
    fields = [
        blocks.text(quote(question.text, 1500)),
        blocks.typed(
            "answer",
            "Your answer",
            initial=draft,
            lines=True,
            most=ANSWER_LIMIT,
            hint="Posted in the question’s thread under your name",
        ),
        *no_patient(doubt),
    ]
    return blocks.form(
        ANSWER_FORM, "Answer", fields, submit="Post", about=about_ or str(question.id)
    )


def suggest_form(invitation: int, members: Sequence[Member]) -> Block:
    """The form to suggest a colleague with."""
    fields: list[Block] = []
    options = [(member.id, signature(member)) for member in members]
    if options:
        fields.append(blocks.chosen("colleague", "A colleague", options, optional=True))
    fields.append(
        blocks.typed(
            "someone",
            "Someone who is not listed",
            optional=True,
            most=150,
            hint="A name and where they work; a coordinator will get in touch",
        )
    )
    return blocks.form(
        SUGGEST_FORM,
        "Suggest a colleague",
        fields,
        submit="Suggest",
        about=str(invitation),
    )
