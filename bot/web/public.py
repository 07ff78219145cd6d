"""The public door: what can be reached from outside, through a reverse proxy.

Addresses in it are signed (``bot.views.links``), so that nobody can guess one; Slack's
requests are signed too. Nothing here believes the headers Host or X-Forwarded-*, and
nothing logs an address: a link is a key.
"""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router

from bot.usecases.context import Context
from bot.web import answers, calls, editions, subscriptions
from bot.web.limits import Limited
from bot.web.refusals import Refusals

NOBODY = "User-agent: *\nDisallow: /\n"

Answer = Callable[[Request], Awaitable[Response]]


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
    whole = Starlette(
        routes=list(_below(path.rstrip("/"), routes)),
        middleware=[Middleware(Limited)],
        exception_handlers=Refusals(ctx.community.name).handlers(),
    )
    # A redirect would be written with the Host that the request claims.
    whole.router.redirect_slashes = False
    return whole


def _pages(ctx: Context) -> list[Route]:
    if ctx.links is None:
        return []
    return [
        *subscriptions.routes(ctx, ctx.links),
        *editions.routes(ctx, ctx.links),
        *calls.routes(ctx, ctx.links),
    ]


def _below(path: str, routes: Sequence[BaseRoute]) -> Sequence[BaseRoute]:
    if not path:
        return routes
    inside = Router(routes, redirect_slashes=False)
    return [Route("/robots.txt", _robots), Mount(path, app=inside)]


def _robots(_: Request) -> Response:
    return answers.plain(NOBODY)


def _alive(_: Request) -> Response:
    return answers.plain("Convenor answers.\n")
