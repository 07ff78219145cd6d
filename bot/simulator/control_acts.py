"""Control verbs: what people do with buttons, forms, commands and shortcuts."""

from bot.simulator import answers, interactions
from bot.simulator.arguments import Arguments
from bot.simulator.control import verb
from bot.simulator.delivery import Envelope
from bot.simulator.errors import ClientRefuses, Json
from bot.simulator.interactions import Place, form_place, message_place
from bot.simulator.payloads import view_of
from bot.simulator.world import World


async def _outcome(envelope: Envelope | None, args: Arguments) -> Json:
    """Wait for the app's answer, if asked to."""
    if envelope is None or envelope.answer is None:
        return {"sent": False}
    if not args.flag("wait", default=True):
        return {"sent": True}
    answer = await envelope.answer
    return {"sent": True, "acked": answer is not None, "response": answer}


def _place(world: World, args: Arguments) -> Place:
    user = args.required("user")
    if args.text("ts"):
        return message_place(world, user, args.required("channel"), args.text("ts"))
    if args.flag("home"):
        return form_place(world, world.forms.homes.get(user))
    return form_place(world, world.forms.top(user))


@verb("home")
def home(world: World, args: Arguments) -> Json:
    """Open the app's Home."""
    tab = args.text("tab") or "home"
    interactions.open_home(world, args.required("user"), tab)
    return {}


@verb("press")
async def press(world: World, args: Arguments) -> Json:
    """Press a button, or choose in a menu."""
    envelope = interactions.press(
        world,
        args.required("user"),
        _place(world, args),
        action_id=args.required("action_id"),
        block_id=args.text("block_id"),
        value=args.given.get("value"),
    )
    return await _outcome(envelope, args)


@verb("fill")
def fill(world: World, args: Arguments) -> Json:
    """Fill in fields of the open modal without submitting it."""
    form = world.forms.top(args.required("user"))
    if form is None:
        raise ClientRefuses("Nothing is open.")
    interactions.fill(form, args.structure("values") or {})
    return {"values": form.values}


@verb("submit")
async def submit(world: World, args: Arguments) -> Json:
    """Submit the open modal; the answer's effect is there when this returns."""
    user = args.required("user")
    values = args.structure("values") or {}
    form, envelope = interactions.submit(world, user, values)
    answer = await envelope.answer if envelope.answer else None
    done = answers.take_submission(world, form, answer)
    front = world.forms.top(user)
    return done | {"modal": view_of(world, front) if front else None}


@verb("close")
async def close(world: World, args: Arguments) -> Json:
    """Close the open modal."""
    user, everything = args.required("user"), args.flag("everything")
    return await _outcome(interactions.close(world, user, everything=everything), args)


@verb("command")
async def command(world: World, args: Arguments) -> Json:
    """Type a slash command, e.g. `/ask when to repeat FIT?`."""
    user, text = args.required("user"), args.required("text")
    if args.text("thread_ts"):
        raise ClientRefuses("Slash commands are not supported in threads. Sorry!")
    where = args.text("channel") or world.workspace.open_dm(user).id
    envelope = interactions.command(world, user, where, text)
    answer = await envelope.answer if envelope.answer else None
    done = answers.take_command_reply(world, envelope.payload, answer)
    return done | {"sent": True, "response": answer}


@verb("shortcut")
async def shortcut(world: World, args: Arguments) -> Json:
    """Use a global shortcut."""
    user, callback_id = args.required("user"), args.required("callback_id")
    return await _outcome(interactions.shortcut(world, user, callback_id), args)


@verb("message_shortcut")
async def message_shortcut(world: World, args: Arguments) -> Json:
    """Use a shortcut on a message."""
    envelope = interactions.message_shortcut(
        world,
        args.required("user"),
        args.required("callback_id"),
        args.required("channel"),
        args.required("ts"),
    )
    return await _outcome(envelope, args)
