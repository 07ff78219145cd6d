"""How calls look in Slack: the post, the messages to members, and on Home."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.calls import Answer, CallState, Counts
from bot.domain.times import Almanac, words
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.mrkdwn import counted, escape, plain
from bot.views.notices import Part

#: What the buttons say, and what a member is told they said.
ANSWERS = {Answer.COMING: "Coming", Answer.MAYBE: "Maybe", Answer.NOT: "Can’t come"}
SAID = {
    Answer.COMING: "You have said that you are coming.",
    Answer.MAYBE: "You have said that you may come.",
    Answer.NOT: "You have said that you can’t come.",
    Answer.ASKED: "The time has changed, so please say again whether you come.",
}
MOST_QUESTIONS = 5  #: suggested for the agenda
JOIN_LATER = "How to join will follow."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A call as members see it now, and as it was last told where that differs."""

    id: int
    name: str  #: "the June call"
    title: str
    when: str  #: "Wed 10 Jun, 12:30–13:30"
    dial_in: str
    agenda: str
    state: CallState
    counts: Counts = field(default_factory=Counts)
    was: str = ""  #: when it was to be, where it has moved
    changed: bool = False  #: its reader was told of it before, and differently
    moved: bool = False  #: and its time is another
    by_mail: bool = False  #: its reader gets a calendar invitation
    answer: Answer | None = None  #: its reader's
    questions: Sequence[str] = ()  #: open ones, suggested for the agenda

    @property
    def cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.state is CallState.CANCELLED


def with_answer(shown: Shown, answer: Answer | None, *, by_mail: bool = False) -> Shown:
    """*shown* to somebody who has said *answer*."""
    return replace(shown, answer=answer, by_mail=by_mail)


def with_change(shown: Shown, *, was: str) -> Shown:
    """*shown* to somebody who knew it otherwise; *was* is its time, if that moved."""
    return replace(shown, changed=True, moved=bool(was), was=was)


def with_questions(shown: Shown, questions: Sequence[str]) -> Shown:
    """*shown* with the questions that are suggested for its agenda."""
    return replace(shown, questions=tuple(questions))


def when(starts_at: datetime, minutes: int, almanac: Almanac) -> str:
    """From when to when, by the community's wall clock: "Wed 10 Jun, 12:30–13:30"."""
    ends = almanac.local(starts_at + timedelta(minutes=minutes))
    return f"{words(starts_at, almanac.zone)}–{ends:%H:%M}"


def news(shown: Shown) -> str:
    """What there is to say of it, in one line for subjects and notifications."""
    name = shown.name
    if shown.cancelled:
        return f"Cancelled: {name}, {shown.when}"
    if shown.moved:
        return f"Moved: {name}, now {shown.when}"
    if shown.changed:
        return f"Changed: {name}, {shown.when}"
    return f"Invitation: {name}, {shown.when}"


def lead(shown: Shown) -> str:
    """The first sentence of what is said to one member, in plain words."""
    name = shown.name
    if shown.cancelled:
        return (
            f"{_capital(name)} is cancelled. It was to be on {shown.when}. Nothing is "
            "needed from you."
        )
    if shown.moved:
        return (
            f"{_capital(name)} has moved from {shown.was}. Does the new time suit you?"
        )
    if shown.changed:
        return f"There is a change to {name}. This is how it stands now."
    return f"You are invited to {name}."


def post(shown: Shown) -> dict[str, Any]:
    """The post in the digests channel, on which members say whether they come."""
    if shown.cancelled:
        told = f"*Cancelled.* {_capital(shown.name)} will not take place."
        body = [blocks.header(shown.title), blocks.text(escape(told))]
        return {"text": escape(news(shown)), "blocks": body}
    body = [
        blocks.header(shown.title),
        blocks.text(f"*{escape(shown.when)}*\n{_joining(shown)}"),
        *_agenda(shown.agenda),
        row(shown.id),
        blocks.small(
            f"{tally(shown.counts)}. Everyone with an e-mail address also gets a "
            "calendar invitation."
        ),
    ]
    summed = f"{_capital(shown.name)}: {shown.when}. Are you coming?"
    return {"text": escape(summed), "blocks": body}


def update(shown: Shown) -> dict[str, Any]:
    """A word in the post's thread once something about the call is different."""
    name = _capital(shown.name)
    if shown.cancelled:
        told = f"*{escape(name)} is cancelled.* It was to be on {shown.when}."
    elif shown.moved:
        told = (
            f"*{escape(name)} has moved:* it is now on {shown.when}, not on "
            f"{shown.was}. Please say on the post above whether the new time suits you."
        )
    else:
        told = f"*There is a change to {escape(shown.name)}.* It stands in the post."
    return {"text": escape(news(shown)), "blocks": [blocks.text(told)]}


def part(shown: Shown) -> Part:
    """What one member is told of the call, unasked or because they said they came."""
    body = [blocks.text(f"*{escape(lead(shown))}*")]
    if not shown.cancelled:
        body.append(blocks.text(f"*{escape(shown.when)}*\n{_joining(shown)}"))
        body += _agenda(shown.agenda)
        body.append(row(shown.id))
    small = [said(shown)]
    if shown.by_mail:
        small.append("Your calendar is told by e-mail.")
    if any(small):
        body.append(blocks.small(*small))
    return Part(summary=escape(news(shown)), blocks=body)


def outdated(shown: Shown) -> Part:
    """What an older message to a member says once something newer has been said."""
    if shown.cancelled:
        told = f"*{_capital(shown.name)} is cancelled.*"
        return Part(summary=news(shown), blocks=[blocks.text(escape(told))])
    told = f"*{_capital(shown.name)} has changed.* It is now on {shown.when}."
    return Part(
        summary=escape(news(shown)),
        blocks=[blocks.text(escape(told)), row(shown.id)],
    )


def agenda_part(shown: Shown) -> Part:
    """The reminder, a week before, with the agenda."""
    if shown.cancelled:
        return outdated(shown)
    summed = reminder(shown)
    body = [
        blocks.text(f"*{escape(summed)}*\n{_joining(shown)}"),
        *_agenda(shown.agenda),
        *_suggested(shown.questions),
        row(shown.id),
    ]
    if shown.answer:
        body.append(blocks.small(SAID[shown.answer]))
    return Part(summary=escape(summed), blocks=body)


def reminder(shown: Shown) -> str:
    """What a reminder says first: which call, and when."""
    return f"{_capital(shown.name)} is on {shown.when}"


def said(shown: Shown) -> str:
    """What its reader has said about coming, in words; nothing once it is cancelled."""
    return SAID[shown.answer] if shown.answer and not shown.cancelled else ""


def row(call: int) -> Block:
    """The buttons by which a member says whether they come."""
    return blocks.buttons(
        *(
            Button(label=label, action=f"call_answer:{answer}", value=str(call))
            for answer, label in ANSWERS.items()
        )
    )


def tally(counts: Counts) -> str:
    """How many said what, in words."""
    return (
        f"{counts.coming} coming · {counts.maybe} maybe · "
        f"{counts.not_coming} can’t come"
    )


def thanks(answer: Answer, shown: Shown) -> str:
    """What a member is told once they have said whether they come."""
    said = {
        Answer.COMING: f"Thank you: you are coming, {shown.when}.",
        Answer.MAYBE: f"Thank you: you may come, {shown.when}.",
        Answer.NOT: "Thank you for saying that you can’t come.",
    }
    return f"{said[answer]} You can change that at any time."


def on_home(coming: Sequence[Shown], *, coordinates: bool) -> list[Block]:
    """What is coming up, for everyone; coordinators can look after it."""
    if not coming:
        return []
    body = [blocks.header("Coming up")]
    for shown in coming:
        said = SAID[shown.answer] if shown.answer else "Are you coming?"
        told = f"*{plain(shown.title, 200)}*\n{shown.when}\n{_joining(shown)}\n{said}"
        body += [blocks.text(told), row(shown.id)]
        if coordinates:
            desk = Button(
                label="Look after this call", action="call_desk", value=str(shown.id)
            )
            body += [blocks.small(tally(shown.counts)), blocks.buttons(desk)]
    return body


def questions_words(questions: Sequence[str]) -> str:
    """How open questions are introduced."""
    number = counted(len(questions), "question is", "questions are")
    return f"{number} still open, and could be talked about:"


def _agenda(agenda: str) -> list[Block]:
    if not agenda:
        return []
    return [blocks.text(f"*On the agenda*\n{plain(agenda, 2500)}")]


def _suggested(questions: Sequence[str]) -> list[Block]:
    if not questions:
        return []
    listed = "\n".join(f"• {plain(one, 200)}" for one in questions)
    return [blocks.text(f"{questions_words(questions)}\n{listed}")]


def _joining(shown: Shown) -> str:
    return f"To join: {plain(shown.dial_in, 1000)}" if shown.dial_in else JOIN_LATER


def _capital(words_: str) -> str:
    return words_[:1].upper() + words_[1:]
