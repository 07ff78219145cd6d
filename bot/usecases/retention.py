"""Forgetting by class what has been kept long enough."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.retention import night_of
from bot.store import Found, Old
from bot.usecases.context import Context

AT_ONCE = 500  #: rows in one transaction, so that what comes in does not wait
IN_SIGHT = 5_000  #: rows looked up at once, on a snapshot that holds nobody up


def overdue(ctx: Context) -> tuple[Old, ...]:
    """What would be forgotten now, by class; nothing is changed."""
    with ctx.begin.read() as tx:
        return tuple(
            tx.retained.old(name, before)
            for name, before in ctx.community.retention.limits(ctx.now())
        )


def forget_old(ctx: Context, *, actor: str) -> Mapping[str, int]:
    """Forget it, in small steps; how many rows of each class went.

    What was not reached when the process ends is reached the next time.
    """
    gone = {
        name: _forget_class(ctx, name)
        for name, _ in ctx.community.retention.limits(ctx.now())
    }
    if any(gone.values()):
        with ctx.begin() as tx:
            tx.audit.add(
                actor=actor,
                act="old records forgotten",
                subject="retention",
                at=ctx.now(),
                detail={name: rows for name, rows in gone.items() if rows},
            )
    return gone


def forget_nightly(ctx: Context) -> int:
    """Forget what is old, once a night among all processes; how many rows went."""
    night = night_of(ctx.now(), ctx.community.almanac)
    if night is None:
        return 0
    with ctx.begin.read() as tx:
        if tx.runs.claimed("retention", night):
            return 0
    with ctx.begin() as tx:
        if not tx.runs.claim("retention", night, at=ctx.clock.machine()):
            return 0
    return sum(forget_old(ctx, actor="retention").values())


def _forget_class(ctx: Context, name: str) -> int:
    """Forget everything old of one class: what rests on other rows goes after them."""
    gone = 0
    while some := _forget_in_sight(ctx, name):
        gone += some
    return gone


def _forget_in_sight(ctx: Context, name: str) -> int:
    before = dict(ctx.community.retention.limits(ctx.now()))[name]
    with ctx.begin.read() as tx:
        seen = tuple(tx.retained.find(name, before, most=IN_SIGHT))
    return sum(_forget(ctx, found) for found in seen)


def _forget(ctx: Context, found: Found) -> int:
    gone = 0
    for start in range(0, len(found.keys), AT_ONCE):
        some = replace(found, keys=found.keys[start : start + AT_ONCE])
        with ctx.begin() as tx:
            gone += tx.retained.forget(some)
    return gone
