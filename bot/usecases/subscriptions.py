"""Who gets the monthly update by e-mail, as each of them says by their own link."""

from dataclasses import dataclass, replace

from bot.domain.editions import Recipient, RecipientId
from bot.owing import editions, homes, letters
from bot.store import Transaction
from bot.usecases.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Where the update goes, and whether it does."""

    address: str
    wanted: bool


def look(ctx: Context, recipient: int) -> Subscription | None:
    """How it stands for one who got an edition; None when they are not kept any more.

    Nothing changes: programs follow links as well as people do.
    """
    with ctx.begin.read() as tx:
        known = _known(tx, recipient)
        return _as_it_stands(tx, known) if known else None


def leave(ctx: Context, recipient: int, *, why: str) -> Subscription | None:
    """Send them no more updates, at this address and at the one we know them by now.

    *why* is how they said so: "link" or "one-click". Saying it again changes nothing.
    None when they are not kept any more: then nothing is sent to them in any case.
    """
    with ctx.begin() as tx:
        known = _known(tx, recipient)
        if known is None:
            return None
        for address in _addresses(tx, known):
            tx.suppressions.add(address, at=ctx.now(), why=why)
            editions.take_back(tx, address, at=ctx.now())
        _show_home(ctx, tx, known)
        return replace(_as_it_stands(tx, known), wanted=False)


def rejoin(ctx: Context, recipient: int) -> Subscription | None:
    """Send them updates again: they pressed by mistake, or have changed their mind."""
    with ctx.begin() as tx:
        known = _known(tx, recipient)
        if known is None:
            return None
        for address in _addresses(tx, known):
            tx.suppressions.lift(address)
        _show_home(ctx, tx, known)
        return replace(_as_it_stands(tx, known), wanted=True)


def answers_to(ctx: Context) -> str | None:
    """The address to which people write who cannot, or would not, follow a link.

    None where no coordinator has one: then it is the sender's.
    """
    with ctx.begin.read() as tx:
        coordinator = letters.answers_to(ctx.scene(tx))
        return coordinator.email if coordinator else None


def _known(tx: Transaction, recipient: int) -> Recipient | None:
    """The recipient, as long as it is still kept where their update went."""
    found = tx.recipients.get(RecipientId(recipient))
    return found if found and "@" in found.address else None  # not so once erased


def _as_it_stands(tx: Transaction, known: Recipient) -> Subscription:
    addresses = _addresses(tx, known)
    held = tx.suppressions.among(addresses)
    return Subscription(address=addresses[-1], wanted=not held.issuperset(addresses))


def _addresses(tx: Transaction, known: Recipient) -> tuple[str, ...]:
    """The address it went to; and last the one it would go to today, if another."""
    member = tx.members.get(known.member) if known.member else None
    now = member.email if member else None
    return (known.address, now) if now and now != known.address else (known.address,)


def _show_home(ctx: Context, tx: Transaction, known: Recipient) -> None:
    member = tx.members.get(known.member) if known.member else None
    if member is not None and member.left_at is None:
        homes.show(ctx.scene(tx), member)
