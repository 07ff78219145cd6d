"""The call by its links: saying whether one comes, and a calendar to subscribe to."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.calls import Source
from bot.domain.members import MemberId
from bot.usecases import calls
from bot.usecases.context import Context
from bot.views.links import Links, Purpose
from bot.views.pages.calls import call, pressed
from bot.web import answers
from bot.web.forms import sent

#: A calendar asks by the same link for years; it ends when its member leaves.
CALENDAR_LIVES = timedelta(days=3650)


def routes(ctx: Context, links: Links) -> list[Route]:
    """The page of each member's invitation, and each member's calendar."""
    door = _Calls(ctx, links)
    page, calendar = Purpose.CALL.value, Purpose.CALENDAR.value
    return [
        Route(f"/{page}/{{token}}", door.answer, methods=["GET", "POST"]),
        Route(f"/{calendar}/{{token}}.ics", door.calendar, methods=["GET"]),
    ]


@dataclass(frozen=True, slots=True)
class _Calls:
    ctx: Context
    links: Links

    async def answer(self, request: Request) -> Response:
        """Show the call as it stands, or keep what was pressed."""
        token = request.path_params["token"]
        version, _, member = self.links.read(Purpose.CALL, token).partition(":")
        if request.method != "POST":
            return await run_in_threadpool(self._show, int(version), MemberId(member))
        said = sent(await request.body(), "answer")
        return await run_in_threadpool(self._keep, int(version), MemberId(member), said)

    def _show(self, version: int, member: MemberId, *, moved: bool = False) -> Response:
        shown = calls.asked(self.ctx, version=version, member=member)
        return answers.page(self.ctx.community.name, call(shown, moved=moved))

    def _keep(self, version: int, member: MemberId, said: str) -> Response:
        """Keep an answer to the time they were shown; to another one they say anew."""
        answer, when = pressed(said)
        shown = calls.asked(self.ctx, version=version, member=member)
        if shown.when != when:
            return self._show(version, member, moved=True)
        calls.answer(
            self.ctx,
            call=shown.id,
            member=member,
            answer=answer,
            source=Source.LINK.value,
        )
        return self._show(version, member)

    def calendar(self, request: Request) -> Response:
        """Every call, as a calendar that subscribes wants it."""
        token = request.path_params["token"]
        member = self.links.read(Purpose.CALENDAR, token, lives=CALENDAR_LIVES)
        said = calls.feed(self.ctx, MemberId(member))
        return answers.plain(said, kind="text/calendar")
