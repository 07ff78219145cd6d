"""The Home tab: everything in one place, and *Needs you* for coordinators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.community import Community
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.views import blocks, calls, elsewhere
from bot.views.blocks import Block, Button
from bot.views.members import described
from bot.views.mrkdwn import counted, escape, link, plain
from bot.views.questions import Asked, Standing, invitation, state

MOST_ASKED, MOST_QUESTIONS, MOST_NEEDS, MOST_DIGESTS = 3, 5, 15, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedShown:
    """One item of *Needs you*, in words, with what can be done about it."""

    words: str  #: escaped mrkdwn
    owner: str
    deputy: str
    buttons: Sequence[Button]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one member's Home shows."""

    member: Member
    now: datetime
    asked: Sequence[Asked]
    questions: Sequence[tuple[Question, Standing]]
    digests: Sequence[tuple[str, str]]  #: (title, address), newest first
    needs: Sequence[NeedShown] | None  #: None for those who do not coordinate
    waiting: int = 0  #: how many items wait in all
    update: bool | None = None  #: they get the monthly update; None: no address for it
    coming_up: Sequence[calls.Shown] = ()  #: calls that are confirmed
    calendar: str = ""  #: the address of their calendar of calls, if there is one


def home(community: Community, shown: Shown) -> dict[str, Any]:
    """The whole tab."""
    parts: list[Block] = [
        blocks.header(community.name),
        blocks.buttons(
            Button(label="Ask a question", action="ask", value="home", style="primary"),
            Button(label="My details", action="profile", value="home"),
            Button(label="What can you do?", action="help", value="home"),
        ),
    ]
    if shown.needs is not None:
        parts += _needs(shown.needs, shown.waiting)
    parts += _asked(community, shown.asked)
    parts += calls.on_home(shown.coming_up, coordinates=shown.member.coordinates)
    parts += _questions(community, shown.questions)
    parts += _digests(shown.digests)
    parts += _about(community, shown)
    return {"view": blocks.home(parts)}


def _about(community: Community, shown: Shown) -> list[Block]:
    words = described(community, shown.member, shown.now, update=shown.update)
    if shown.calendar:
        words += f"\n{link(shown.calendar, 'The calls, for your own calendar')}"
    return [blocks.header("About you"), blocks.text(words)]


def _needs(needs: Sequence[NeedShown], shown_of: int) -> list[Block]:
    parts = [blocks.header("Needs you"), blocks.buttons(elsewhere.button())]
    if not needs:
        return [*parts, blocks.text("Nothing needs you just now.")]
    for need in needs:
        parts += [blocks.text(need.words), blocks.small(_owners(need))]
        if need.buttons:
            parts.append(blocks.buttons(*need.buttons))
    if shown_of > len(needs):
        more = counted(shown_of - len(needs), "item")
        parts.append(blocks.small(f"… and {more} more, once these are done."))
    return parts


def _owners(need: NeedShown) -> str:
    deputy = f" · deputy: {escape(need.deputy)}" if need.deputy else ""
    return f"With {escape(need.owner) or 'nobody yet'}{deputy}"


def _asked(community: Community, asked: Sequence[Asked]) -> list[Block]:
    if not asked:
        return []
    parts = [blocks.header("Asked of you")]
    for one in asked[:MOST_ASKED]:
        parts += invitation(community, one)
    return parts


def _questions(
    community: Community, questions: Sequence[tuple[Question, Standing]]
) -> list[Block]:
    if not questions:
        return []
    parts = [blocks.header("Your questions")]
    for question, standing in questions[:MOST_QUESTIONS]:
        text = plain(question.text, 300)
        parts.append(blocks.text(f"{text}\n{state(community, question, standing)}"))
        if question.open:
            parts.append(
                blocks.buttons(
                    Button(
                        label="Close question",
                        action="close_question",
                        value=str(question.id),
                    )
                )
            )
    return parts


def _digests(digests: Sequence[tuple[str, str]]) -> list[Block]:
    if not digests:
        return []
    lines = "\n".join(f"• {address}" for _, address in digests[:MOST_DIGESTS])
    return [blocks.header("Latest digests"), blocks.text(lines)]
