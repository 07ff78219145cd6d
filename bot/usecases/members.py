"""Members: met, imported, described by themselves, found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.community import Community, Role
from bot.domain.errors import NotFound
from bot.domain.members import Imported, Member, MemberId, Reach
from bot.owing import homes
from bot.ports import Person
from bot.store import Transaction
from bot.usecases.context import Context
from bot.views import members as view


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """What an import did, or in a dry run would do."""

    added: int = 0
    changed: int = 0
    same: int = 0


def sync(ctx: Context, people: Iterable[Person], in_channel: frozenset[str]) -> int:
    """Bring members up to date with the workspace; how many were new.

    Those found in the questions channel become members. Nobody is welcomed here: on
    the first day that would be a burst of messages to everyone at once.
    """
    new = 0
    for person in people:
        if person.bot:
            continue
        with ctx.begin() as tx:
            new += _sync_one(ctx, tx, person, person.id in in_channel)
    return new


def joined(ctx: Context, tx: Transaction, user: str) -> None:
    """Note that somebody has joined the questions channel, to be met by ``meet``."""
    if user == ctx.places.bot_user:
        return
    member = tx.members.by_slack(user)
    if member is None:
        tx.members.expect(user)
    elif member.left_at is not None:
        tx.members.keep(replace(member, left_at=None))


def left(ctx: Context, tx: Transaction, user: str) -> None:
    """Note that somebody has left the questions channel: they are not asked again."""
    member = tx.members.by_slack(user)
    if member is not None:
        tx.members.keep(replace(member, left_at=ctx.now()))


def changed(ctx: Context, tx: Transaction, person: Person) -> None:
    """Keep what Slack says of somebody we know: their name, or that they are gone."""
    if tx.members.by_slack(person.id) is not None:
        _sync_one(ctx, tx, person, in_channel=not person.gone)


def meet(ctx: Context, person: Person) -> None:
    """Learn the name of somebody who has joined, and welcome them, once."""
    with ctx.begin() as tx:
        if not person.bot:
            _sync_one(ctx, tx, person, in_channel=True, quietly=False)
        tx.members.met(person.id)
        member = tx.members.by_slack(person.id)
        if member is None or not _first_time(ctx, tx, member):
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
        member = find(tx, who)
        tx.members.keep(replace(member, role=role))
        tx.audit.add(
            actor=actor,
            act="role set",
            subject=f"member:{member.id}",
            at=ctx.now(),
            detail={"role": role.value},
        )
        homes.show(ctx.scene(tx), replace(member, role=role))
        return replace(member, role=role)


def find(tx: Transaction, who: str) -> Member:
    """The one member whom *who* names: an address, a Slack user id or a name.

    Raises:
        NotFound: there is none, or there are several.
    """
    exact = tx.members.by_email(who) or tx.members.by_slack(who)
    named = (exact,) if exact else tx.members.named(who)
    if len(named) == 1:
        return named[0]
    if named:
        raise NotFound(f"{len(named)} members are called that; use an e-mail address.")
    raise NotFound(
        "There is no member of that name, e-mail address or user id. "
        "`convenor members list` shows everyone."
    )


def everyone(ctx: Context) -> tuple[Member, ...]:
    """Every member who has not left, by name."""
    with ctx.begin.read() as tx:
        return tx.members.present()


def _sync_one(
    ctx: Context,
    tx: Transaction,
    person: Person,
    in_channel: bool,  # noqa: FBT001 - named at each call that is not obvious
    *,
    quietly: bool = True,
) -> bool:
    """Bring one member up to date; whether they are new."""
    address = person.email.lower() if person.email else None
    known = tx.members.by_slack(person.id) or (
        tx.members.by_email(address) if address else None
    )
    if known is None and (not in_channel or person.gone):
        return False
    new = known is None
    if known is None:
        role = _first_role(ctx.community, person.id, address)
        known = _must(tx, tx.members.add(name=person.name, role=role, at=ctx.now()))
    tx.members.keep(_with_person(ctx, tx, known, person, address))
    tx.threads.claim(person.id, known.id)
    if new and quietly:
        tx.members.welcome(known.id, at=ctx.now())
    return new


def _with_person(
    ctx: Context, tx: Transaction, known: Member, person: Person, address: str | None
) -> Member:
    taken = tx.members.by_email(address) if address else None
    email = address if taken is None or taken.id == known.id else known.email
    return replace(
        known,
        slack=person.id,
        name=person.name or known.name,
        email=email or known.email,
        left_at=(known.left_at or ctx.now()) if person.gone else known.left_at,
    )


def _first_role(community: Community, user: str, address: str | None) -> Role:
    return community.roles.get(address or "") or community.roles.get(user, Role.MEMBER)


def _first_time(ctx: Context, tx: Transaction, member: Member) -> bool:
    return tx.members.welcome(member.id, at=ctx.now())


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
