"""Digests that are due: drafted, kept complete, published."""

import structlog

from bot.ports import Unreachable, Workspace
from bot.usecases import digest_reading as reading
from bot.usecases.catchup import read_thread
from bot.usecases.context import Context
from bot.usecases.digest_checks import end_checks
from bot.usecases.digest_completing import keep_complete
from bot.usecases.digest_reading import ToRead
from bot.usecases.digests import draft, to_draft
from bot.usecases.publishing import publish, to_publish

_log = structlog.get_logger(__name__)


def look_after_digests(ctx: Context, workspace: Workspace) -> int:
    """Everything about digests that is due now; how much was done.

    Called every second or two. What was read from Slack goes through the inbox, so a
    draft or a publication waits until that has been handled.
    """
    if not reading.anything(ctx):
        return 0
    done = draft_due(ctx, workspace)
    done += keep_complete(ctx)
    done += end_checks(ctx)
    return done + publish_due(ctx, workspace)


def draft_due(ctx: Context, workspace: Workspace) -> int:
    """Read what coordinators asked to collate, and draft it; how much was done."""
    unread = reading.to_read(ctx)
    for one in unread:
        _read(ctx, workspace, one)
    return len(unread) + sum(draft(ctx, request) for request in to_draft(ctx))


def publish_due(ctx: Context, workspace: Workspace) -> int:
    """Read the thread of each digest whose hold is over, and publish what still is so.

    How much was done.
    """
    unread = reading.to_read_again(ctx)
    for one in unread:
        _read(ctx, workspace, one)
    return len(unread) + sum(publish(ctx, digest) for digest in to_publish(ctx))


def _read(ctx: Context, workspace: Workspace, one: ToRead) -> None:
    try:
        if one.check_channel:
            why = reading.why_not(one, workspace.channel(one.channel))
            if why is not None:
                reading.refuse(ctx, one, why)
                return
        read = read_thread(ctx, workspace, one.channel, one.ts)
    except Unreachable as error:
        _log.warning("thread_not_read", channel=one.channel, why=str(error))
        reading.could_not_read(ctx, one)
    else:
        reading.was_read(ctx, one, read.said)
