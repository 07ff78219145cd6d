"""Messages that wait for a person, as coordinators deal with them."""

from functools import partial

from bot.handlers.registry import Door, Pressed, Reply, Say
from bot.usecases import parked
from bot.usecases.context import Context


def register(door: Door, ctx: Context) -> None:
    """Let coordinators send again what could not be sent."""
    door.action("replay")(partial(_replay, ctx))


def _replay(ctx: Context, act: Pressed) -> Reply:
    parked.try_again(ctx, user=act.user, key=act.value)
    return Say("I am trying again now.")
