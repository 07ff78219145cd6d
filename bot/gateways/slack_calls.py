"""Asking Slack one thing, with every way in which it can fail told apart."""

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.web import SlackResponse

from bot.gateways.slack_errors import DOUBTFUL, LIMITED, RATE_LIMIT, SlackFailure

TIMEOUT = 20  #: seconds for one call; a batch of them must fit the lease
WAITS = 6  #: how many rate limits one reading waits out before it gives up

_WORD = re.compile(r"^[a-z][a-z0-9_]*$")


def sending_client(token: str, api_url: str, *, timeout: int = TIMEOUT) -> WebClient:
    """A client that repeats nothing: the outbox decides what is sent again, and when.

    The library's default repeats a post after a dropped connection, which doubles it,
    and waiting out a rate limit here would hold up everything else that is owed.
    """
    return WebClient(
        token,
        base_url=api_url,
        timeout=timeout,
        retry_handlers=[],
        logger=_quiet(),
    )


def reading_client(token: str, api_url: str, *, timeout: int = TIMEOUT) -> WebClient:
    """A client that waits out rate limits, and repeats nothing else."""
    return WebClient(
        token,
        base_url=api_url,
        timeout=timeout,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=WAITS)],
        logger=_quiet(),
    )


def call(
    client: WebClient,
    method: str,
    *,
    params: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Slack's answer to one call.

    Raises:
        SlackFailure: whatever went wrong, and whether Slack may have acted.
    """
    response = ask(client, method, params=params, body=body)
    return dict(response.data) if isinstance(response.data, dict) else {}


def ask(
    client: WebClient,
    method: str,
    *,
    params: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
) -> SlackResponse:
    """Slack's answer to one call, its headers with it.

    Raises:
        SlackFailure: as for ``call``.
    """
    try:
        return client.api_call(
            method,
            params=dict(params) if params else None,
            json=dict(body) if body else None,
        )
    except SlackApiError as error:
        raise _refusal(method, error.response) from error
    except (OSError, HTTPException, ValueError, AttributeError) as error:
        raise _unanswered(method, error) from error


def pages(
    client: WebClient, method: str, *, items: str, **params: Any
) -> Iterator[dict[str, Any]]:
    """Everything in the list *items* of *method*, page by page.

    Raises:
        SlackFailure: as for ``call``.
    """
    cursor = ""
    while True:
        asked = {**params, "cursor": cursor} if cursor else params
        answer = call(client, method, params=asked)
        yield from answer.get(items) or ()
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def key_metadata(key_hash: str, event_type: str) -> dict[str, Any]:
    """What travels with a message of ours, so that it can be found again."""
    return {"event_type": event_type, "event_payload": {"key": key_hash}}


def _refusal(method: str, response: SlackResponse | Any) -> SlackFailure:
    """Slack answered, but not with ``ok``; or a proxy answered in its place."""
    status = int(getattr(response, "status_code", HTTPStatus.OK))
    code = _code(response)
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in LIMITED:
        return SlackFailure(
            method, code, "asked us to slow down", retry_after=_pause(response)
        )
    if code is None:
        reason = f"gave an answer that cannot be read (status {status})"
        doubtful = (
            not HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        )
        return SlackFailure(method, None, reason, doubtful=doubtful)
    failed = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return SlackFailure(
        method, code, f"answered {code}", doubtful=failed or code in DOUBTFUL
    )


def _unanswered(method: str, error: Exception) -> SlackFailure:
    """No answer. When no connection was made, nothing was done."""
    cause = error.reason if isinstance(error, URLError) else error
    unmade = isinstance(cause, (ConnectionRefusedError, gaierror))
    why = "was not reached" if unmade else "did not answer"
    return SlackFailure(
        method, None, f"{why} ({type(cause).__name__})", doubtful=not unmade
    )


def _code(response: Any) -> str | None:
    """Slack's word for what went wrong; None if the answer was not Slack's."""
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) and _WORD.match(code) else None


def _pause(response: Any) -> timedelta:
    headers = getattr(response, "headers", None) or {}
    asked = next((v for k, v in headers.items() if k.lower() == "retry-after"), "")
    try:
        return timedelta(seconds=max(1.0, float(asked)))
    except ValueError:
        return RATE_LIMIT


def _quiet() -> logging.Logger:
    """The library's log lines quote answers; ours say what failed without them."""
    logger = logging.getLogger("bot.gateways.slack_sdk")
    logger.setLevel(logging.CRITICAL)
    return logger
