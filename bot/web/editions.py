"""An edition in a browser, for whoever was given its link."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.usecases import editions
from bot.usecases.context import Context
from bot.views.links import Links, Purpose
from bot.web import answers

#: An edition has styles of its own; it runs nothing, sends nothing, fetches nothing.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


def routes(ctx: Context, links: Links) -> list[Route]:
    """The page of every edition, for each audience apart."""
    door = _Editions(ctx, links)
    return [Route(f"/{Purpose.EDITION.value}/{{token}}", door.show, methods=["GET"])]


@dataclass(frozen=True, slots=True)
class _Editions:
    ctx: Context
    links: Links

    def show(self, request: Request) -> Response:
        """Show the edition as it was sent, or as it would be now."""
        subject = self.links.read(Purpose.EDITION, request.path_params["token"])
        edition, _, audience = subject.partition(":")
        said = editions.page(self.ctx, int(edition), audience)
        return answers.written(said, policy=POLICY)
