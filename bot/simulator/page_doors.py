"""The page to look and to act: its files, letters to look at, and the bot's account."""

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Route

from bot.simulator.control_letters import find
from bot.simulator.world import World

FOLDER = Path(__file__).with_name("page")
#: The page takes everything from here and nothing from elsewhere.
OURS = (
    "default-src 'self'; img-src 'self' data:; frame-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
#: A letter shows its own styles; it runs nothing, and fetches nothing.
THEIRS = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
#: Links in a letter open beside the page.
BESIDE = '<base target="_blank">'


def page_routes(world: World) -> list[Route]:
    """Where the page answers."""
    doors = _PageDoors(world)
    return [
        Route("/", doors.index),
        Route("/page/owed", doors.owed),
        Route("/page/letters/{number}", doors.letter),
        Route("/page/{name}", doors.file),
    ]


class _PageDoors:
    """One method a door."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.files = {one.name: one for one in FOLDER.iterdir() if one.is_file()}

    async def index(self, request: Request) -> Response:
        """Show the page."""
        del request
        return _kept_out(FileResponse(self.files["index.html"]), OURS)

    async def file(self, request: Request) -> Response:
        """Give one of the page's files: its styles, its scripts."""
        found = self.files.get(request.path_params["name"])
        if found is None:
            return PlainTextResponse("There is no such file.", 404)
        return _kept_out(FileResponse(found), OURS)

    async def letter(self, request: Request) -> Response:
        """Show a letter's HTML as its reader sees it, with nothing it could do."""
        try:
            letter = find(self.world, request.path_params["number"])
        except ValueError as refusal:
            return PlainTextResponse(str(refusal), 404)
        return _kept_out(HTMLResponse(BESIDE + letter.html), THEIRS)

    async def owed(self, request: Request) -> Response:
        """Give what the bot says of itself."""
        del request
        account = await asyncio.to_thread(self.world.backstage.account)
        return _kept_out(JSONResponse(account), OURS)


def _kept_out(response: Response, policy: str) -> Response:
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
