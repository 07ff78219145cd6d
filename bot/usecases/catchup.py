"""Catching up: what was said, changed or deleted while nobody was listening.

Everything found goes into the inbox as if Slack had sent it, under an id made from
the message itself. What Slack does send, sooner or later, and what is found twice, is
therefore kept and handled once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.events import Kept, spoken, withdrawn
from bot.ports import Heard, Unreachable, Workspace
from bot.usecases.context import Context

OVERLAP = timedelta(minutes=10)  #: read again, for what arrived out of order
#: A message younger than this may not show in a thread yet, and is not called deleted.
SETTLED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    """What catching up came to."""

    found: int  #: messages that were new to the inbox
    unread: tuple[str, ...] = ()  #: channels and threads that could not be read now


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRead:
    """A thread read whole: its root first. Empty where there is no such thread."""

    said: tuple[Heard, ...]
    found: int  #: messages that were new to the inbox


@dataclass(frozen=True, slots=True)
class _Missed:
    """One thing that happened, and the id it is kept under."""

    event_id: str
    body: Kept


def catch_up(ctx: Context, workspace: Workspace, channels: Iterable[str]) -> CaughtUp:
    """Read *channels* from where reading had got to, and every living thread whole.

    Threads alive in the community's last days are read whole, because edits and
    deletions, and replies under old roots, can be found no other way; a known reply
    that is absent from a thread read whole was deleted. A public channel met for the
    first time is read from now on; a DM, from the community's last days. Slack is
    read outside any transaction. What cannot be read is named, and the rest is read.
    """
    found, unread, roots = 0, [], dict[tuple[str, str], None]()
    for channel in dict.fromkeys(channels):
        try:
            said = _history(ctx, workspace, channel)
        except Unreachable:
            unread.append(channel)
            continue
        found += _keep(ctx, [_new(one) for one in said])
        roots |= {(channel, one.ts): None for one in said if one.reply_count}
        _read_to(ctx, channel, said)
    for channel, root in roots | dict.fromkeys(_alive(ctx)):
        try:
            found += _keep(ctx, list(_thread(ctx, workspace, channel, root)))
        except Unreachable:
            unread.append(f"{channel}:{root}")
    return CaughtUp(found=found, unread=tuple(unread))


def read_thread(
    ctx: Context, workspace: Workspace, channel: str, root: str
) -> ThreadRead:
    """Read one thread whole; what was missed of it goes into the inbox.

    Raises:
        Unreachable: it could not be read now, and nothing is known of it.
    """
    with ctx.begin.read() as tx:
        known = tx.threads.known(channel, root)
    now = ctx.clock.machine()
    said = workspace.replies(channel, root) or ()
    found = _keep(ctx, list(_differences(known, said, channel, root, now)))
    return ThreadRead(said=said, found=found)


def _history(ctx: Context, workspace: Workspace, channel: str) -> list[Heard]:
    with ctx.begin.read() as tx:
        cursor = tx.cursors.get(channel)
    if cursor is not None:
        oldest = _ts(_moment(cursor) - OVERLAP)
    elif channel.startswith("D"):
        oldest = _ts(ctx.clock.machine() - ctx.community.alive)
    else:
        _start_here(ctx, channel, next(workspace.history(channel, oldest="0"), None))
        return []
    return list(workspace.history(channel, oldest=oldest))


def _start_here(ctx: Context, channel: str, newest: Heard | None) -> None:
    """What was said before we came is no concern of ours, nor read as an overlap."""
    last = _moment(newest.ts) if newest else _EPOCH
    after = last + OVERLAP + timedelta(microseconds=1)
    with ctx.begin() as tx:
        tx.cursors.set(channel, _ts(after))


def _read_to(ctx: Context, channel: str, said: list[Heard]) -> None:
    if said:
        with ctx.begin() as tx:
            tx.cursors.set(channel, max(one.ts for one in said))


def _alive(ctx: Context) -> list[tuple[str, str]]:
    with ctx.begin.read() as tx:
        return tx.threads.alive(ctx.now() - ctx.community.alive)


def _thread(
    ctx: Context, workspace: Workspace, channel: str, root: str
) -> Iterator[_Missed]:
    """What happened in one thread. What is known is asked first: see ``_gone``."""
    with ctx.begin.read() as tx:
        known = tx.threads.known(channel, root)
    now = ctx.clock.machine()
    said = workspace.replies(channel, root) or ()
    yield from _differences(known, said, channel, root, now)


def _differences(
    known: Mapping[str, str | None],
    said: Iterable[Heard],
    channel: str,
    root: str,
    now: datetime,
) -> Iterator[_Missed]:
    standing = {one.ts: one for one in said}
    for one in standing.values():
        if one.ts not in known:
            yield _new(one)
        elif one.edited_ts and one.edited_ts != known[one.ts]:
            yield _edited(one)
    for ts in _gone(known, standing, now):
        body = withdrawn(channel, ts, root)
        yield _Missed(f"catchup:deleted:{channel}:{ts}", body)


def _gone(
    known: Mapping[str, str | None], standing: Mapping[str, Heard], now: datetime
) -> list[str]:
    """Known before the thread was read, not in it, and old enough to be sure."""
    settled = _ts(now - SETTLED)
    return [ts for ts in known if ts not in standing and ts < settled]


def _new(one: Heard) -> _Missed:
    return _Missed(_event_id(one), _spoken(one, change="new"))


def _edited(one: Heard) -> _Missed:
    return _Missed(_event_id(one), _spoken(one, change="edited"))


def _event_id(one: Heard) -> str:
    return f"catchup:{one.channel}:{one.ts}:{one.edited_ts or ''}"


def _spoken(one: Heard, *, change: str) -> Kept:
    fields: dict[str, Any] = {
        "ts": one.ts,
        "thread_ts": one.thread_ts,
        "author": one.author,
        "text": one.text,
        "bot": one.bot,
        "edited_ts": one.edited_ts,
        "files": one.files,
        "key_hash": one.key_hash,
    }
    channel_type = "im" if one.channel.startswith("D") else "channel"
    return spoken(one.channel, fields, change=change, channel_type=channel_type)


def _keep(ctx: Context, missed: list[_Missed]) -> int:
    """Keep what is new to the inbox, oldest first; how many were."""
    if not missed:
        return 0
    at = ctx.clock.machine()
    ordered = sorted(missed, key=lambda one: str(one.body["ts"]))
    with ctx.begin() as tx:
        return sum(
            tx.inbox.keep(
                event_id=one.event_id,
                kind="message",
                lane=one.body["channel"],
                body=one.body,
                at=at,
            )
            for one in ordered
        )


def _moment(ts: str) -> datetime:
    """When a Slack ``ts`` was, exactly: it is a number of microseconds, not a float."""
    seconds, _, rest = ts.partition(".")
    micros = int(rest.ljust(6, "0")[:6] or 0)
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=micros)


def _ts(moment: datetime) -> str:
    """A ``ts`` of ten digits, as Slack's are, so that they sort as text."""
    seconds, micros = divmod((moment - _EPOCH) // timedelta(microseconds=1), 1_000_000)
    return f"{seconds:010d}.{micros:06d}"


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
