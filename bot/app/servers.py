"""The bot's two web servers: one for this machine alone, one for a reverse proxy."""

from urllib.parse import urlsplit

from bot.app.hearing import Hearing
from bot.handlers.http import OverHttp
from bot.settings import Settings
from bot.usecases.context import Context
from bot.web.health import Vitals, health
from bot.web.public import public
from bot.web.server import WebServer


def servers(
    settings: Settings, ctx: Context, vitals: Vitals, hearing: Hearing
) -> tuple[WebServer, ...]:
    """Those that the settings ask for, not started yet."""
    return (*_health(settings, vitals), *_public(settings, ctx, hearing))


def _health(settings: Settings, vitals: Vitals) -> tuple[WebServer, ...]:
    if not settings.health_port:
        return ()
    server = WebServer(
        health(vitals),
        host=settings.health_host,
        port=settings.health_port,
        anywhere=settings.health_anywhere,
    )
    return (server,)


def _public(
    settings: Settings, ctx: Context, hearing: Hearing
) -> tuple[WebServer, ...]:
    """The public door: where there are pages to show, or Slack comes by it."""
    slack = hearing.answer if isinstance(hearing, OverHttp) else None
    if slack is None and ctx.links is None:
        return ()
    pages = public(ctx, path=urlsplit(settings.public_url or "").path, slack=slack)
    server = WebServer(
        pages,
        host=settings.web_host,
        port=settings.web_port,
        anywhere=True,  # links and requests are signed
        setting="WEB",
    )
    return (server,)
