"""Letters: what the bot says by e-mail, addressed to one member."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.members import Member, Reach
from bot.owing.scene import Scene
from bot.ports import Letter
from bot.views.letters import Frame, Part, first_name, write

SOMEBODY = "a coordinator"


def letter_to(scene: Scene, member: Member, parts: Sequence[Part]) -> Letter:
    """*parts* (at least one) as one letter to *member*, ready to be owed.

    Nobody's address stands in it but the one that replies go to.
    """
    coordinator = answers_to(scene)
    own = coordinator is not None and coordinator.id == member.id
    if own:  # a reply would reach nobody but themselves
        parts = [replace(one, answer="") for one in parts]
    frame = Frame(
        community=scene.community.name,
        name=first_name(member.name),
        why=why(scene, member, own=own),
        who=coordinators_name(coordinator),
    )
    written = write(frame, parts)
    letter = Letter(subject=written.subject, text=written.text, html=written.html)
    if member.name:
        letter["name"] = member.name
    if coordinator and coordinator.email:
        letter["reply_to"] = coordinator.email
    return letter


def answers_to(scene: Scene) -> Member | None:
    """The coordinator whom replies to letters reach: one who is here comes first.

    None where no coordinator has an address; replies then reach the sender's.
    """
    written_to = [one for one in scene.tx.members.coordinators() if one.email]
    return min(written_to, key=lambda one: one.away(scene.now), default=None)


def coordinators_name(coordinator: Member | None) -> str:
    """How letters name whom a reply reaches."""
    return (first_name(coordinator.name) if coordinator else "") or SOMEBODY


def why(scene: Scene, member: Member, *, own: bool = False) -> str:
    """Why *member* gets letters, and how to change that.

    *own*: replies would reach the member themselves.
    """
    there = f"You are a member of {scene.community.name}"
    if member.slack is None:
        return (
            f"{there} and reached by e-mail. To change what you get and when, or to "
            "leave, say so in a reply."
        )
    if member.reach is Reach.SLACK:
        return f"{there}. Calendars are told of calls by e-mail, whatever you chose."
    chosen = "Slack and e-mail" if member.reach is Reach.BOTH else "e-mail"
    change = "To change that, use “My details” on the bot’s Home in Slack"
    return f"{there} and chose {chosen}. {change}{'' if own else ', or reply'}."


def for_reader(member: Member, address: str | None) -> str | None:
    """An *address* in Slack, for those who can follow it."""
    return address if member.slack else None
