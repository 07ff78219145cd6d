"""Finding the one member whom somebody at the command line means."""

from collections.abc import Sequence

from bot.domain.errors import NotFound
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


def _told_apart(member: Member) -> str:
    known = (member.email, member.slack, member.region)
    return ", ".join(one for one in known if one) or member.id
