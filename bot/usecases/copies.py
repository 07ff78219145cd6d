"""Taking away the second copy of a message that was sent again in doubt."""

from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.metrics import Metrics
from bot.ports import Gateways, NotSent, Receipt
from bot.store import Repeated, Stale
from bot.usecases.context import Context

MARGIN = timedelta(seconds=30)  #: by which our clock and the other side's may differ

log = structlog.get_logger()


def recheck_due(
    ctx: Context,
    gateways: Gateways,
    *,
    limit: int = 10,
    metrics: Metrics | None = None,
) -> int:
    """Look at up to *limit* repeated messages again; how many were looked at.

    The copy whose receipt we have stays; every other one is removed and counted.
    """
    batch = _take(ctx, limit)
    for repeated in batch:
        with suppress(Stale):
            _recheck(ctx, gateways, repeated, metrics or Metrics())
    return len(batch)


def _take(ctx: Context, limit: int) -> tuple[Repeated, ...]:
    now = ctx.clock.machine()
    with ctx.begin.read() as tx:
        if not tx.copies.has_due(now=now):
            return ()
    with ctx.begin() as tx:
        return tx.copies.take(now=now, lease=ctx.patience.lease, limit=limit)


def _recheck(
    ctx: Context, gateways: Gateways, repeated: Repeated, metrics: Metrics
) -> None:
    again_at = ctx.clock.machine() + ctx.patience.recheck
    try:
        _clear(gateways, repeated, metrics)
    except NotSent as failure:
        _another_time(ctx, repeated, failure, again_at)
        return
    except Exception as error:  # noqa: BLE001 - the outbox's edge: look another time
        _another_time(ctx, repeated, NotSent(type(error).__name__), again_at)
        return
    with ctx.begin() as tx:
        tx.copies.looked(repeated, again_at=again_at)


def _clear(gateways: Gateways, repeated: Repeated, metrics: Metrics) -> None:
    gateway = gateways.by_medium[repeated.message.medium]
    copies = gateway.find(
        repeated.message, repeated.target, since=repeated.since - MARGIN
    )
    for copy in _surplus(copies, repeated.receipt):
        gateway.remove(copy)
        metrics.copies_removed.inc()
        log.warning("copy_removed", key=repeated.message.key, ts=copy.ts)


def _surplus(copies: tuple[Receipt, ...], kept: Receipt) -> tuple[Receipt, ...]:
    # Where the copy we know of is not seen, the only one to be seen must not go.
    if kept not in copies:
        return copies[1:]
    return tuple(copy for copy in copies if copy != kept)


def _another_time(
    ctx: Context, repeated: Repeated, failure: NotSent, again_at: datetime
) -> None:
    wait = failure.retry_after
    with ctx.begin() as tx:
        if failure.permanent:
            tx.copies.looked(repeated, again_at=again_at)
        else:
            until = ctx.clock.machine() + wait if wait else again_at
            tx.copies.later(repeated, until=until)
