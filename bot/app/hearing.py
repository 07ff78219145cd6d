"""How Slack reaches us: by sockets that we hold open, or by signed requests."""

from collections.abc import Callable
from functools import partial

from bot.app.parts import SlackParts, door
from bot.gateways.slack_socket import SocketAddress
from bot.handlers.http import OverHttp
from bot.handlers.intake import letterbox
from bot.handlers.slack_app import slack_app
from bot.handlers.socket import SocketMode
from bot.metrics import Metrics
from bot.settings import Settings
from bot.usecases import intake
from bot.usecases.context import Context

Hearing = SocketMode | OverHttp


def by_sockets(
    settings: Settings,
    ctx: Context,
    parts: SlackParts,
    *,
    metrics: Metrics,
    on_gap: Callable[[], None],
) -> SocketMode:
    """Socket Mode: nothing of ours can be reached from outside."""
    keep = partial(intake.receive, ctx, metrics=metrics)
    app = slack_app(
        client=parts.client,
        letterbox=letterbox(keep, _counted),
        door=door(ctx, parts.forms),
    )
    return SocketMode(
        app=app,
        address=SocketAddress(parts.app_client),
        connections=settings.socket_connections,
        watchdog=settings.watchdog_seconds,
        on_gap=on_gap,
        reconnected=metrics.socket_reconnects.inc,
        observe=metrics.acknowledgement.observe,
    )


def by_requests(
    settings: Settings,
    ctx: Context,
    parts: SlackParts,
    *,
    metrics: Metrics,
    on_gap: Callable[[], None],
) -> OverHttp:
    """Slack's own requests, each signed, by the public door."""
    keep = partial(intake.receive, ctx, metrics=metrics)
    app = slack_app(
        client=parts.client,
        letterbox=letterbox(keep, _counted),
        door=door(ctx, parts.forms),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
    )
    return OverHttp(app=app, on_gap=on_gap, observe=metrics.acknowledgement.observe)


def _counted(_kind: str, _kept: bool) -> None:  # noqa: FBT001 - the letterbox's shape
    """Events are counted where they are kept."""
