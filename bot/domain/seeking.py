"""Whom somebody at the command line means, and whether they may be erased."""

from collections.abc import Sequence

from bot.domain.community import Community
from bot.domain.errors import CommunityError, NotFound
from bot.domain.members import Member


def the_one(found: Sequence[Member]) -> Member:
    """The only one of *found*.

    Raises:
        NotFound: there is none, or there are several; the advice tells them apart.
    """
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            "There is no member of that name, e-mail address or Slack id. Names are "
            "written in full, as in `convenor members list`."
        )
    told = "\n".join(f"  {_told_apart(one)}" for one in found)
    raise NotFound(
        f"{len(found)} members are called that. Say which one by address or Slack "
        f"id:\n{told}"
    )


def may_be_erased(member: Member, coordinators: Sequence[Member]) -> None:
    """Refuse to erase the last of *coordinators*.

    Raises:
        CommunityError: *member* is; the advice says what to do first.
    """
    if member.coordinates and all(one.id == member.id for one in coordinators):
        raise CommunityError(
            f"{member.name} is the last coordinator, so nobody would see what needs "
            "doing. Give somebody else that role first: convenor members role"
        )


def not_a_partner(community: Community, who: str) -> None:
    """Refuse to look for a partner among the members.

    Raises:
        CommunityError: *who* is a partner's address; the advice says where it stands.
    """
    if who.casefold() in community.partners:
        raise CommunityError(
            "That is the address of a partner, not of a member. Take it out of "
            "community.toml, under partners, and restart the bot."
        )


def is_named_by(community: Community, member: Member) -> bool:
    """Whether community.toml says who *member* is."""
    known = {*community.roles, *community.partners}
    return bool(known & {member.email, member.slack})


def _told_apart(member: Member) -> str:
    known = (member.email, member.slack, member.region)
    return ", ".join(one for one in known if one) or member.id
