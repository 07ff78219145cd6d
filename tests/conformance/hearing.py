"""Ears: a Socket Mode connection that remembers what it heard, made as the bot's is."""

import json
import socket
import threading
import time
from contextlib import suppress

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

#: Seconds between looks while waiting.
PAUSE = 0.01


def close(client):
    """Close a client at once; by itself it takes three seconds to notice."""
    client.auto_reconnect_enabled = False
    with suppress(OSError, AttributeError):  # a broken connection has no socket
        client.current_session.sock.shutdown(socket.SHUT_RDWR)
    client.message_processor.event.set()
    client.message_queue.put("")
    client.close()


class Ears:
    """Hears deliveries and acknowledges them as told.

    `answer` takes a request and gives the payload to acknowledge with, None for an
    empty one, or `Ears.SILENT` to say nothing. Use as a context manager.
    """

    SILENT = object()

    def __init__(self, api_url, app_token, answer=lambda _: None, ping_interval=0.2):
        client = WebClient(token=app_token, base_url=api_url)
        self.client = SocketModeClient(
            app_token=app_token,
            web_client=client,
            concurrency=4,
            ping_interval=ping_interval,
        )
        self.answer = answer
        self.requests = []
        self.frames = []
        self._ready = threading.Event()
        self.client.on_message_listeners.append(self._frame)
        self.client.socket_mode_request_listeners.append(self._request)

    def _frame(self, raw):
        frame = json.loads(raw)
        self.frames.append(frame)
        if frame.get("type") == "hello":
            self._ready.set()

    def _request(self, client, request):
        self.requests.append(request)
        answer = self.answer(request)
        if answer is not self.SILENT:
            response = SocketModeResponse(request.envelope_id, answer)
            client.send_socket_mode_response(response)

    def __enter__(self):
        self.client.connect()
        assert self._ready.wait(10), "no hello"
        return self

    def __exit__(self, *error):
        close(self.client)

    @property
    def events(self):
        """The events heard, unwrapped, redeliveries included."""
        return [
            one.payload["event"] for one in self.requests if one.type == "events_api"
        ]

    def wait_for(self, fits, seconds=10):
        """Give the first request that fits, waiting for it if need be."""
        until = time.monotonic() + seconds
        while True:
            for request in list(self.requests):
                if fits(request):
                    return request
            assert time.monotonic() < until, f"not heard; heard {self.requests}"
            time.sleep(PAUSE)


def says(text):
    """Fit a message event by its text."""

    def fits(request):
        event = request.payload.get("event", {})
        return event.get("type") == "message" and event.get("text") == text

    return fits


def is_event(kind, subtype=None):
    """Fit an event by type and subtype."""

    def fits(request):
        event = request.payload.get("event", {})
        return event.get("type") == kind and event.get("subtype") == subtype

    return fits
