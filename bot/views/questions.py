"""How questions, invitations and answers look in Slack."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.community import Community
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.threads import Via
from bot.domain.times import words
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.mrkdwn import (
    chunks,
    counted,
    escape,
    link,
    listed,
    mention,
    plain,
    quote,
)
from bot.views.notices import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a question stands: what people who look at it see."""

    replies: int = 0
    people: int = 0
    digest: str | None = None  #: the address of its digest
    closed: bool = False
    time_up: bool = False  #: needed-by has come, and nobody has answered


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
    body = [blocks.text(f"{_addressed(asker)} *asks{topic}*"), *quoted(question.text)]
    if question.context:
        body.append(blocks.text(plain(question.context)))
    body.append(blocks.small(state(community, question, standing)))
    return {
        "text": f"{escape(summary(community, question))}. Anyone can answer.",
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
    summed = escape(summary(community, question))
    return {"text": summed, "blocks": [blocks.text(told)]}


def state(community: Community, question: Question, standing: Standing) -> str:
    """One line on how a question stands."""
    heard = replies_so_far(standing)
    if standing.digest:
        return f"Collated · {heard} · {link(standing.digest, 'read the digest')}"
    if standing.closed or not question.open:
        return f"Closed · {heard}"
    if standing.time_up:
        return f"A coordinator is looking after this · {heard} · you can still reply"
    needed = words(question.needed_by, community.almanac.zone)
    return f"Open until {needed} · {heard} · *Anyone can answer:* reply in this thread"


def replies_so_far(standing: Standing) -> str:
    """How many replies there are, and from how many people."""
    if not standing.replies:
        return "no replies yet"
    people = counted(standing.people, "person", "people")
    return f"{counted(standing.replies, 'reply', 'replies')} from {people}"


def signature(member: Member) -> str:
    """A member's name, where they have one, and where they are."""
    name = member.name or "A member"
    return f"{name} ({member.region})" if member.region else name


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


def unanswered(community: Community, question: Question, thread: str | None) -> Part:
    """Tell an asker that nobody has answered in time, and what happens now."""
    see = f" ({link(thread, 'see the thread')})" if thread else ""
    told = (
        f"Nobody has answered your question yet{see}. A coordinator is looking after "
        "it: they may ask more colleagues. If you no longer need it, close it."
    )
    row = blocks.buttons(
        Button(label="Close question", action="close_question", value=str(question.id))
    )
    return Part(
        summary=f"Your question{escape(about(community, question))}",
        blocks=[blocks.text(told), blocks.text(quote(question.text, 1000)), row],
    )


def answer(
    member: Member | None,
    text: str,
    *,
    named: bool,
    via: Via | None = None,
    added_by: str = "",
) -> dict[str, Any]:
    """An answer, as the bot quotes it in the thread; *via*: how it came to us."""
    who = escape(signature(member) if member and named else "A member")
    if via is None:
        said, lead = f"{who} answers", f"*{who} answers:*"
    else:
        said = " ".join(filter(None, ("From", who, via.words)))
        by = f", added by {escape(added_by)}" if added_by else ""
        lead = f"*{said}*{by}:"
    return {"text": said, "blocks": [blocks.text(lead), *quoted(text)]}


def quoted(text: str) -> list[Block]:
    """*text* as a quotation, whole, in as many blocks as it takes."""
    return [blocks.text(quote(piece)) for piece in chunks(text)]


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
    closes: str = ""  #: "closes tomorrow", as of when this is said


LEADS = {
    "invitation": "",
    "reminder": "A gentle reminder: your view would still help. ",
    "closing": "*This question {closes}.* A line or two is enough. ",
}


def invitation(community: Community, asked: Asked) -> list[Block]:
    """Ask one peer, with a true reason; at most ten blocks."""
    question = asked.question
    topic = escape(about(community, question))
    needed = words(question.needed_by, community.almanac.zone)
    who = escape(signature(asked.asker))
    lead = LEADS[asked.kind].format(closes=asked.closes)
    shown = [
        blocks.text(f"{lead}*{who} asks{topic}* · needed by {needed}"),
        *quoted(question.text),
    ]
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
