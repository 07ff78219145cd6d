"""Reading a thread whole before it is collated, and again before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.digests import Digest, DigestId, DigestRequest
from bot.domain.guard import Verdict, inspect
from bot.domain.members import MemberId
from bot.owing import Scene, digests
from bot.ports import Channel, Heard
from bot.store import Transaction
from bot.usecases.context import Context

UNREADABLE = (
    "I cannot read Slack just now, so the draft you asked for takes a little longer. "
    "I keep trying; you need not ask again."
)
HELD_UP = (
    "A digest you approved is due, but I cannot read its thread in Slack just now to "
    "make sure that nothing is missing. I keep trying, and publish it then."
)
NOT_THERE = (
    "I cannot see the thread you asked me to collate: the message is not there, or it "
    "is in a private channel. Please copy the link again, from a public channel."
)
NOT_IN = (
    "I am not in <#{channel}>, so I cannot read the thread you asked me to collate. "
    "Please type `/invite` and my name there, then ask again."
)
PRIVATE = (
    "The thread you asked me to collate is in a private channel, and a digest is read "
    "by everyone, so I do not collate it."
)

_TITLE = 500  #: characters kept of the message that begins a thread


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRead:
    """A thread that is to be read whole in Slack."""

    channel: str
    ts: str
    request: int | None = None  #: for a draft
    digest: DigestId | None = None  #: before publishing
    check_channel: bool = False  #: it may be anywhere, so the channel is looked at


def anything(ctx: Context) -> bool:
    """Whether there is any digest to look after: most of the time there is none."""
    with ctx.begin.read() as tx:
        return tx.digests.any()


def to_read(ctx: Context) -> tuple[ToRead, ...]:
    """Threads asked to be collated that are to be read now."""
    with ctx.begin.read() as tx:
        found = []
        for request in tx.digests.requests.to_read(now=ctx.clock.machine()):
            thread = tx.threads.get(request.thread)
            if thread is None or thread.ts is None:
                continue
            home = thread.channel in {ctx.places.questions, ctx.places.digests}
            found.append(
                ToRead(
                    channel=thread.channel,
                    ts=thread.ts,
                    request=request.id,
                    check_channel=not home and thread.question is None,
                )
            )
        return tuple(found)


def to_read_again(ctx: Context) -> tuple[ToRead, ...]:
    """Threads of approved digests whose hold is over, not read since."""
    with ctx.begin.read() as tx:
        found = []
        for digest in tx.digests.unpublished():
            due = digest.publish_at is not None and digest.publish_at <= ctx.now()
            thread = tx.threads.get(digest.thread)
            if due and digest.reread_at is None and thread and thread.ts:
                found.append(
                    ToRead(channel=thread.channel, ts=thread.ts, digest=digest.id)
                )
        return tuple(found)


def why_not(reading: ToRead, channel: Channel | None) -> str | None:
    """Why a thread of *channel* is not collated, for the coordinator; None if it is."""
    if channel is None:
        return NOT_THERE
    if channel.private:
        return PRIVATE
    if not channel.member:
        return NOT_IN.format(channel=reading.channel)
    return None


def was_read(ctx: Context, reading: ToRead, said: Sequence[Heard]) -> None:
    """The thread has been read whole, and what was missed of it is in the inbox."""
    with ctx.begin() as tx:
        if reading.digest is not None:
            tx.digests.reread(reading.digest, at=ctx.now())
        request = tx.digests.requests.get(reading.request or 0)
        if request is None:
            return
        if not said:
            _end(ctx.scene(tx), request, NOT_THERE)
            return
        root = said[0].thread_ts or said[0].ts
        if root != reading.ts:  # the link led to a reply, which Slack shows alone
            thread = tx.threads.track(reading.channel, root, at=ctx.now())
            tx.digests.requests.move(request.id, thread=thread)
        else:
            title = _title(said[0])
            tx.digests.requests.read(request.id, title=title, at=ctx.now())


def refuse(ctx: Context, reading: ToRead, why: str) -> None:
    """It cannot be collated: whoever asked is told, and nothing more is tried."""
    with ctx.begin() as tx:
        request = tx.digests.requests.get(reading.request or 0)
        if request is None:
            return
        _end(ctx.scene(tx), request, why)


def could_not_read(ctx: Context, reading: ToRead) -> None:
    """Slack could not be read: it is tried again, and the coordinator told, once."""
    with ctx.begin() as tx:
        request = tx.digests.requests.get(reading.request or 0)
        if request is not None:
            _draft_waits(ctx, tx, request)
        digest = tx.digests.get(reading.digest or 0)
        if digest is not None and digest.approved_by:
            _publishing_waits(ctx, tx, digest, digest.approved_by)


def _draft_waits(ctx: Context, tx: Transaction, request: DigestRequest) -> None:
    until = ctx.clock.machine() + ctx.patience.wait(request.tries + 1)
    tx.digests.requests.put_off(request.id, until=until)
    scene = ctx.scene(tx)
    member = scene.member(request.member)
    digests.tell(scene, member, f"digest-waits:{request.id}", UNREADABLE)


def _publishing_waits(
    ctx: Context, tx: Transaction, digest: Digest, approver: MemberId
) -> None:
    tx.digests.put_off(digest.id, publish_at=ctx.now() + ctx.patience.first_wait)
    scene = ctx.scene(tx)
    key = f"digest-held-up:{digest.id}:{digest.version}"
    digests.tell(scene, scene.member(approver), key, HELD_UP)


def _end(scene: Scene, request: DigestRequest, why: str) -> None:
    """There will be no draft: whoever asked is told why."""
    if scene.tx.digests.requests.done(request.id, at=scene.now):
        member = scene.member(request.member)
        digests.tell(scene, member, f"no-digest:{request.id}", why)


def _title(root: Heard) -> str:
    """The words that begin the thread, unless they identify a patient."""
    safe = inspect(root.text).verdict is not Verdict.REFUSE
    return root.text[:_TITLE] if safe else ""
