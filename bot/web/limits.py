"""No request may be larger than anything that we are sent in earnest."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1_000_000  #: bytes; Slack's largest form is 250 KB, written twice over


class _TooLarge(Exception):
    """More came than is taken."""


class Limited:
    """Answers 413 for *app* where a body is larger than *most* bytes.

    It is counted as it comes: what a request says of its own length is only believed
    where that is too long. Stands inside the application's own handling of errors.
    """

    def __init__(self, app: ASGIApp, most: int = LARGEST) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, as far as it is small enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            _believe(scope, self._most)
            await self._app(scope, _counted(receive, self._most), send)
        except _TooLarge:  # whoever answers reads the whole request first
            refusal = PlainTextResponse("This is too large.\n", 413)
            await refusal(scope, receive, send)


def _believe(scope: Scope, most: int) -> None:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > most:
            raise _TooLarge


def _counted(receive: Receive, most: int) -> Receive:
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise _TooLarge
        return message

    return counting
