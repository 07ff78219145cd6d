"""Bolt, set up so that nothing it does by itself can lose an event or leak a text."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.handlers.intake import Middleware
from bot.handlers.registry import Door

_log = structlog.get_logger(__name__)


def slack_app(
    *,
    client: Any,
    letterbox: Middleware,
    door: Door,
    signing_secret: str | None = None,
) -> App:
    """The app that answers Slack: events by *letterbox*, people by *door*.

    *client* is the bot's Web API client; Bolt reads its token and base address and is
    never made to call Slack when it is built or at the first event. Without a
    *signing_secret* signatures are not checked, which is right for Socket Mode, whose
    connection is authenticated, and never for HTTP.

    Raises:
        ValueError: the secret is empty, so that anybody could sign with it.
    """
    if signing_secret == "":
        raise ValueError("Slack's requests cannot be checked with an empty secret")
    app = App(
        client=client,
        logger=_quiet(),
        signing_secret=signing_secret or "",
        request_verification_enabled=signing_secret is not None,
        token_verification_enabled=False,
        before_authorize=letterbox,
        authorize=_authorised(client.token),
        process_before_response=True,
    )
    app.error(_failed)
    door.attach(app)
    return app


def _authorised(token: str) -> Callable[..., AuthorizeResult]:
    """There is one workspace and one token: nothing is asked of Slack."""

    def authorise() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    return authorise


def _failed(error: Exception, body: Mapping[str, Any]) -> BoltResponse:
    """Nothing was kept: Slack is told so, and sends it again."""
    _log.error(
        "not_kept",
        kind=str(body.get("type")),
        event_id=body.get("event_id"),
        why=type(error).__name__,
    )
    return BoltResponse(status=500)


def _quiet() -> logging.Logger:
    """Bolt's own lines quote payloads; ours say what happened without them."""
    logger = logging.getLogger("bot.handlers.bolt")
    logger.setLevel(logging.CRITICAL)
    return logger
