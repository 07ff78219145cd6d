"""Health, metrics and status: pages for whoever keeps the bot running."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

_log = structlog.get_logger(__name__)
_FRESH = {"Cache-Control": "no-store"}
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What the pages ask; each is called anew for every request, in any thread."""

    checks: Mapping[str, Callable[[], bool]] = field(default_factory=dict)
    status: Callable[[], Mapping[str, Any]] = dict  #: ids, counts and times: no words
    metrics: Callable[[], bytes] = bytes  #: in Prometheus's text format
    owed: Callable[[], Mapping[str, Any]] = dict  #: messages: ids and times, no words


def health(vitals: Vitals) -> Starlette:
    """The pages /health/live, /health/ready, /status, /owed and /metrics.

    *Live* answers while the process runs; *ready* is 200 when every check holds and 503
    with the names of those that do not. A check that raises does not hold.
    """

    def live(_: Request) -> Response:
        return JSONResponse({"live": True}, headers=_FRESH)

    def ready(_: Request) -> Response:
        held = {name: _holds(name, check) for name, check in vitals.checks.items()}
        every = all(held.values())
        said = {"ready": every, "checks": held}
        return JSONResponse(said, status_code=200 if every else 503, headers=_FRESH)

    def status(_: Request) -> Response:
        return JSONResponse(dict(vitals.status()), headers=_FRESH)

    def owed(_: Request) -> Response:
        return JSONResponse(dict(vitals.owed()), headers=_FRESH)

    def metrics(_: Request) -> Response:
        return Response(vitals.metrics(), media_type=_PROMETHEUS, headers=_FRESH)

    pages = {
        "/health/live": live,
        "/health/ready": ready,
        "/status": status,
        "/owed": owed,
        "/metrics": metrics,
    }
    return Starlette(
        routes=[Route(path, page, methods=["GET"]) for path, page in pages.items()],
        exception_handlers={Exception: _failed},
    )


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001 -- whatever went wrong, the answer is "not ready"
        _log.warning("check_failed", check=name, exc_info=True)
        return False


def _failed(request: Request, error: Exception) -> Response:
    _log.error("page_failed", path=request.url.path, exc_info=error)
    return PlainTextResponse("This page failed; the log says why.\n", status_code=500)
