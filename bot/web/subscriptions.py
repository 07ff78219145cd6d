"""Leaving the monthly update by its link: looking never acts, pressing does.

Programs that guard a mailbox follow every link in a letter, so GET only shows. A mail
program's own button posts ``List-Unsubscribe=One-Click`` and wants no page.

Source:
    RFC 8058, "Signaling One-Click Functionality for List Email Headers", 3.2 and 8.
"""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.usecases import subscriptions
from bot.usecases.context import Context
from bot.usecases.subscriptions import Subscription
from bot.views import pages
from bot.views.links import Links, Purpose
from bot.web import answers
from bot.web.forms import sent

ONE_CLICK = b"one-click"  #: in the body of a mail program's request, in any case


def routes(ctx: Context, links: Links) -> list[Route]:
    """The page of every unsubscribe link."""
    door = _Subscriptions(ctx, links)
    path = f"/{Purpose.UNSUBSCRIBE.value}/{{token}}"
    return [Route(path, door.answer, methods=["GET", "POST"])]


@dataclass(frozen=True, slots=True)
class _Subscriptions:
    ctx: Context
    links: Links

    async def answer(self, request: Request) -> Response:
        """Show how it stands, or do what was pressed."""
        token = request.path_params["token"]
        subject = self.links.read(Purpose.UNSUBSCRIBE, token)
        if request.method != "POST":
            return await run_in_threadpool(self._show, int(subject))
        body = await request.body()
        return await run_in_threadpool(self._act, int(subject), body)

    def _show(self, recipient: int) -> Response:
        found = subscriptions.look(self.ctx, recipient)
        return self._page(found, pages.leaving if found and found.wanted else None)

    def _act(self, recipient: int, body: bytes) -> Response:
        if ONE_CLICK in body.lower():
            subscriptions.leave(self.ctx, recipient, why="one-click")
            return answers.plain("Done: no more updates will be sent.\n")
        if sent(body, "act") == pages.REJOIN:
            return self._page(subscriptions.rejoin(self.ctx, recipient), pages.back)
        return self._page(subscriptions.leave(self.ctx, recipient, why="link"))

    def _page(
        self, found: Subscription | None, shown: pages.AboutAddress | None = None
    ) -> Response:
        if found is None:
            return answers.page(self.ctx.community.name, pages.FORGOTTEN)
        about = (shown or pages.left)(found.address)
        return answers.page(self.ctx.community.name, about)
