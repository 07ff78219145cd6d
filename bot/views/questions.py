"""How questions, invitations and answers look in Slack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.community import Community
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.routing import Audience
from bot.domain.times import words
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.mrkdwn import counted, escape, link, listed, mention, plain, quote

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a question stands: what people who look at it see."""

    replies: int = 0
    people: int = 0
    digest: str | None = None  #: the address of its digest
    closed: bool = False


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
        blocks.several(
            "topics",
            "Topics",
            topics,
            initial=draft.topics,
            hint="Leave empty and I will work them out from your words",
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


def summary(community: Community, question: Question) -> str:
    """What may stand in a notification: topic and date, never the words."""
    date = words(question.needed_by, community.almanac.zone)
    return f"A question{about(community, question)}, needed by {date}"


def about(community: Community, question: Question) -> str:
    """What follows "a question": the topics, or nothing where none is known."""
    names = [community.topic_name(topic) for topic in question.topics[:3]]
    return f" about {listed(names)}" if names else ""


def post(
    community: Community, question: Question, asker: Member, standing: Standing
) -> dict[str, Any]:
    """The message that begins a question's thread."""
    topic = escape(about(community, question))
    body = [
        blocks.text(f"{_addressed(asker)} *asks{topic}*"),
        blocks.text(quote(question.text)),
    ]
    if question.context:
        body.append(blocks.text(plain(question.context)))
    body.append(blocks.small(state(community, question, standing)))
    return {
        "text": f"{summary(community, question)}. Anyone can answer.",
        "blocks": body,
    }


def _addressed(asker: Member) -> str:
    """The asker by mention, so that Slack tells them of replies in the thread."""
    if not asker.slack:
        return f"*{escape(signature(asker))}*"
    where = f" ({escape(asker.region)})" if asker.region else ""
    return f"{mention(asker.slack)}{where}"


def routed(community: Community, question: Question) -> dict[str, Any]:
    """A word in a member's own thread: its question is on its way to colleagues."""
    needed = words(question.needed_by, community.almanac.zone)
    told = (
        "I am asking colleagues who fit this question. *Anyone can answer:* reply in "
        f"this thread until {needed}."
    )
    return {"text": summary(community, question), "blocks": [blocks.text(told)]}


def state(community: Community, question: Question, standing: Standing) -> str:
    """One line on how a question stands."""
    heard = replies_so_far(standing)
    if standing.digest:
        return f"Collated · {heard} · {link(standing.digest, 'read the digest')}"
    if standing.closed or not question.open:
        return f"Closed · {heard}"
    needed = words(question.needed_by, community.almanac.zone)
    return f"Open until {needed} · {heard} · *Anyone can answer:* reply in this thread"


def replies_so_far(standing: Standing) -> str:
    """How many replies there are, and from how many people."""
    if not standing.replies:
        return "no replies yet"
    people = counted(standing.people, "person", "people")
    return f"{counted(standing.replies, 'reply', 'replies')} from {people}"


def signature(member: Member) -> str:
    """A member's name, and where they are."""
    return f"{member.name} ({member.region})" if member.region else member.name


def sent(community: Community, question: Question) -> dict[str, Any]:
    """What the asker is told once their question is on its way."""
    names = [community.topic_name(topic) for topic in question.topics]
    on = f"Topics: *{escape(listed(names))}*." if names else "I found no topic in it."
    needed = words(question.needed_by, community.almanac.zone)
    told = (
        f"Thank you, your question is posted. {on} I am asking colleagues who fit it, "
        f"at times that suit them, and anyone can answer until *{needed}*."
    )
    row = blocks.buttons(
        Button(label="Correct topics", action="retopic", value=str(question.id)),
        Button(label="Close question", action="close_question", value=str(question.id)),
    )
    return {"text": "Your question is posted.", "blocks": [blocks.text(told), row]}


def answer(member: Member | None, text: str, *, named: bool) -> dict[str, Any]:
    """An answer, as the bot quotes it in the thread."""
    who = signature(member) if member and named else "A member"
    said = blocks.text(quote(text))
    return {
        "text": f"{who} answers" if named else "A member answers",
        "blocks": [blocks.text(f"*{escape(who)} answers:*"), said],
    }


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An invitation, ready to be shown to the peer it is for."""

    invitation: int
    question: Question
    asker: Member
    reason: str
    kind: str  #: "invitation", "reminder" or "closing"
    outcome: str = ""  #: what became of it, in words; "" while it is open
    still_welcome: bool = False  #: an answer is, whatever became of it
    thread: str | None = None  #: its thread's address


LEADS = {
    "invitation": "",
    "reminder": "A gentle reminder: your view would still help. ",
    "closing": "*Closes tomorrow.* A line or two is enough. ",
}


def invitation(community: Community, asked: Asked) -> list[Block]:
    """Ask one peer, with a true reason; at most five blocks."""
    question = asked.question
    topic = escape(about(community, question))
    needed = words(question.needed_by, community.almanac.zone)
    who = escape(signature(asked.asker))
    head = f"{LEADS[asked.kind]}*{who} asks{topic}* · needed by {needed}"
    shown = [blocks.text(head), blocks.text(quote(question.text))]
    if question.context and asked.kind == "invitation":
        shown.append(blocks.text(plain(question.context)))
    if asked.outcome:
        again = [blocks.buttons(_answer_button(asked))] if asked.still_welcome else []
        return [*shown, blocks.small(asked.outcome), *again]
    why = f"Why you: {escape(asked.reason)}" if asked.reason else ""
    see = link(asked.thread, "see the thread") if asked.thread else ""
    if why or see:
        shown.append(blocks.small(why, see))
    return [*shown, _choices(asked)]


def _answer_button(asked: Asked) -> Button:
    return Button(
        label="Answer",
        action="answer",
        value=str(asked.question.id),
        style="primary",
    )


def _choices(asked: Asked) -> Block:
    value = str(asked.invitation)
    return blocks.buttons(
        _answer_button(asked),
        Button(label="Not one for me", action="decline", value=value),
        Button(label="Suggest a colleague", action="suggest", value=value),
        Button(label="Later", action="later", value=value),
        Button(label="Away until…", action="away", value=value),
    )


def day_and_time(community: Community, moment: datetime) -> str:
    """A moment, as members read it."""
    return words(moment, community.almanac.zone)
