"""Control verbs: faults, connections, limits and time."""

from bot.simulator.arguments import Arguments
from bot.simulator.control import verb
from bot.simulator.errors import Json
from bot.simulator.faults import Fault
from bot.simulator.world import World


@verb("fault")
def fault(world: World, args: Arguments) -> Json:
    """Put a fault in force."""
    world.faults.add(Fault(**args.given))
    return {}


@verb("faults")
def faults(world: World, args: Arguments) -> Json:
    """Show what is in force."""
    del args
    return world.faults.as_json()


@verb("down")
def down(world: World, args: Arguments) -> Json:
    """Take Slack down: every connection breaks, or is answered 503."""
    how = args.text("how") or "refuse"
    if how not in {"refuse", "503"}:
        raise ValueError("`how` is refuse or 503")
    world.faults.down = how
    world.sockets.drop_all()
    world.transcript.note("fault", method="*", down=how)
    return {}


@verb("clear")
def clear(world: World, args: Arguments) -> Json:
    """Let everything work again."""
    del args
    world.faults.clear()
    world.post_office.clear()
    return {}


@verb("sockets")
def sockets(world: World, args: Arguments) -> Json:
    """List open connections."""
    del args
    return {"sockets": world.sockets.as_json()}


@verb("disconnect")
def disconnect(world: World, args: Arguments) -> Json:
    """Ask the app to reconnect."""
    reason = args.text("reason") or "refresh_requested"
    world.sockets.disconnect(args.required("socket"), reason)
    return {}


@verb("drop")
def drop(world: World, args: Arguments) -> Json:
    """Break one connection, or all."""
    if args.text("socket"):
        world.sockets.drop(args.text("socket"))
    else:
        world.sockets.drop_all()
    return {}


@verb("half_open")
def half_open(world: World, args: Arguments) -> Json:
    """Make a connection look alive while nothing comes of it."""
    world.sockets.fall_silent(args.required("socket"))
    return {}


@verb("revoke")
def revoke(world: World, args: Arguments) -> Json:
    """Revoke a token: the bot's, unless another is named."""
    world.app.revoked.add(args.text("token") or world.app.bot_token)
    return {}


@verb("limits")
def limits(world: World, args: Arguments) -> Json:
    """Enforce Slack's rate limits, or stop."""
    world.limits.enforced = args.flag("enforced", default=True)
    return {}


@verb("delays")
def delays(world: World, args: Arguments) -> Json:
    """Change how long acknowledgements, redeliveries and triggers may take."""
    delivery = world.delivery
    given = args.given
    delivery.ack_within = float(given.get("ack_within", delivery.ack_within))
    waits = given.get("retry_delays", delivery.retry_delays)
    delivery.retry_delays = tuple(float(one) for one in waits)
    world.triggers.life = float(given.get("trigger_life", world.triggers.life))
    return {}


@verb("request_url")
def request_url(world: World, args: Arguments) -> Json:
    """Deliver over HTTP from now on."""
    world.use_http(args.required("url"))
    return {}


@verb("clock")
def clock(world: World, args: Arguments) -> Json:
    """Tell the time, or set it."""
    if args.given.get("now") is not None:
        world.clock.move_to(float(args.given["now"]))
    return {"now": world.clock.now()}


@verb("scopes")
def scopes(world: World, args: Arguments) -> Json:
    """Grant exactly these scopes."""
    world.app.scopes = list(args.structure("scopes"))
    return {}


@verb("quiet")
def quiet(world: World, args: Arguments) -> Json:
    """Tell whether nothing is unacknowledged or queued."""
    del args
    waiting = [one.label for one in world.delivery.waiting.values()]
    return {"quiet": world.delivery.quiet, "waiting": waiting}
