"""Taking in what happens outside: kept first, understood afterwards."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from bot.domain.errors import CommunityError
from bot.metrics import Metrics
from bot.store import Stale, Taken, Transaction
from bot.usecases.context import Context


class Crashed(Exception):
    """The event was taken again and again, and nobody lived to say what came of it."""


#: What one event means. Its changes and *done* are one transaction; it calls nobody.
Handle = Callable[[Context, Transaction, Mapping[str, Any]], None]


def receive(
    ctx: Context,
    *,
    event_id: str,
    kind: str,
    lane: str | None,
    body: Mapping[str, Any],
    metrics: Metrics | None = None,
) -> bool:
    """Keep one event; once this returns, whoever sent it may be told that we have it.

    *body* is projected and guarded. Events of one *lane* (a channel) are handled in
    the order they came. False: it was kept before, and nothing changed.
    """
    with ctx.begin() as tx:
        new = tx.inbox.keep(
            event_id=event_id, kind=kind, lane=lane, body=body, at=ctx.clock.machine()
        )
    if new and metrics:
        metrics.events_kept.inc()
    return new


def handle_due(
    ctx: Context,
    handle: Handle,
    *,
    limit: int = 50,
    metrics: Metrics | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Handle up to *limit* events that are due; how many were taken.

    The effect of an event and its being done are one transaction, so that a crash
    between them cannot repeat it. A refusal (``CommunityError``) is final. Anything
    else is tried again with growing pauses, then parked. The whole batch is first
    tried in one transaction, which is several times faster; if anything in it fails,
    all of it is rolled back and each event gets its own.
    """
    batch = _take(ctx, limit)
    if len(batch) > 1 and _all_at_once(ctx, handle, batch):
        _count(metrics, "events_done", len(batch))
    else:
        _one_by_one(ctx, handle, batch, metrics, stopping)
    return len(batch)


def _one_by_one(
    ctx: Context,
    handle: Handle,
    batch: Sequence[Taken],
    metrics: Metrics | None,
    stopping: Callable[[], bool],
) -> None:
    held: set[str | None] = set()  # lanes in which something failed: nothing overtakes
    for taken in batch:
        if stopping() or taken.lane in held:
            _give_back(ctx, taken)
        elif not _one(ctx, handle, taken, metrics) and taken.lane is not None:
            held.add(taken.lane)


def _take(ctx: Context, limit: int) -> tuple[Taken, ...]:
    with ctx.begin.read() as tx:
        if not tx.inbox.has_due(now=ctx.clock.machine()):
            return ()  # looking is free; only taking needs the one writing connection
    with ctx.begin() as tx:
        return tx.inbox.take(
            now=ctx.clock.machine(), lease=ctx.patience.lease, limit=limit
        )


def _all_at_once(ctx: Context, handle: Handle, batch: Sequence[Taken]) -> bool:
    try:
        with ctx.begin() as tx:
            for taken in batch:
                handle(ctx, tx, taken.body)
                tx.inbox.done(taken, at=ctx.clock.machine())
    except Exception:  # noqa: BLE001 - the inbox's edge: each is tried by itself next
        return False
    return True


def _one(ctx: Context, handle: Handle, taken: Taken, metrics: Metrics | None) -> bool:
    try:
        if taken.attempt > ctx.patience.attempts:
            raise Crashed  # noqa: TRY301 - it has taken the process down that often
        _effect(ctx, handle, taken)
    except Stale:
        return False  # its lease ran out; what it did was rolled back; another has it
    except Exception as error:  # noqa: BLE001 - the inbox's edge: keep, do not lose
        _failed(ctx, taken, error, metrics)
        return False
    _count(metrics, "events_done", 1)
    return True


def _effect(ctx: Context, handle: Handle, taken: Taken) -> None:
    try:
        with ctx.begin() as tx:
            handle(ctx, tx, taken.body)
            tx.inbox.done(taken, at=ctx.clock.machine())
    except CommunityError as refusal:
        with ctx.begin() as tx:
            tx.inbox.done(taken, at=ctx.clock.machine(), note=type(refusal).__name__)


def _failed(
    ctx: Context, taken: Taken, error: Exception, metrics: Metrics | None
) -> None:
    now = ctx.clock.machine()
    why = type(error).__name__  # not its message, which may quote a person
    last = taken.attempt >= ctx.patience.attempts
    try:
        with ctx.begin() as tx:
            if last:
                tx.inbox.park(taken, at=now, error=why)
            else:
                until = now + ctx.patience.wait(taken.attempt)
                tx.inbox.postpone(taken, until=until, error=why)
    except Stale:
        return
    if last:
        _count(metrics, "events_parked", 1)


def _give_back(ctx: Context, taken: Taken) -> None:
    with suppress(Stale), ctx.begin() as tx:
        tx.inbox.give_back(taken, at=ctx.clock.machine())


def _count(metrics: Metrics | None, name: str, by: int) -> None:
    if metrics:
        getattr(metrics, name).inc(by)
