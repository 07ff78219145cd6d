"""Slack's rate limits: calls a minute by method, and posts a second by channel."""

from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.simulator.errors import RateLimited

#: Seconds in the window that tiers are counted over.
WINDOW = 60.0
#: Calls a minute in each of Slack's tiers.
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
#: `apps.connections.open` is left out: Slack lets an app reconnect freely in practice.
TIER_OF = {
    "users.list": 2,
    "conversations.list": 2,
    "reactions.get": 3,
    "reactions.add": 3,
    "reactions.remove": 2,
    "chat.update": 3,
    "chat.delete": 3,
    "conversations.open": 3,
    "conversations.info": 3,
    "conversations.join": 3,
    "conversations.history": 3,
    "conversations.replies": 3,
    "users.lookupByEmail": 3,
    "users.conversations": 3,
    "team.info": 3,
    "conversations.members": 4,
    "chat.postEphemeral": 4,
    "users.info": 4,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
}
#: Posts a channel takes at once before one a second is all it takes.
BURST = 5
#: Posts a minute in a whole workspace.
POSTS_A_MINUTE = 300


@dataclass
class Limits:
    """Counts calls and refuses those too many; does nothing while *enforced* is off.

    Times are seconds on any steady clock, given by the caller.
    """

    enforced: bool = False
    calls: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    #: Channel to (posts still allowed, when that was so).
    buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def count(self, method: str, channel: str, now: float) -> None:
        """Count a call.

        Raises:
            RateLimited: there were too many.
        """
        if not self.enforced:
            return
        if method == "chat.postMessage":
            self._window(method, POSTS_A_MINUTE, now)
            self._bucket(channel, now)
        elif method in TIER_OF:
            self._window(method, TIERS[TIER_OF[method]], now)

    def _window(self, method: str, most: int, now: float) -> None:
        recent = self.calls[method]
        while recent and recent[0] <= now - WINDOW:
            recent.popleft()
        if len(recent) >= most:
            raise RateLimited(int(recent[0] + WINDOW - now) + 1)
        recent.append(now)

    def _bucket(self, channel: str, now: float) -> None:
        left, since = self.buckets.get(channel, (float(BURST), now))
        left = min(BURST, left + (now - since))
        if left < 1:
            self.buckets[channel] = (left, now)
            raise RateLimited(1)
        self.buckets[channel] = (left - 1, now)
