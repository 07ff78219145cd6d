"""How members see themselves, each other, and the bot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.community import Community
from bot.domain.members import Member, Reach
from bot.domain.times import GoodTimes, day_words
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.mrkdwn import escape, listed
from bot.views.questions import signature

PROFILE_FORM, AWAY_FORM = "profile_form", "away_form"

REACHES = (
    (Reach.SLACK.value, "Slack"),
    (Reach.EMAIL.value, "E-mail"),
    (Reach.BOTH.value, "Both"),
)

YES, NO = "yes", "no"
UPDATES = ((YES, "Yes, send it to me"), (NO, "No, thank you"))

HELP = (
    "*What I can do*\n"
    "• `/ask` – ask the community a question, in one form\n"
    "• `/convenor me` – your region, interests, good times and time away\n"
    "• `/convenor who FIT` – who knows about a topic, or works in a region\n"
    "• `/convenor digest LINK` – collate a thread (coordinators)\n"
    "• `/convenor reply` – add a reply received elsewhere (coordinators)\n"
    "• `/convenor role NAME ROLE` – give somebody a role (coordinators)\n"
    "On any message, under _More actions_: *Route this question*, and for "
    "coordinators *Collate this thread*.\n"
    "Everything is on my *Home* tab too, with buttons."
)


def welcome(community: Community, member: Member) -> dict[str, Any]:
    """The first words to a member who has just joined."""
    first = member.name.split()[0] if member.name.split() else "there"
    told = (
        f"Hello {escape(first)}, and welcome to *{escape(community.name)}*"
        f"{escape(_about(community))}.\n"
        "I carry questions to the colleagues best placed to answer, gather the "
        "replies and help collate them. I will ask you rarely, by name, with a "
        "reason, and only at times that suit you.\n"
        "Tell me your region and what you know about, and you are set."
    )
    row = blocks.buttons(
        Button(label="Set my details", action="profile", value="welcome"),
        Button(label="Ask a question", action="ask", value="welcome"),
    )
    return {"text": f"Welcome to {community.name}", "blocks": [blocks.text(told), row]}


def _about(community: Community) -> str:
    return f", {community.about}" if community.about else ""


def not_a_conversation() -> dict[str, Any]:
    """What is said when somebody writes to the bot and nothing is asked of them."""
    told = (
        "Thank you. I am a bot, so nobody has read this and it is not posted "
        "anywhere. To ask your colleagues, use the button, or type `/ask`."
    )
    row = blocks.buttons(
        Button(label="Ask a question", action="ask", value="dm"),
        Button(label="What can you do?", action="help", value="dm"),
    )
    return {
        "text": "To ask your colleagues, type /ask",
        "blocks": [blocks.text(told), row],
    }


def profile_form(
    community: Community, member: Member, now: datetime, *, update: bool | None
) -> Block:
    """One form for everything a member can tell us of themselves.

    *update* says whether they get the monthly update; None where they have no address.
    """
    regions = [(str(place), name) for place, name in enumerate(community.regions)]
    mine = (
        str(community.regions.index(member.region))
        if member.region in community.regions
        else None
    )
    away = (
        community.almanac.local(member.away_until).date().isoformat()
        if member.away_until and member.away(now)
        else None
    )
    topics = [(topic.id, topic.name) for topic in community.topics]
    fields = [
        *(
            [blocks.chosen("region", "Region", regions, initial=mine, optional=True)]
            if regions
            else []
        ),
        *(
            [
                blocks.several(
                    "interests",
                    "Interests",
                    topics,
                    initial=sorted(member.interests),
                    hint="What colleagues may ask you about",
                )
            ]
            if topics
            else []
        ),
        blocks.typed(
            "good_times",
            "Good times to reach me",
            initial=str(member.good_times or community.good_times),
            most=200,
            optional=True,
            hint="For example: Mon–Fri 12:30–14:00; Tue 18:00–19:00",
        ),
        blocks.day(
            "away_until",
            "Away until",
            initial=away,
            hint="The day you are back; nothing reaches you before",
        ),
        blocks.chosen(
            "reach",
            "How shall I reach you?",
            REACHES,
            initial=member.reach.value,
            kind="radio_buttons",
        ),
        *([_update(wanted=update)] if update is not None else []),
    ]
    return blocks.form(PROFILE_FORM, "My details", fields, submit="Save")


def _update(*, wanted: bool) -> Block:
    return blocks.chosen(
        "update",
        "Monthly update by e-mail",
        UPDATES,
        initial=YES if wanted else NO,
        kind="radio_buttons",
    )


def away_form(about: str) -> Block:
    """Ask until when somebody is away."""
    field = blocks.day(
        "away_until",
        "I am back on",
        optional=False,
        hint="Nothing reaches you before that day",
    )
    return blocks.form(AWAY_FORM, "Away until…", [field], submit="Save", about=about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Who knows about a topic, or works in a region."""

    what: str  #: as the community names it
    members: Sequence[Member]


def who(community: Community, asked: str, found: Sequence[Found]) -> str:
    """The answer to ``/convenor who``."""
    if not found:
        topics = listed([topic.name for topic in community.topics[:6]], "or")
        return (
            f"I know no topic or region called “{escape(asked)}”. "
            f"Try {escape(topics)}, or the name of a region."
        )
    return "\n".join(_who(one) for one in found)[:3000]


def _who(found: Found) -> str:
    if not found.members:
        return f"*{escape(found.what)}*: nobody has listed it yet."
    shown = [escape(signature(member)) for member in found.members[:20]]
    more = len(found.members) - len(shown)
    rest = f", and {more} more" if more else ""
    return f"*{escape(found.what)}*: {'; '.join(shown)}{rest}"


def described(
    community: Community, member: Member, now: datetime, *, update: bool | None = None
) -> str:
    """What is kept of a member, in a few lines; *update* as in the form."""
    topics = listed([community.topic_name(one) for one in sorted(member.interests)])
    times: GoodTimes = member.good_times or community.good_times
    lines = [
        f"*{escape(signature(member))}*",
        f"Interests: {escape(topics) or 'none yet'}",
        f"Good times: {escape(str(times))}",
    ]
    if member.away_until and member.away(now):
        back = community.almanac.local(member.away_until).date()
        lines.append(f"Away until {day_words(back)}")
    if update is not None:
        lines.append(f"Monthly update by e-mail: {'yes' if update else 'no'}")
    if member.paused_at:
        lines.append("Not asked for now: say so in *My details* to be asked again")
    return "\n".join(lines)
