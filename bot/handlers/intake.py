"""The Slack door's letterbox: an event is kept first, and acknowledged afterwards.

Bolt tells Slack that an event arrived *before* it runs the event's listener, so an
event whose listener fails is gone; and its authorisation may answer before ordinary
middleware. This one runs after the signature check and before everything else. When
keeping fails it raises: Slack is told 500 over HTTP and nothing over a socket, and
sends the event again.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from slack_bolt import BoltResponse

from bot.domain.events import project

#: The outcome of one event, for counting: its type, and whether it was kept.
Count = Callable[[str, bool], None]
Middleware = Callable[[Mapping[str, Any], Callable[[], None]], BoltResponse | None]


class Receive(Protocol):
    """Keeping an event; only when this returns may Slack be told that it arrived."""

    def __call__(
        self, *, event_id: str, kind: str, lane: str | None, body: Mapping[str, Any]
    ) -> object:
        """Commit the event. Keeping it twice is keeping it once."""


def letterbox(receive: Receive, count: Count) -> Middleware:
    """Bolt's ``before_authorize``: keeps every event that means something to us.

    Every message of the channels the bot is in is kept, tracked or not: a reply can
    arrive before its root. What means nothing to us is acknowledged and counted.
    """

    def keep(body: Mapping[str, Any], next_: Callable[[], None]) -> BoltResponse | None:
        if body.get("type") != "event_callback":
            next_()  # a form, a button or a command: its own listener answers it
            return None
        event = body.get("event") or {}
        kept = project(event)
        if kept is not None:
            receive(
                event_id=_event_id(body, event),
                kind=str(kept["type"]),
                lane=_lane(kept),
                body=kept,
            )
        count(str(event.get("type", "")), kept is not None)
        return BoltResponse(status=200)

    return keep


def _event_id(body: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    """Slack's id, the same each time it sends the event."""
    given = body.get("event_id")
    if given:
        return str(given)
    when = event.get("event_ts") or event.get("ts")
    return f"{event.get('type')}:{event.get('channel')}:{when}"


def _lane(kept: Mapping[str, Any]) -> str | None:
    """Events of one channel, or of one person, are handled in their order."""
    lane = kept.get("channel") or kept.get("user")
    if lane is None and "person" in kept:
        lane = kept["person"]["id"]
    return str(lane) if lane is not None else None
