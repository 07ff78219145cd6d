"""Slack over HTTP: signed requests, kept and answered by the same door as elsewhere.

Bolt checks the signature and that it is younger than five minutes before anything is
looked at or kept; what cannot be read at all is refused before that. Slack sends again
whatever is not answered with 200, three times within about five minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from time import monotonic

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

PATH = "/slack/events"  #: events, commands, buttons and forms all come here
DIGITS = 20  #: of a time in seconds, at most; Python reads no number of thousands

_log = structlog.get_logger(__name__)


def _nothing(*_: object) -> None:
    """Nobody wants to know."""


@dataclass(eq=False, kw_only=True)
class OverHttp:
    """What answers Slack's requests, in place of Socket Mode's connections.

    *app* must check signatures. Until ``start``, and after ``stop``, Slack is told to
    come again. *on_gap* is called at the start: something may have been missed before
    it. *observe* is given the seconds from an event's arrival to its acknowledgement.
    """

    app: App
    on_gap: Callable[[], None] = _nothing
    observe: Callable[[float], None] = _nothing
    _open: Event = field(default_factory=Event)

    def start(self) -> None:
        """Take what comes from now on."""
        self._open.set()
        _log.info("http_open")
        self.on_gap()

    def stop(self) -> None:
        """Take nothing more; what is in hand is finished as the server stops."""
        self._open.clear()

    def ready(self) -> bool:
        """Whether requests are taken. Whether any come is for Slack to say."""
        return self._open.is_set()

    def alive(self) -> int:
        """How many connections are open to Slack: none is ever held."""
        return 0

    async def answer(self, request: Request) -> Response:
        """Answer one request; what Bolt does for it blocks no other."""
        arrived = monotonic()
        if not self._open.is_set():
            return PlainTextResponse("Not ready yet; please send it again.\n", 503)
        if not _may_be_signed(request):
            return PlainTextResponse("This is not signed by Slack.\n", 401)
        asked = _read(request, await request.body())
        if asked is None:
            return PlainTextResponse("This cannot be read.\n", 400)
        response = _written(await run_in_threadpool(self.app.dispatch, asked))
        if response.status_code == 200 and asked.body.get("event"):  # noqa: PLR2004 - as everywhere: "received"
            self.observe(monotonic() - arrived)
        return response


def _may_be_signed(request: Request) -> bool:
    """Whether there is a time and a signature that Bolt's check can be given."""
    stamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    dated = stamp.isascii() and stamp.isdecimal() and len(stamp) <= DIGITS
    return dated and signature.isascii()


def _read(request: Request, body: bytes) -> BoltRequest | None:
    """The request as Bolt takes it; None when it is not of a shape that Slack sends.

    Bolt looks into the body before it knows who sent it, and is broken by much.
    """
    try:
        return BoltRequest(body=body.decode(), headers=dict(request.headers))
    except Exception as error:  # noqa: BLE001 - anybody can send anything
        _log.info("request_not_read", why=type(error).__name__)
        return None


def _written(answer: BoltResponse) -> Response:
    return Response(
        content=answer.body,
        status_code=answer.status,
        headers=answer.first_headers_without_set_cookie(),
    )
