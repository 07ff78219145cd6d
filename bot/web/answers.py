"""How every page leaves: never kept, never listed, never framed, telling nobody."""

from starlette.responses import HTMLResponse, PlainTextResponse, Response

from bot.views import pages

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(community: str, shown: pages.Page, status: int = 200) -> Response:
    """One of our own pages."""
    said = pages.html(community, shown)
    return written(said, policy=pages.POLICY, status=status)


def written(said: str, *, policy: str, status: int = 200) -> Response:
    """A page that is there already; *policy* says what a browser may do with it."""
    headers = HEADERS | {"Content-Security-Policy": policy}
    return HTMLResponse(said, status_code=status, headers=headers)


def plain(said: str, status: int = 200, *, kind: str = "text/plain") -> Response:
    """A few words, or a file, for a machine."""
    return PlainTextResponse(said, status, headers=HEADERS, media_type=kind)
