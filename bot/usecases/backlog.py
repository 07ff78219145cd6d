"""Looking at what waits or was set aside, and deciding what becomes of it."""

import re
from collections.abc import Collection

from bot.owing import queue
from bot.ports import Medium
from bot.store import Transaction, WaitingEvent, WaitingMessage
from bot.usecases.context import Context

SHOWN = 200  #: messages of each kind in an account
#: What a mail server may have quoted in its refusal.
ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


def events(
    ctx: Context, *, parked: bool = True, limit: int = 100
) -> tuple[WaitingEvent, ...]:
    """Events set aside for a coordinator, or (not *parked*) those that wait."""
    with ctx.begin.read() as tx:
        return tx.backlog.events(parked=parked, limit=limit)


def messages(
    ctx: Context, *, parked: bool = True, limit: int = 100
) -> tuple[WaitingMessage, ...]:
    """Messages set aside for a coordinator, or (not *parked*) those still owed."""
    with ctx.begin.read() as tx:
        return tx.backlog.messages(parked=parked, limit=limit)


def lengths(ctx: Context) -> dict[str, float]:
    """How long each queue is: for health and metrics."""
    with ctx.begin.read() as tx:
        return dict(tx.backlog.lengths())


def due(ctx: Context) -> int:
    """How many messages are due now and have not gone; letters, where they can go."""
    media = (Medium.SLACK, Medium.MAIL) if ctx.mail else (Medium.SLACK,)
    with ctx.begin.read() as tx:
        return tx.backlog.due(now=ctx.now(), media=media)


def account(ctx: Context) -> dict[str, list[dict[str, object]]]:
    """What is owed and what was set aside, for whoever looks on: nobody's words.

    Up to 200 of each. Addresses of people are in none of it.
    """
    with ctx.begin.read() as tx:
        return {
            name: [
                _told(one) for one in tx.backlog.messages(parked=parked, limit=SHOWN)
            ]
            for name, parked in (("owed", False), ("parked", True))
        }


def _told(one: WaitingMessage) -> dict[str, object]:
    return {
        "key": one.key,
        "medium": one.medium.value,
        "due_at": one.due_at.isoformat(),
        "attempts": one.attempts,
        "why": ADDRESS.sub("…", one.error or ""),
    }


def replay_events(
    ctx: Context, *, actor: str, ids: Collection[str] | None = None
) -> int:
    """Handle parked events again, all of them where *ids* is None; how many."""
    with ctx.begin() as tx:
        count = tx.backlog.replay_events(ids, at=ctx.clock.machine())
        _audit(ctx, tx, actor, "replay inbox", _detail(ids, count))
    return count


def drop_events(ctx: Context, *, actor: str, ids: Collection[str]) -> int:
    """Let parked events go unhandled, for good; how many."""
    with ctx.begin() as tx:
        count = tx.backlog.drop_events(ids, at=ctx.clock.machine())
        _audit(ctx, tx, actor, "drop inbox", _detail(ids, count))
    return count


def replay_messages(
    ctx: Context, *, actor: str, keys: Collection[str] | None = None
) -> int:
    """Send parked messages again, all of them where *keys* is None; how many.

    A letter that may have gone is sent again only where its key is named.
    """
    with ctx.begin() as tx:
        count = tx.backlog.replay_messages(keys)
        queue.settle_parked(ctx.scene(tx), keys)
        _audit(ctx, tx, actor, "replay outbox", _detail(keys, count))
    return count


def drop_messages(ctx: Context, *, actor: str, keys: Collection[str]) -> int:
    """Never send these messages; how many were parked or owed, and are dropped."""
    with ctx.begin() as tx:
        count = tx.backlog.drop_messages(keys, at=ctx.clock.machine())
        queue.settle_parked(ctx.scene(tx), keys)
        _audit(ctx, tx, actor, "drop outbox", _detail(keys, count))
    return count


def _audit(
    ctx: Context, tx: Transaction, actor: str, what: str, detail: dict[str, object]
) -> None:
    act, subject = what.split()
    tx.audit.add(actor=actor, act=act, subject=subject, at=ctx.now(), detail=detail)


def _detail(named: Collection[str] | None, count: int) -> dict[str, object]:
    return {"named": "all" if named is None else sorted(named), "count": count}
