"""Delivery over HTTP instead of Socket Mode: signed requests to the app's address."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.simulator.delivery import EVENTS, Delivery, Envelope
from bot.simulator.errors import Json

#: The status with which an app says it has a delivery.
OK = 200
FORM = "application/x-www-form-urlencoded"


@dataclass(eq=False)
class Webhook:
    """The app's request URL, to which every delivery is posted."""

    url: str
    secret: str
    delivery: Delivery
    id: str = "http"
    _posting: set["asyncio.Task[None]"] = field(default_factory=set)

    def deliver(self, envelope: Envelope) -> None:
        """Post without waiting; what comes of it is told to delivery."""
        task = asyncio.get_running_loop().create_task(self._deliver(envelope))
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)

    async def _deliver(self, envelope: Envelope) -> None:
        envelope_id = envelope.id
        try:
            status, no_retry, body = await asyncio.to_thread(self._post, envelope)
        except TimeoutError:
            return  # delivery's own clock has run out, or is about to
        except (OSError, HTTPException):
            self.delivery.refused(envelope_id, "connection_failed")
            return
        if status == OK:
            self.delivery.acked(envelope_id, _answer(body), self.id)
        else:
            self.delivery.refused(envelope_id, "http_error", again=not no_retry)

    def _post(self, envelope: Envelope) -> tuple[int, bool, bytes]:
        where = urlsplit(self.url)
        body, headers = self._signed(envelope)
        wait = self.delivery.ack_within
        connection = HTTPConnection(where.netloc, timeout=wait)
        try:
            connection.request("POST", where.path or "/", body, headers)
            response = connection.getresponse()
            no_retry = response.getheader("X-Slack-No-Retry") == "1"
            return response.status, no_retry, response.read()
        finally:
            connection.close()

    def _signed(self, envelope: Envelope) -> tuple[bytes, dict[str, str]]:
        body, kind = _body(envelope)
        stamp = str(int(time.time()))
        base = b"v0:" + stamp.encode() + b":" + body
        digest = hmac.new(self.secret.encode(), base, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }
        if envelope.attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.attempt)
            headers["X-Slack-Retry-Reason"] = envelope.reason
        return body, headers


def _body(envelope: Envelope) -> tuple[bytes, str]:
    if envelope.type == EVENTS:
        return json.dumps(envelope.payload).encode(), "application/json"
    if envelope.type == "slash_commands":
        return urlencode(envelope.payload).encode(), FORM
    return urlencode({"payload": json.dumps(envelope.payload)}).encode(), FORM


def _answer(body: bytes) -> Json:
    text = body.decode(errors="replace")
    try:
        parsed: Any = json.loads(text) if text else {}
    except ValueError:
        parsed = text
    return parsed if isinstance(parsed, dict) else {"text": str(parsed)}
