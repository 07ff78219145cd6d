"""The public door of a small community, as somebody outside meets it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

from bot.usecases.context import Context
from bot.views.links import Links, Purpose
from bot.web.public import public
from bot.web.server import WebServer

HOST = "https://convenor.example.org/"
SECRET = "a secret of the tests alone, and long enough"  # noqa: S105 - opens nothing
JO, PARTNER = "jo.reed@example.org", "news@partner.example.org"
FORM = "application/x-www-form-urlencoded"


class Outside:
    """The door as somebody outside meets it, and the community behind it."""

    def __init__(self, ctx: Context, *, path: str = "") -> None:
        self.ctx = ctx
        self.links = ctx.links or Links(HOST, SECRET)
        self.server = WebServer(public(ctx, path=path), host="127.0.0.1", port=0)

    def ask(
        self,
        address: str,
        body: str | bytes | None = None,
        *,
        method: str | None = None,
        **headers: str,
    ) -> "Told":
        """Ask for a page: a GET, or a POST where there is a *body*."""
        how = method or ("GET" if body is None else "POST")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        with closing(connection):
            parts = urlsplit(address)
            connection.request(how, parts.path, body, named)
            return Told(connection.getresponse())

    def presses(self, address: str, act: str) -> "Told":
        """Press a button of the page at *address*."""
        return self.ask(address, f"act={act}", Content_Type=FORM)

    def unsubscribing(self, recipient: int = 1) -> str:
        return self.links.to(Purpose.UNSUBSCRIBE, str(recipient))

    def held(self, address: str = JO) -> bool:
        """Whether no updates go to *address*."""
        with self.ctx.begin.read() as tx:
            return tx.suppressions.holds(address)


class Told:
    """What was answered."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers  # found in whatever case
        self.said = response.read().decode()


@contextmanager
def opened(ctx: Context, *, path: str = "") -> Iterator[Outside]:
    outside = Outside(ctx, path=path)
    outside.server.start()
    try:
        yield outside
    finally:
        outside.server.stop()
