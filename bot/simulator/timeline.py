"""Reading channels and threads by time, a page at a time."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from bot.simulator.arguments import Arguments
from bot.simulator.clock import micros
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.messages import as_json
from bot.simulator.model import Channel
from bot.simulator.pages import cursor_of, limit_of, read_cursor
from bot.simulator.workspace import Workspace

#: Messages on a page of history, and of replies, when no limit is given.
HISTORY_PAGE, REPLIES_PAGE = 100, 1000
#: Later than any timestamp.
FOR_EVER = 10**18


@dataclass(frozen=True)
class Span:
    """The stretch of time asked for, in microseconds."""

    oldest: int
    latest: int
    inclusive: bool
    #: Only `oldest` was given: pages then run forward from it, as Slack documents.
    forward: bool


def _span(args: Arguments) -> Span:
    oldest, latest = args.text("oldest"), args.text("latest")
    return Span(
        oldest=_moment(oldest, "invalid_ts_oldest") if oldest else 0,
        latest=_moment(latest, "invalid_ts_latest") if latest else FOR_EVER,
        inclusive=args.flag("inclusive"),
        forward=bool(oldest) and oldest != "0" and not latest,
    )


def _moment(ts: str, refusal: str) -> int:
    try:
        return micros(ts)
    except ValueError:
        raise SlackRefuses(refusal) from None


def _within(timestamps: list[str], span: Span) -> list[str]:
    """Give the timestamps in *span*, oldest first."""
    first = bisect_left if span.inclusive else bisect_right
    last = bisect_right if span.inclusive else bisect_left
    start = first(timestamps, span.oldest, key=micros)
    return timestamps[start : last(timestamps, span.latest, key=micros)]


def history_page(slack: Workspace, channel: Channel, args: Arguments) -> Json:
    """Give a page of a channel, newest first, threads' replies left out."""
    span, limit = _span(args), limit_of(args, HISTORY_PAGE)
    inside = _within(channel.timeline, span)
    if not span.forward:
        inside.reverse()
    chosen, following = _cut(inside, args, limit, forward=span.forward)
    newest_first = sorted(chosen, key=micros, reverse=True)
    body = _shown(slack, channel, newest_first, args)
    return body | {"pin_count": 0, **_more(following)}


def _cut(
    inside: list[str], args: Arguments, limit: int, *, forward: bool
) -> tuple[list[str], str]:
    """Give the page the cursor points to, and where the next begins."""
    word = read_cursor(args.text("cursor"), "next_ts:")
    start = 0
    if word:
        at = _moment(word, "invalid_cursor")
        sign = 1 if forward else -1
        start = bisect_left(inside, sign * at, key=lambda ts: sign * micros(ts))
    end = start + limit
    return inside[start:end], inside[end] if end < len(inside) else ""


def _shown(
    slack: Workspace, channel: Channel, timestamps: list[str], args: Arguments
) -> Json:
    metadata = args.flag("include_all_metadata")
    found = [channel.messages[ts] for ts in timestamps]
    return {"messages": [as_json(slack, one, metadata=metadata) for one in found]}


def _more(following: str) -> Json:
    if not following:
        return {"has_more": False}
    cursor = cursor_of(f"next_ts:{following}")
    return {"has_more": True, "response_metadata": {"next_cursor": cursor}}


def replies_page(slack: Workspace, channel: Channel, args: Arguments) -> Json:
    """Give a thread's root and a page of its replies, oldest first.

    The root leads every page. A reply's own timestamp gives that reply alone.

    Raises:
        SlackRefuses: `thread_not_found`.
    """
    ts = args.required("ts")
    if ts not in channel.messages:
        raise SlackRefuses("thread_not_found")
    limit = limit_of(args, REPLIES_PAGE)
    inside = _within(channel.threads.get(ts, []), _span(args))
    chosen, following = _cut(inside, args, max(limit - 1, 1), forward=True)
    body = _shown(slack, channel, [ts, *chosen], args)
    return body | _more(following)
