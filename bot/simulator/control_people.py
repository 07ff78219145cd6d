"""Control verbs: people and channels, and what people say."""

from uuid import uuid4

from bot.simulator import membership, messages
from bot.simulator.arguments import Arguments
from bot.simulator.control import verb
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.model import Channel, Message
from bot.simulator.world import World


@verb("person")
def person(world: World, args: Arguments) -> Json:
    """Add a person."""
    user = world.workspace.add_user(**args.given)
    return {"user": user.id}


@verb("change_person")
def change_person(world: World, args: Arguments) -> Json:
    """Change a person's fields, e.g. deleted."""
    fields = {key: one for key, one in args.given.items() if key != "user"}
    world.workspace.change_user(args.required("user"), **fields)
    return {}


@verb("people")
def people(world: World, args: Arguments) -> Json:
    """List everybody."""
    del args
    now = world.clock.now()
    everybody = world.workspace.users.values()
    return {"people": [one.as_json(with_email=True, now=now) for one in everybody]}


@verb("channel")
def channel(world: World, args: Arguments) -> Json:
    """Create a channel; `bot` puts the app in it."""
    about = {key: one for key, one in args.given.items() if key != "bot"}
    if args.flag("bot"):
        about["members"] = [*(about.get("members") or []), world.app.user_id]
    return {"channel": world.workspace.add_channel(**about).id}


@verb("channels")
def channels(world: World, args: Arguments) -> Json:
    """List every channel and direct conversation."""
    del args
    everything = world.workspace.channels.values()
    shown = [
        one.as_json(world.app.user_id) | {"members": list(one.members)}
        for one in everything
    ]
    return {"channels": shown}


def _channel(world: World, args: Arguments) -> Channel:
    return world.workspace.channel(args.required("channel"))


@verb("invite")
def invite(world: World, args: Arguments) -> Json:
    """Bring a person, or the bot, into a channel."""
    user, by = args.required("user"), args.text("by")
    joined = membership.join(world.workspace, _channel(world, args), user, by)
    return {"joined": joined}


@verb("leave")
def leave(world: World, args: Arguments) -> Json:
    """Take a person, or the bot, out of a channel."""
    user = args.required("user")
    return {"left": membership.leave(world.workspace, _channel(world, args), user)}


@verb("archive")
def archive(world: World, args: Arguments) -> Json:
    """Archive a channel."""
    by = args.text("user") or "USLACKBOT"
    world.workspace.archive(_channel(world, args), by)
    return {}


@verb("unarchive")
def unarchive(world: World, args: Arguments) -> Json:
    """Open an archived channel again."""
    by = args.text("user") or "USLACKBOT"
    world.workspace.unarchive(_channel(world, args), by)
    return {}


@verb("rename")
def rename(world: World, args: Arguments) -> Json:
    """Rename a channel."""
    world.workspace.rename(_channel(world, args), args.required("name"))
    return {}


@verb("post")
def post(world: World, args: Arguments) -> Json:
    """Post as a person in a channel they are in."""
    return _say(world, args, _channel(world, args))


@verb("dm")
def dm(world: World, args: Arguments) -> Json:
    """Write to the bot directly."""
    return _say(world, args, world.workspace.open_dm(args.required("user")))


def _say(world: World, args: Arguments, where: Channel) -> Json:
    user = world.workspace.user(args.required("user"))
    if user.id not in where.members:
        raise SlackRefuses("not_in_channel")
    thread_ts = args.text("thread_ts") or None
    extra: Json = {"client_msg_id": args.text("client_msg_id") or str(uuid4())}
    if args.structure("files"):
        extra |= {"files": args.structure("files"), "upload": False}
    message = messages.post(
        world.workspace,
        where,
        user.id,
        args.text("text"),
        thread_ts=thread_ts,
        broadcast=args.flag("reply_broadcast"),
        subtype="file_share" if "files" in extra else None,
        extra=extra,
    )
    return {"channel": where.id, "ts": message.ts}


def _own_message(world: World, args: Arguments) -> Message:
    message = world.workspace.message(_channel(world, args), args.required("ts"))
    if args.text("user") and message.user != args.text("user"):
        raise SlackRefuses("cant_update_message")
    return message


@verb("edit")
def edit(world: World, args: Arguments) -> Json:
    """Edit one's own message."""
    message = _own_message(world, args)
    text = args.required("text")
    messages.edit(world.workspace, message, message.user, text=text)
    return {"ts": message.ts}


@verb("delete")
def delete(world: World, args: Arguments) -> Json:
    """Delete one's own message; without `user`, anybody's."""
    messages.delete(world.workspace, _own_message(world, args))
    return {}


@verb("react")
def react(world: World, args: Arguments) -> Json:
    """React to a message."""
    message = world.workspace.message(_channel(world, args), args.required("ts"))
    user, name = args.required("user"), args.required("name")
    membership.react(world.workspace, message, user, name)
    return {}


@verb("unreact")
def unreact(world: World, args: Arguments) -> Json:
    """Take a reaction back."""
    message = world.workspace.message(_channel(world, args), args.required("ts"))
    user, name = args.required("user"), args.required("name")
    membership.unreact(world.workspace, message, user, name)
    return {}
