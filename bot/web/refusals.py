"""What is shown where there is nothing to show: kind, and without saying why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.domain.errors import CommunityError, NotFound
from bot.views import pages
from bot.views.links import LinkForged, LinkTooOld
from bot.web import answers

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Refusals:
    """The pages of *community* for whatever may be raised on the way to another."""

    community: str

    def handlers(self) -> Mapping[Any, Callable[[Request, Any], Response]]:
        """What answers each kind of error, as Starlette takes it."""
        return {
            LinkForged: self._forged,
            LinkTooOld: self._too_old,
            CommunityError: self._declined,
            HTTPException: self._refused,
            ClientDisconnect: self._gone,
            Exception: self._failed,
        }

    def _forged(self, _: Request, __: LinkForged) -> Response:
        return self._page(pages.NOT_OURS, 404)

    def _too_old(self, _: Request, __: LinkTooOld) -> Response:
        return self._page(pages.TOO_OLD, 410)

    def _declined(self, _: Request, why: CommunityError) -> Response:
        if isinstance(why, NotFound):
            return self._page(pages.NOT_THERE, 404)
        return self._page(pages.declined(why.advice), 409)

    def _refused(self, _: Request, why: HTTPException) -> Response:
        if why.status_code == 404:  # noqa: PLR2004 - "not there"
            return self._page(pages.NOT_THERE, 404)
        answer = answers.plain(f"{why.detail}.\n", why.status_code)
        answer.headers.update(why.headers or {})
        return answer

    def _gone(self, _: Request, __: ClientDisconnect) -> Response:
        """They went while they were sending: nothing failed here, and nobody reads."""
        return answers.plain("This came in part only.\n", 400)

    def _failed(self, _: Request, why: Exception) -> Response:
        """The reason goes to the log; the address that was asked for goes nowhere."""
        _log.error("page_failed", exc_info=why)
        return self._page(pages.FAILED, 500)

    def _page(self, page: pages.Page, status: int) -> Response:
        return answers.page(self.community, page, status)
