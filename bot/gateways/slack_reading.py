"""Slack as a place to read. Every reading waits out its rate limit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.domain.events import is_spoken, message_fields, person_fields
from bot.gateways.slack_calls import call, pages
from bot.gateways.slack_errors import SlackFailure
from bot.ports import Channel, Heard, Person, Unreachable

PAGE = 200  #: messages, people or channels asked for at once, as Slack advises
MEMBERS_PAGE = 1000  #: user ids asked for at once

_ID = re.compile(r"^[CGD][A-Z0-9]+$")  # a channel's name has no capitals
_NO_PERSON = frozenset({"user_not_found", "users_not_found"})
_NO_CHANNEL = frozenset({"channel_not_found"})
_NO_THREAD = frozenset({"thread_not_found"})
_NO_MESSAGE = frozenset({"message_not_found", "channel_not_found"})


@dataclass(frozen=True, slots=True)
class SlackWorkspace:
    """Reads as the bot. *client* waits out rate limits (``reading_client``).

    Texts are as people wrote them: they are guarded before they are kept.
    """

    client: WebClient

    def people(self) -> Iterator[Person]:
        """Everyone, bots and the deactivated included.

        Raises:
            Unreachable: Slack cannot be read.
        """
        for raw in self._pages("users.list", items="members", limit=PAGE):
            yield Person(**person_fields(raw))

    def person(self, user: str) -> Person | None:
        """The person of that user id; None when Slack knows nobody of that id.

        Raises:
            Unreachable: Slack cannot be read.
        """
        answer = self._ask("users.info", _NO_PERSON, user=user)
        return Person(**person_fields(answer["user"])) if answer else None

    def members(self, channel: str) -> Iterator[str]:
        """The user ids in *channel*.

        Raises:
            Unreachable: Slack cannot be read.
        """
        method = "conversations.members"
        yield from map(
            str,
            self._pages(method, items="members", channel=channel, limit=MEMBERS_PAGE),
        )

    def channel(self, name_or_id: str) -> Channel | None:
        """The channel of that name (with or without "#") or id.

        None where the bot can see no such channel; by name it sees public ones only.

        Raises:
            Unreachable: Slack cannot be read.
        """
        wanted = name_or_id.removeprefix("#")
        if _ID.match(wanted):
            answer = self._ask("conversations.info", _NO_CHANNEL, channel=wanted)
            return _channel(answer["channel"]) if answer else None
        listed = self._pages("conversations.list", items="channels", limit=PAGE)
        found = (raw for raw in listed if raw.get("name") == wanted)
        return next(map(_channel, found), None)

    def history(self, channel: str, *, oldest: str) -> Iterator[Heard]:
        """Messages at *channel*'s top level since *oldest*, it included, newest first.

        Raises:
            Unreachable: Slack cannot be read, or the bot is not in *channel*.
        """
        raws = self._pages(
            "conversations.history",
            items="messages",
            channel=channel,
            oldest=oldest,
            inclusive=True,
            limit=PAGE,
            include_all_metadata=True,
        )
        for raw in raws:
            if is_spoken(raw):
                yield heard(channel, raw)

    def replies(self, channel: str, root: str) -> tuple[Heard, ...] | None:
        """A thread read whole, its root first; None when there is no such thread.

        A root that was deleted while its replies stand is left out.

        Raises:
            Unreachable: Slack cannot be read. It says nothing about the thread.
        """
        raws = self._pages(
            "conversations.replies",
            items="messages",
            channel=channel,
            ts=root,
            limit=PAGE,
            include_all_metadata=True,
            none_if=_NO_THREAD,
        )
        try:
            said = [heard(channel, raw) for raw in raws if is_spoken(raw)]
        except _Nothing:
            return None
        # Slack shows the root again on every page.
        return tuple({one.ts: one for one in said}.values())

    def permalink(self, channel: str, ts: str) -> str | None:
        """The address of one message; None when it is not there.

        Raises:
            Unreachable: Slack cannot be read.
        """
        answer = self._ask(
            "chat.getPermalink", _NO_MESSAGE, channel=channel, message_ts=ts
        )
        return str(answer["permalink"]) if answer else None

    def _ask(
        self, method: str, none_if: frozenset[str], **params: Any
    ) -> dict[str, Any] | None:
        try:
            return call(self.client, method, params=params)
        except SlackFailure as failure:
            if failure.code in none_if:
                return None
            raise Unreachable(f"Slack {failure}") from failure

    def _pages(
        self,
        method: str,
        *,
        items: str,
        none_if: frozenset[str] = frozenset(),
        **params: Any,
    ) -> Iterator[Any]:
        try:
            yield from pages(self.client, method, items=items, **params)
        except SlackFailure as failure:
            if failure.code in none_if:
                raise _Nothing from failure
            raise Unreachable(f"Slack {failure}") from failure


def heard(channel: str, raw: dict[str, Any]) -> Heard:
    """A message as Slack shows it in a channel or a thread."""
    return Heard(
        channel=channel,
        reply_count=int(raw.get("reply_count") or 0),
        **message_fields(raw),
    )


class _Nothing(Exception):
    """What was asked for is not there."""


def _channel(raw: dict[str, Any]) -> Channel:
    return Channel(
        id=str(raw["id"]),
        name=str(raw.get("name") or ""),
        member=bool(raw.get("is_member")),
        private=bool(raw.get("is_private")),
        archived=bool(raw.get("is_archived")),
    )
