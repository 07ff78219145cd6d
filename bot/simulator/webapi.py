"""The Web API: who calls, whether they may, and which method answers."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.arguments import Arguments
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.model import Channel
from bot.simulator.workspace import Workspace
from bot.simulator.world import World


@dataclass(frozen=True)
class Call:
    """One call, once its token has been accepted."""

    world: World
    method: str
    args: Arguments

    @property
    def slack(self) -> Workspace:
        """The workspace called."""
        return self.world.workspace

    @property
    def bot(self) -> str:
        """The app's own user id."""
        return self.slack.app.user_id

    def need(self, *scopes: str) -> None:
        """Refuse unless one of *scopes* was granted.

        Raises:
            SlackRefuses: `missing_scope`, with what is needed and what there is.
        """
        granted = self.slack.app.scopes
        if not any(scope in granted for scope in scopes):
            provided = ",".join(granted)
            needed = ",".join(scopes)
            raise SlackRefuses("missing_scope", needed=needed, provided=provided)

    def channel(self, name: str = "channel") -> Channel:
        """Give the channel named by an argument, if the app may know of it.

        Raises:
            SlackRefuses: `channel_not_found`.
        """
        channel = self.slack.channel(self.args.required(name))
        hidden = channel.is_private or channel.is_im
        if hidden and self.bot not in channel.members:
            raise SlackRefuses("channel_not_found")
        return channel


Answer = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """One Web API method and the scope it needs."""

    answer: Answer
    scope: str = ""
    app_level: bool = False
    open_to_all: bool = False


METHODS: dict[str, Method] = {}


def method(
    name: str, *, scope: str = "", app_level: bool = False, open_to_all: bool = False
) -> Callable[[Answer], Answer]:
    """Register a function as the answer to method *name*."""

    def register(answer: Answer) -> Answer:
        METHODS[name] = Method(answer, scope, app_level, open_to_all)
        return answer

    return register


def answer(world: World, name: str, token: str, given: Json) -> Json:
    """Answer one call; what it did is in the workspace when this returns.

    Raises:
        SlackRefuses: in Slack's words.
    """
    call = Call(world, name, Arguments(given))
    known = METHODS.get(name)
    if known is None:
        raise SlackRefuses("unknown_method", req_method=name)
    if not known.open_to_all:
        _admit(call, known, token)
    return {"ok": True, **known.answer(call)}


def _admit(call: Call, known: Method, token: str) -> None:
    app = call.slack.app
    if not token:
        raise SlackRefuses("not_authed")
    if token in app.revoked:
        raise SlackRefuses("token_revoked")
    if token not in {app.bot_token, app.app_token}:
        raise SlackRefuses("invalid_auth")
    if token != (app.app_token if known.app_level else app.bot_token):
        raise SlackRefuses("not_allowed_token_type")
    if known.scope:
        _in_scope(known, call)


def _in_scope(known: Method, call: Call) -> None:
    if not known.app_level:
        call.need(known.scope)
    elif known.scope not in call.slack.app.app_scopes:
        provided = ",".join(call.slack.app.app_scopes)
        raise SlackRefuses("missing_scope", needed=known.scope, provided=provided)
