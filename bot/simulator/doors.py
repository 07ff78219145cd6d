"""The HTTP and WebSocket doors of the simulated Slack."""

import asyncio
import json
import time
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.simulator import (
    control_acts,
    control_letters,
    control_page,
    control_people,
    control_sight,
    control_weather,
    webapi_app,
    webapi_chat,
    webapi_conversations,
    webapi_reactions,
    webapi_users,
    webapi_views,
)
from bot.simulator.answers import respond
from bot.simulator.control import control
from bot.simulator.errors import Json, RateLimited, SlackRefuses
from bot.simulator.faults import Fault
from bot.simulator.page_doors import page_routes
from bot.simulator.sockets import TRANSPORT
from bot.simulator.webapi import METHODS, answer
from bot.simulator.world import World

#: Modules whose import registers what they answer.
ANSWERING = (
    *(control_acts, control_letters, control_page),
    *(control_people, control_sight, control_weather),
    *(webapi_app, webapi_chat, webapi_conversations),
    *(webapi_reactions, webapi_users, webapi_views),
)
#: Seconds an aborted connection is given to be noticed.
SETTLE = 0.01


def application(world: World) -> Starlette:
    """Build the ASGI application that answers for *world*."""
    doors = _Doors(world)
    both = ["GET", "POST"]
    return Starlette(
        routes=[
            Route("/api/{method:path}", doors.api, methods=both),
            Route("/control/{verb}", doors.control, methods=both),
            Route("/respond/{secret}", doors.respond, methods=["POST"]),
            WebSocketRoute("/link/", doors.link),
            *page_routes(world),
        ]
    )


class _Doors:
    """One method a door."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def api(self, request: Request) -> Response:
        """Answer a Web API call, unless a fault is in the way."""
        world, name = self.world, request.path_params["method"]
        if world.faults.down:
            return await self._nobody_home(request)
        given = await _arguments(request)
        token = _token(request, given)
        fault = world.faults.take(name, given.get("channel"))
        before = await self._before(request, fault)
        if before is not None:
            self._note(name, given, token, {"ok": False, "error": "fault"})
            return before
        answered = self._answer(name, token, given)
        return await self._after(request, fault, answered)

    async def _nobody_home(self, request: Request) -> Response:
        if self.world.faults.down == "503":
            return PlainTextResponse("Service Unavailable", 503)
        return await _break(request)

    async def _before(self, request: Request, fault: Fault | None) -> Response | None:
        kind = fault.kind if fault else ""
        if fault is None or kind.endswith("_after"):
            return None
        if kind == "delay":
            await asyncio.sleep(fault.seconds)
            return None
        if kind == "drop_before":
            return await _break(request)
        return _instead(fault)

    async def _after(
        self, request: Request, fault: Fault | None, answered: Response
    ) -> Response:
        kind = fault.kind if fault else ""
        if fault is None or not kind.endswith("_after"):
            return answered
        if kind == "drop_after":
            return await _break(request)
        if kind == "status_after":
            return PlainTextResponse("Internal Server Error", fault.status)
        await asyncio.sleep(fault.seconds)
        return answered

    def _answer(self, name: str, token: str, given: Json) -> Response:
        world = self.world
        try:
            where = str(given.get("channel", ""))
            world.limits.count(name, where, time.monotonic())
            body = answer(world, name, token, given)
        except SlackRefuses as refusal:
            self._note(name, given, token, refusal.answer())
            return self._scoped(_refusal(refusal), name)
        self._note(name, given, token, body)
        return self._scoped(JSONResponse(body), name)

    def _scoped(self, response: Response, name: str) -> Response:
        known = METHODS.get(name)
        app = self.world.app
        granted = app.app_scopes if known and known.app_level else app.scopes
        response.headers["X-OAuth-Scopes"] = ",".join(granted)
        if known and known.scope:
            response.headers["X-Accepted-OAuth-Scopes"] = known.scope
        return response

    def _note(self, name: str, given: Json, token: str, body: Json) -> None:
        kept = ("channel", "user", "ts", "thread_ts", "view_id", "trigger_id", "users")
        args = {key: given[key] for key in kept if key in given}
        who = {self.world.app.bot_token: "bot", self.world.app.app_token: "app"}
        outcome = {"ok": body["ok"], "error": body.get("error"), "ts": body.get("ts")}
        caller = who.get(token, "unknown")
        self.world.transcript.note("call", method=name, by=caller, args=args, **outcome)

    async def control(self, request: Request) -> Response:
        """Do a verb of the control API."""
        given = await _arguments(request)
        name = request.path_params["verb"]
        return JSONResponse(await control(self.world, name, given))

    async def respond(self, request: Request) -> Response:
        """Take what is posted to a response address."""
        if self.world.faults.down:
            return await self._nobody_home(request)
        try:
            address = self.world.responses.use(request.path_params["secret"])
            respond(self.world, address, await _arguments(request))
        except SlackRefuses as refusal:
            gone = refusal.code in {"used_url", "expired_url"}
            return JSONResponse(refusal.answer(), 404 if gone else 400)
        return PlainTextResponse("ok")

    async def link(self, websocket: WebSocket) -> None:
        """Hold a Socket Mode connection."""
        if self.world.faults.down:
            await websocket.close()
            return
        await self.world.sockets.serve(websocket)


def _instead(fault: Fault) -> Response:
    """Build the answer a fault gives in the method's place."""
    if fault.kind == "status":
        return PlainTextResponse("Internal Server Error", fault.status)
    if fault.kind == "ratelimited":
        return _refusal(RateLimited(int(fault.seconds)))
    return _refusal(SlackRefuses(fault.error))


def _refusal(refusal: SlackRefuses) -> Response:
    if isinstance(refusal, RateLimited):
        headers = {"Retry-After": str(refusal.retry_after)}
        return JSONResponse(refusal.answer(), 429, headers)
    return JSONResponse(refusal.answer())


async def _break(request: Request) -> Response:
    """Break the connection instead of answering."""
    request.scope[TRANSPORT].abort()
    await asyncio.sleep(SETTLE)
    return Response()


async def _arguments(request: Request) -> Json:
    """Read arguments from the address and the body, JSON or form."""
    given: Json = dict(request.query_params)
    body = await request.body()
    if "json" in request.headers.get("content-type", ""):
        given |= _object(body)
    else:
        given |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return given


def _object(body: bytes) -> Json:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _token(request: Request, given: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(given.get("token", ""))
