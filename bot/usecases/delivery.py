"""Sending what is owed: take, send, record; and look before sending twice.

Three steps for each message, and the send is inside no transaction. A crash after the
take gives the message back when its lease ends. A crash after the start leaves it in
doubt: it is looked for outside, twice with a pause, before it is sent again, and once
it was sent again it is looked for some more, so that a copy that turns up late is taken
away. A letter cannot be looked for: one in doubt is parked, and a person decides.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.metrics import Metrics
from bot.ports import Act, Gateway, Gateways, Medium, Message, NotSent, Receipt
from bot.store import Outgoing, Stale, Transaction
from bot.usecases.context import Context

LOOKS = 2  #: look-ups that must find no copy before a message is sent again
RECHECKS = 2  #: times a repeated message is looked at again
MARGIN = timedelta(seconds=30)  #: by which our clock and the other side's may differ
SENT = "outbox.sent"  #: kinds of event that we leave in the inbox for ourselves
PARKED = "outbox.parked"

Sent = Callable[[Context, Transaction, Message, Receipt], None]
Parked = Callable[[Context, Transaction, Message], None]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """What features do once a message has gone, or cannot go.

    Each is named by the first word of the key ("invite" for "invite:7:U1") and runs in
    the transaction that records the outcome. One that raises does not lose the record:
    it is tried again from the inbox.
    """

    on_sent: Mapping[str, Sent] = field(default_factory=dict)
    on_parked: Mapping[str, Parked] = field(default_factory=dict)

    def sent(
        self, ctx: Context, tx: Transaction, message: Message, receipt: Receipt
    ) -> None:
        """Let the feature know that its message went."""
        reaction = self.on_sent.get(message.key.partition(":")[0])
        if reaction:
            reaction(ctx, tx, message, receipt)

    def parked(self, ctx: Context, tx: Transaction, message: Message) -> None:
        """Let the feature know that its message waits for a person."""
        reaction = self.on_parked.get(message.key.partition(":")[0])
        if reaction:
            reaction(ctx, tx, message)

    def again(self, ctx: Context, tx: Transaction, body: Mapping[str, Any]) -> None:
        """Handle an event of kind ``SENT`` or ``PARKED``: the reaction that failed."""
        message = tx.outbox.find(body["key"])
        receipt = tx.outbox.receipt(body["key"])
        if message and body["type"] == PARKED:
            self.parked(ctx, tx, message)
        elif message and receipt:
            self.sent(ctx, tx, message, receipt)


def deliver_due(
    ctx: Context,
    gateways: Gateways,
    *,
    limit: int = 20,
    reactions: Reactions | None = None,
    metrics: Metrics | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Send up to *limit* messages that are due; how many were taken.

    What is in hand when *stopping* says so, or when the lease is nearly over, is
    finished; the rest of the batch is given back.
    """
    until = ctx.clock.machine() + ctx.patience.lease / 2
    batch = _take(ctx, gateways, limit)
    round_ = _Round(ctx, gateways, reactions or Reactions(), metrics or Metrics())
    for place, out in enumerate(batch):
        if stopping() or ctx.clock.machine() > until:
            _give_back(ctx, batch[place:])
            break
        try:
            round_.deliver(out)
        except BaseException:  # others need not wait for the rest of our lease
            with suppress(Exception):  # the store may be what failed; it ends then
                _give_back(ctx, batch[place + 1 :])
            raise
    return len(batch)


def _take(ctx: Context, gateways: Gateways, limit: int) -> tuple[Outgoing, ...]:
    media = tuple(gateways.media())
    now, machine_now = ctx.now(), ctx.clock.machine()
    with ctx.begin.read() as tx:
        if not tx.sending.has_due(now=now, machine_now=machine_now, media=media):
            return ()
    with ctx.begin() as tx:
        return tx.sending.take(
            now=now,
            machine_now=machine_now,
            lease=ctx.patience.lease,
            limit=limit,
            media=media,
            paces=lambda out: _paces(gateways, out),
        )


def _paces(gateways: Gateways, out: Outgoing) -> tuple[tuple[str, timedelta], ...]:
    gateway = gateways.by_medium[out.message.medium]
    return () if _to_look_for(out) else gateway.paces(out.message)


def _to_look_for(out: Outgoing) -> bool:
    return out.in_doubt and out.looked < LOOKS


def _give_back(ctx: Context, batch: tuple[Outgoing, ...]) -> None:
    with ctx.begin() as tx:
        for out in batch:
            tx.sending.give_back(out)


@dataclass(frozen=True, slots=True)
class _Round:
    """One batch on its way."""

    ctx: Context
    gateways: Gateways
    reactions: Reactions
    metrics: Metrics

    def deliver(self, out: Outgoing) -> None:
        """Bring one message as far as it gets now."""
        try:
            if out.in_doubt and out.message.medium is Medium.MAIL:
                self._park(out, "uncertain: it may have gone")
            elif _to_look_for(out):
                self._look(out)
            elif out.attempt > self.ctx.patience.attempts:
                self._park(out, "tried too often")
            elif self._start(out):
                self._send(out)
        except Stale:
            # Another worker has it. A copy that we sent, it or the recheck will find.
            log.warning("message_stale", key=out.message.key)
            self._expect_copies(out)

    def _start(self, out: Outgoing) -> bool:
        with self.ctx.begin() as tx:
            may_leave = tx.sending.start(out, at=self._now())
        if may_leave and out.in_doubt:
            self.metrics.messages_repeated.inc()
        return may_leave

    def _send(self, out: Outgoing) -> None:
        try:
            receipt = self._gateway(out).send(out.message, out.target)
        except NotSent as failure:
            self._not_sent(out, failure)
        except Exception as error:  # noqa: BLE001 - the outbox's edge: nobody knows
            self._not_sent(out, NotSent(type(error).__name__, uncertain=True))
        else:
            self._sent(out, receipt, repeated=out.in_doubt or out.repeats > 0)

    def _look(self, out: Outgoing) -> None:
        since = (out.since or self._now()) - MARGIN
        try:
            copies = self._gateway(out).find(out.message, out.target, since=since)
        except NotSent as failure:
            self._could_not_look(out, failure)
        except Exception as error:  # noqa: BLE001 - the outbox's edge
            self._could_not_look(out, NotSent(type(error).__name__))
        else:
            self._looked(out, copies)

    def _looked(self, out: Outgoing, copies: tuple[Receipt, ...]) -> None:
        if copies:
            self._sent(out, copies[0], repeated=len(copies) > 1)
            return
        last = out.looked + 1 >= LOOKS
        pause = timedelta(0) if last else self.ctx.patience.look_again
        with self.ctx.begin() as tx:
            tx.sending.look_again(out, until=self._now() + pause)

    def _could_not_look(self, out: Outgoing, failure: NotSent) -> None:
        if failure.permanent:
            self._park(out, failure.reason)
            return
        wait = failure.retry_after or self.ctx.patience.wait(out.attempt)
        with self.ctx.begin() as tx:
            tx.sending.doubt(out, until=self._now() + wait, error=failure.reason)

    def _not_sent(self, out: Outgoing, failure: NotSent) -> None:
        exhausted = out.attempt >= self.ctx.patience.attempts
        if failure.uncertain and out.message.act is Act.POST:
            self._in_doubt(out, failure)
        elif failure.retry_after is not None and not failure.permanent:
            self._asked_to_wait(out, failure.reason, failure.retry_after)
        elif failure.permanent or exhausted:
            self._park(out, failure.reason, in_doubt=False)
        else:
            until = self._now() + self.ctx.patience.wait(out.attempt)
            with self.ctx.begin() as tx:
                tx.sending.postpone(out, until=until, error=failure.reason)

    def _in_doubt(self, out: Outgoing, failure: NotSent) -> None:
        if out.message.medium is Medium.MAIL:
            self._park(out, f"uncertain: {failure.reason}")
            return
        until = self._now() + self.ctx.patience.look_again
        with self.ctx.begin() as tx:
            tx.sending.doubt(out, until=until, error=failure.reason)

    def _asked_to_wait(self, out: Outgoing, reason: str, wait: timedelta) -> None:
        now = self._now()
        if out.message.medium is Medium.SLACK:
            # Slack means the method and the channel; a mail server means one address.
            names = [name for name, _ in self._gateway(out).paces(out.message)]
            with self.ctx.begin() as tx:
                tx.pace.hold(names, until=now + wait, now=now)
        with self.ctx.begin() as tx:
            tx.sending.postpone(out, until=now + wait, error=reason, counts=False)

    def _sent(self, out: Outgoing, receipt: Receipt, *, repeated: bool) -> None:
        def record(tx: Transaction) -> None:
            at, machine_at = self.ctx.clock.now(), self._now()
            tx.sending.sent(out, receipt, at=at, machine_at=machine_at)
            if repeated:
                self._expect(tx, out)

        def react(tx: Transaction) -> None:
            self.reactions.sent(self.ctx, tx, out.message, receipt)

        self._record(out, SENT, record, react)
        self.metrics.messages_sent.inc()

    def _park(self, out: Outgoing, reason: str, *, in_doubt: bool = True) -> None:
        def record(tx: Transaction) -> None:
            tx.sending.park(out, at=self._now(), error=reason, in_doubt=in_doubt)

        def react(tx: Transaction) -> None:
            self.reactions.parked(self.ctx, tx, out.message)

        self._record(out, PARKED, record, react)
        self.metrics.messages_parked.inc()
        log.warning("message_parked", key=out.message.key, reason=reason)

    def _record(
        self,
        out: Outgoing,
        kind: str,
        record: Callable[[Transaction], None],
        react: Callable[[Transaction], None],
    ) -> None:
        try:
            with self.ctx.begin() as tx:
                record(tx)
                react(tx)
        except Stale:
            raise
        except Exception as error:  # noqa: BLE001 - what went must be recorded as gone
            key = out.message.key
            log.warning("reaction_failed", key=key, error=type(error).__name__)
            with self.ctx.begin() as tx:
                record(tx)
                event_id = f"{kind}:{key}:{out.fence}"
                body = {"type": kind, "key": key}
                tx.inbox.keep(
                    event_id=event_id, kind=kind, lane=None, body=body, at=self._now()
                )

    def _expect_copies(self, out: Outgoing) -> None:
        if out.message.act is Act.POST and out.message.medium is Medium.SLACK:
            with self.ctx.begin() as tx:
                self._expect(tx, out)

    def _expect(self, tx: Transaction, out: Outgoing) -> None:
        now = self._now()
        tx.copies.expect(
            out.message.key,
            since=out.since or now - self.ctx.patience.lease,
            at=now + self.ctx.patience.recheck,
            looks=RECHECKS,
        )

    def _gateway(self, out: Outgoing) -> Gateway:
        return self.gateways.by_medium[out.message.medium]

    def _now(self) -> datetime:
        return self.ctx.clock.machine()
