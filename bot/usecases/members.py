"""Members: met, imported, described by themselves, found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.domain.community import Community, Role
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.members import Imported, Member, MemberId, Reach
from bot.domain.seeking import the_one
from bot.owing import editions, homes, invitations
from bot.ports import Person
from bot.store import Transaction
from bot.usecases.context import Context, coordinating
from bot.views import members as view
from bot.views.mrkdwn import escape

AT_ONCE = 200  #: people brought up to date in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """What an import did, or in a dry run would do."""

    added: int = 0
    changed: int = 0
    same: int = 0


def sync(ctx: Context, people: Iterable[Person], in_channel: frozenset[str]) -> int:
    """Bring members up to date with the workspace; how many were new.

    Those found in the questions channel become members, and those who have gone from
    it are not asked any more. On the first day nobody is welcomed: that would be a
    burst of messages to everyone at once. Later, whoever joined while we were not
    listening is met like any newcomer.
    """
    with ctx.begin.read() as tx:
        first = not any(member.slack for member in tx.members.present())
    new = 0
    humans = iter(person for person in people if not person.bot)
    while batch := tuple(islice(humans, AT_ONCE)):
        with ctx.begin() as tx:
            for person in batch:
                new += _bring_up_to_date(
                    ctx, tx, person, here=person.id in in_channel, first=first
                )
    return new


def joined(ctx: Context, tx: Transaction, user: str) -> None:
    """Note that somebody has joined the questions channel, to be met by ``meet``."""
    if user == ctx.places.bot_user:
        return
    tx.members.forget_erased(user)  # they come of their own accord
    member = tx.members.by_slack(user)
    if member is None:
        tx.members.expect(user)
    elif member.left_at is not None:
        tx.members.keep(replace(member, left_at=None))


def left(ctx: Context, tx: Transaction, user: str) -> None:
    """Note that somebody has left the questions channel: they are not asked again."""
    tx.members.forget_erased(user)
    member = tx.members.by_slack(user)
    if member is not None and member.left_at is None:
        _leaves(ctx, tx, member)


def changed(ctx: Context, tx: Transaction, person: Person) -> None:
    """Keep what Slack says of somebody we know: their name, or that they are gone."""
    if tx.members.by_slack(person.id) is not None:
        _take_in(ctx, tx, person, here=not person.gone)


def meet(ctx: Context, person: Person) -> None:
    """Learn the name of somebody who has joined, and welcome them, once."""
    with ctx.begin() as tx:
        if not person.bot:
            _take_in(ctx, tx, person, here=True)
        tx.members.met(person.id)
        member = tx.members.by_slack(person.id)
        if member is None or not tx.members.welcome(member.id, at=ctx.now()):
            return
        scene = ctx.scene(tx)
        body = view.welcome(ctx.community, member)
        scene.tell(member, f"welcome:{member.id}", body)
        homes.show(scene, member)


def unmet(ctx: Context) -> tuple[str, ...]:
    """The Slack ids of those who have joined and whose names are not known yet."""
    with ctx.begin.read() as tx:
        return tx.members.expected()


def add_all(
    ctx: Context, rows: Sequence[Imported], *, actor: str, dry_run: bool = False
) -> Imports:
    """Import members from a file, matched by e-mail address; all of them or none."""
    counts = {"added": 0, "changed": 0, "same": 0}
    begin = ctx.begin.read if dry_run else ctx.begin
    with begin() as tx:
        for row in rows:
            known = tx.members.by_email(row.email)
            after = _imported(known, row) if known else None
            outcome = "added" if not known else "same" if after == known else "changed"
            counts[outcome] += 1
            if not dry_run:
                _keep_imported(ctx, tx, row, known)
        if not dry_run:
            tx.audit.add(
                actor=actor,
                act="members imported",
                subject="members",
                at=ctx.now(),
                detail=dict(counts),
            )
    return Imports(**counts)


def set_role(ctx: Context, *, who: str, role: Role, actor: str) -> Member:
    """Give the member found by name, address or user id a role.

    Raises:
        NotFound: there is no such member, or more than one of that name.
    """
    with ctx.begin() as tx:
        return _set_role(ctx, tx, find(tx, who), role, actor)


def give_role(ctx: Context, *, user: str, who: str, role: str) -> str:
    """Give a member a role, as a coordinator asks by name; what was done, in words.

    Raises:
        NotAllowed: not a coordinator.
        NotFound: there is no such member or role, or the name fits several.
    """
    with ctx.begin() as tx:
        by = coordinating(tx, user)
        wanted = next((one for one in Role if one.value == role.lower()), None)
        if wanted is None or not who:
            raise NotFound(
                "Please write a name or an e-mail address, and one of the roles "
                f"{', '.join(Role)}: for example `/convenor role Ben Carter deputy`."
            )
        member = find(tx, who.removeprefix("@"))
        if member.id == by.id and not wanted.coordinates:
            raise NotAllowed("Another coordinator has to take your role from you.")
        _set_role(ctx, tx, member, wanted, by.id)
    return f"{escape(member.name)} is now {wanted.value}."


def _set_role(
    ctx: Context, tx: Transaction, member: Member, role: Role, actor: str
) -> Member:
    after = replace(member, role=role)
    tx.members.keep(after)
    tx.audit.add(
        actor=actor,
        act="role set",
        subject=f"member:{member.id}",
        at=ctx.now(),
        detail={"role": role.value},
    )
    homes.show(ctx.scene(tx), after)
    return after


def find(tx: Transaction, who: str) -> Member:
    """The one member whom *who* names: an address, a Slack user id or a name.

    Raises:
        NotFound: there is none, or there are several.
    """
    return the_one(tx.personal.sought(who))


def everyone(ctx: Context) -> tuple[Member, ...]:
    """Every member who has not left, by name."""
    with ctx.begin.read() as tx:
        return tx.members.present()


def _bring_up_to_date(
    ctx: Context, tx: Transaction, person: Person, *, here: bool, first: bool
) -> bool:
    """What a reading of the workspace says of one person; whether they are new."""
    known = _known(tx, person)
    if known is None and tx.members.stays_erased(person.id, here=here):
        return False  # that they are still in the channel is not joining it
    if known is None and here and not first:
        tx.members.expect(person.id)
        return False
    new = _take_in(ctx, tx, person, here=here)
    if new:
        tx.members.welcome(new, at=ctx.now())
    elif known is not None and known.slack:
        _came_or_went(ctx, tx, known.id, here=here)
    return new is not None


def _came_or_went(
    ctx: Context, tx: Transaction, member: MemberId, *, here: bool
) -> None:
    """Follow who is in the questions channel; coordinators need not be."""
    found = _must(tx, member)
    if here and found.left_at is not None:
        tx.members.keep(replace(found, left_at=None))
    elif not here and found.left_at is None and not found.coordinates:
        _leaves(ctx, tx, found)


def _leaves(ctx: Context, tx: Transaction, member: Member) -> None:
    """They are not asked any more, and what they were asked ends."""
    tx.members.keep(replace(member, left_at=ctx.now()))
    editions.take_back(tx, member.email, at=ctx.now())
    for one in tx.invitations.open_of(member.id):
        tx.invitations.mark(one.id, closed_at=ctx.now())
        invitations.ended(ctx.scene(tx), one)


def _known(tx: Transaction, person: Person) -> Member | None:
    address = person.email.lower() if person.email else None
    return tx.members.by_slack(person.id) or (
        tx.members.by_email(address) if address else None
    )


def _take_in(
    ctx: Context, tx: Transaction, person: Person, *, here: bool
) -> MemberId | None:
    """Keep what Slack says of one person; their id where they are new."""
    address = person.email.lower() if person.email else None
    known = _known(tx, person)
    if known is None and (not here or person.gone):
        return None
    new = known is None
    if known is None:
        role = _first_role(ctx.community, person.id, address)
        known = _must(tx, tx.members.add(name=person.name, role=role, at=ctx.now()))
    tx.members.keep(_with_person(ctx, tx, known, person, address))
    tx.threads.claim(person.id, known.id)
    return known.id if new else None


def _with_person(
    ctx: Context, tx: Transaction, known: Member, person: Person, address: str | None
) -> Member:
    taken = tx.members.by_email(address) if address else None
    email = address if taken is None or taken.id == known.id else known.email
    if email and known.email and email != known.email:
        tx.suppressions.follow(known.email, email, at=ctx.now())
    # Imported as reached by letter: now that they are in Slack, that is where they are.
    joins = known.slack is None and known.reach is Reach.EMAIL
    return replace(
        known,
        slack=person.id,
        reach=Reach.SLACK if joins else known.reach,
        name=person.name or known.name,
        email=email or known.email,
        left_at=(known.left_at or ctx.now()) if person.gone else known.left_at,
    )


def _first_role(community: Community, user: str, address: str | None) -> Role:
    return community.roles.get(address or "") or community.roles.get(user, Role.MEMBER)


def _keep_imported(
    ctx: Context, tx: Transaction, row: Imported, known: Member | None
) -> None:
    if known is None:
        member = tx.members.add(
            name=row.name, role=row.role or Role.MEMBER, at=ctx.now()
        )
        known = replace(_must(tx, member), reach=Reach.EMAIL)
    tx.members.keep(_imported(known, row))


def _imported(known: Member, row: Imported) -> Member:
    """What a file says of a member, over what we know; what it leaves out stays."""
    return replace(
        known,
        name=row.name,
        email=row.email,
        region=row.region or known.region,
        role=row.role or known.role,
        interests=row.interests or known.interests,
    )


def _must(tx: Transaction, member: MemberId) -> Member:
    found = tx.members.get(member)
    if found is None:
        raise LookupError("a member just added is not kept")
    return found
