"""Giving a member all that is kept of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import NotFound
from bot.domain.members import Member
from bot.domain.seeking import the_one
from bot.store import Person
from bot.usecases.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """All that is kept of one member."""

    member: Member
    records: Mapping[str, Sequence[Mapping[str, Any]]]
    originals: Sequence[tuple[int, str, bytes]]  #: reply, kind, content


def export(ctx: Context, *, who: str, actor: str) -> Export:
    """All that is kept of the member whom *who* names, and a note of who asked.

    *who* is an address, a Slack id, our id or a whole name.

    Raises:
        NotFound: nobody, or several; or they have been erased, so nothing is kept.
    """
    with ctx.begin.read() as tx:
        if tx.personal.is_erased(who):
            raise NotFound("They have been erased, so nothing is kept of them.")
        member = the_one(tx.personal.sought(who))
        person = Person(member=member.id, slack=member.slack, email=member.email)
        found = Export(
            member=member,
            records=tx.exports.of(person),
            originals=tuple(tx.exports.originals(person)),
        )
    with ctx.begin() as tx:
        tx.audit.add(
            actor=actor,
            act="member exported",
            subject=f"member:{member.id}",
            at=ctx.now(),
        )
    return found
