"""The public door: what can be reached from outside, through a reverse proxy.

Addresses in it are signed (``bot.views.links``), so that nobody can guess one; Slack's
requests are signed too. Nothing here believes the headers Host or X-Forwarded-*, and
nothing logs an address: a link is a key.
"""

from collections.abc import Awaitable, Callable, Sequence

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router

from bot.usecases.context import Context
from bot.views import pages
from bot.views.links import LinkForged, LinkTooOld
from bot.web import answers, subscriptions
from bot.web.limits import Limited

NOBODY = "User-agent: *\nDisallow: /\n"

Answer = Callable[[Request], Awaitable[Response]]
_log = structlog.get_logger(__name__)


def public(ctx: Context, *, path: str = "", slack: Answer | None = None) -> Starlette:
    """Everything that can be reached from outside.

    The pages, where the community has a public address (``ctx.links``); and Slack's
    requests where *slack* answers them. *path* is what the public address has after the
    host: the proxy passes it on unchanged.
    """
    routes: list[BaseRoute] = [
        Route("/robots.txt", _robots),
        Route("/health", _alive),
        *_pages(ctx),
        *([Route("/slack/events", slack, methods=["POST"])] if slack else []),
    ]
    return _application(ctx.community.name, _below(path.rstrip("/"), routes))


def _pages(ctx: Context) -> list[Route]:
    return subscriptions.routes(ctx, ctx.links) if ctx.links else []


def _below(path: str, routes: Sequence[BaseRoute]) -> Sequence[BaseRoute]:
    if not path:
        return routes
    inside = Router(routes, redirect_slashes=False)
    return [Route("/robots.txt", _robots), Mount(path, app=inside)]


def _application(community: str, routes: Sequence[BaseRoute]) -> Starlette:
    def telling(page: pages.Page, status: int) -> Callable[..., Response]:
        return lambda _request, _why: answers.page(community, page, status)

    def refused(_: Request, why: HTTPException) -> Response:
        if why.status_code == 404:  # noqa: PLR2004 - "not there"
            return answers.page(community, pages.NOT_THERE, 404)
        answer = answers.plain(f"{why.detail}.\n", why.status_code)
        answer.headers.update(why.headers or {})
        return answer

    def failed(_: Request, why: Exception) -> Response:
        _log.error("page_failed", exc_info=why)
        return answers.page(community, pages.FAILED, 500)

    whole = Starlette(
        routes=list(routes),
        middleware=[Middleware(Limited)],
        exception_handlers={
            LinkForged: telling(pages.NOT_OURS, 404),
            LinkTooOld: telling(pages.TOO_OLD, 410),
            HTTPException: refused,  # type: ignore[dict-item]  # each is given its own kind
            Exception: failed,
        },
    )
    # A redirect would be written with the Host that the request claims.
    whole.router.redirect_slashes = False
    return whole


def _robots(_: Request) -> Response:
    return answers.plain(NOBODY)


def _alive(_: Request) -> Response:
    return answers.plain("Convenor answers.\n")
