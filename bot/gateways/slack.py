"""Slack as a way out: sending, finding again, taking away."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from slack_sdk import WebClient

from bot.domain.events import KEY_EVENT, message_fields
from bot.gateways.slack_calls import call, key_metadata, pages
from bot.gateways.slack_errors import SlackFailure, not_sent
from bot.gateways.slack_limits import faults
from bot.ports import Act, Message, NotSent, Receipt

SKEW = timedelta(seconds=60)  #: how far Slack's clock may be behind ours
PAGE = 200  #: messages asked for at once, as Slack advises

CHANNEL_PAUSE = timedelta(seconds=1)  #: between two posts in one channel
#: The pause after each call of a method, for the whole workspace: Slack's tiers 3 (50
#: a minute) and 4 (100), and "several hundred a minute" for posts.
TIERS = {
    Act.POST: timedelta(milliseconds=200),
    Act.UPDATE: timedelta(milliseconds=1200),
    Act.DELETE: timedelta(milliseconds=1200),
    Act.HOME: timedelta(milliseconds=600),
}
_METHODS = {
    Act.POST: "chat.postMessage",
    Act.UPDATE: "chat.update",
    Act.DELETE: "chat.delete",
    Act.HOME: "views.publish",
}
_MEMBERS = ("U", "W")  #: how the ids of people begin


def key_hash(key: str) -> str:
    """What stands for *key* in Slack, where every member may read it."""
    return sha256(key.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Slack:
    """Sends messages as the bot. May be used by several threads at once.

    *client* must repeat nothing by itself (``sending_client``). *tiers* is the pause
    after each act, workspace-wide; an empty one keeps no such pace.
    """

    client: WebClient
    channel_pause: timedelta = CHANNEL_PAUSE
    tiers: dict[Act, timedelta] = field(default_factory=lambda: dict(TIERS))
    _opened: dict[str, str] = field(default_factory=dict)

    def send(self, message: Message, target: Receipt | None) -> Receipt:
        """Do what *message* says; *target* is the receipt of the message it names.

        Raises:
            NotSent: Slack refused it, was not reached, or did not say.
        """
        _look_over(message)
        try:
            return self._act(message, target)
        except SlackFailure as failure:
            raise not_sent(failure, message, to=_name(message, target)) from failure

    def find(
        self, message: Message, target: Receipt | None, *, since: datetime
    ) -> tuple[Receipt, ...]:
        """Every copy of *message* in Slack, sent after *since*, oldest first.

        *since* is machine time; Slack's own clock may be a minute behind it. Only
        posts can be found: the other acts leave nothing of their own.

        Raises:
            NotSent: Slack could not be asked. It says nothing about the message.
        """
        if message.act is not Act.POST:
            return ()
        try:
            return self._copies(message, target, since - SKEW)
        except SlackFailure as failure:
            raise _not_asked(failure, message, target) from failure

    def remove(self, receipt: Receipt) -> None:
        """Take a message away; one that has gone already is no failure.

        Raises:
            NotSent: it could not be removed now.
        """
        try:
            self._delete(receipt)
        except SlackFailure as failure:
            raise NotSent(f"Slack {failure}", retry_after=failure.retry_after) from None

    def paces(self, message: Message) -> tuple[tuple[str, timedelta], ...]:
        """The limits that *message* keeps: its method's, and for a post its channel's.

        Pauses of nothing are left out.
        """
        method = _METHODS[message.act]
        paces = [(f"slack:{method}", self.tiers.get(message.act, timedelta()))]
        if message.act is Act.POST:
            paces.append((f"slack:{method}:{message.to}", self.channel_pause))
        return tuple((name, pause) for name, pause in paces if pause)

    def _act(self, message: Message, target: Receipt | None) -> Receipt:
        if message.act is Act.HOME:
            return self._show_home(message)
        if message.act is Act.POST:
            return self._post(message, target)
        if target is None:
            raise NotSent("the message it changes was never sent", permanent=True)
        return self._change(message, target)

    def _change(self, message: Message, target: Receipt) -> Receipt:
        if message.act is Act.DELETE:
            self._delete(target)
            return target
        body = {"channel": target.channel, "ts": target.ts, **message.body}
        if message.target is not None:
            body["metadata"] = key_metadata(key_hash(message.target), KEY_EVENT)
        return _receipt(call(self.client, _METHODS[Act.UPDATE], body=body), "update")

    def _post(self, message: Message, target: Receipt | None) -> Receipt:
        body: dict[str, Any] = {
            "channel": self._channel(message.to),
            "unfurl_links": False,
            "unfurl_media": False,
            **message.body,
            "metadata": key_metadata(key_hash(message.key), KEY_EVENT),
        }
        thread = target.ts if target else message.thread_ts
        if thread is not None:
            body["thread_ts"] = thread
        return _receipt(call(self.client, _METHODS[Act.POST], body=body), "post")

    def _show_home(self, message: Message) -> Receipt:
        body = {"user_id": message.to, "view": message.body["view"]}
        answer = call(self.client, _METHODS[Act.HOME], body=body)
        return Receipt(channel=message.to, ts=str((answer.get("view") or {}).get("id")))

    def _delete(self, receipt: Receipt) -> None:
        body = {"channel": receipt.channel, "ts": receipt.ts}
        try:
            call(self.client, _METHODS[Act.DELETE], body=body)
        except SlackFailure as failure:
            if failure.code != "message_not_found":
                raise

    def _channel(self, to: str) -> str:
        """A channel as it is; for a member, the DM with them, opened once.

        Opening is safe to repeat, so that its failure never leaves a post in doubt.
        """
        if not to.startswith(_MEMBERS):
            return to
        if to not in self._opened:
            self._opened[to] = self._open(to)
        return self._opened[to]

    def _open(self, member: str) -> str:
        try:
            answer = call(self.client, "conversations.open", body={"users": member})
        except SlackFailure as failure:
            raise failure.without_doubt() from failure
        return str(answer["channel"]["id"])

    def _copies(
        self, message: Message, target: Receipt | None, since: datetime
    ) -> tuple[Receipt, ...]:
        channel, wanted = self._channel(message.to), key_hash(message.key)
        oldest = f"{since.timestamp():.6f}"
        thread = target.ts if target else message.thread_ts
        seen = self._in_thread(channel, thread, oldest) if thread else None
        raws = self._in_channel(channel, oldest) if seen is None else seen
        copies = {
            Receipt(channel=channel, ts=fields["ts"])
            for fields in map(message_fields, raws)
            if fields["key_hash"] == wanted
        }
        return tuple(sorted(copies, key=lambda receipt: receipt.ts))

    def _in_channel(self, channel: str, oldest: str) -> list[dict[str, Any]]:
        return list(
            pages(
                self.client,
                "conversations.history",
                items="messages",
                channel=channel,
                oldest=oldest,
                limit=PAGE,
                include_all_metadata=True,
            )
        )

    def _in_thread(
        self, channel: str, thread: str, oldest: str
    ) -> list[dict[str, Any]]:
        try:
            return list(
                pages(
                    self.client,
                    "conversations.replies",
                    items="messages",
                    channel=channel,
                    ts=thread,
                    oldest=oldest,
                    limit=PAGE,
                    include_all_metadata=True,
                )
            )
        except SlackFailure as failure:
            if failure.code == "thread_not_found":
                return []  # the thread has gone, and every copy with it
            raise


def _look_over(message: Message) -> None:
    """Refuse what Slack would refuse, before it is asked."""
    if message.act is Act.DELETE:
        return
    found = "; ".join(faults(message.body))
    if found:
        raise NotSent(f"the message is not fit for Slack: {found}", permanent=True)


def _receipt(answer: dict[str, Any], did: str) -> Receipt:
    channel, ts = answer.get("channel"), answer.get("ts")
    if not isinstance(channel, str) or not isinstance(ts, str):
        reason = "answered without saying where the message went"
        raise SlackFailure(f"chat.{did}", None, reason, doubtful=True)
    return Receipt(channel=channel, ts=ts)


def _not_asked(
    failure: SlackFailure, message: Message, target: Receipt | None
) -> NotSent:
    error = not_sent(failure, message, to=_name(message, target))
    return NotSent(
        f"looking for it: {error.reason}",
        permanent=error.permanent,
        retry_after=error.retry_after,
    )


def _name(message: Message, target: Receipt | None) -> str:
    return message.to or (target.channel if target else "")
