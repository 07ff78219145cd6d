"""Control verbs: what people see, and what the transcript has."""

from bot.simulator.arguments import Arguments
from bot.simulator.clock import micros
from bot.simulator.control import verb
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.forms import Form
from bot.simulator.messages import as_json
from bot.simulator.model import Channel
from bot.simulator.payloads import view_of
from bot.simulator.world import World


@verb("sees")
def sees(world: World, args: Arguments) -> Json:
    """Show a channel, or a thread in it, as one person sees it: oldest first."""
    user = args.required("user")
    channel = world.workspace.channel(args.required("channel"))
    if user not in channel.members and (channel.is_private or channel.is_im):
        raise SlackRefuses("channel_not_found")
    return {"messages": _seen(world, user, channel, args.text("thread_ts"))}


@verb("dm_seen")
def dm_seen(world: World, args: Arguments) -> Json:
    """Show a person's whole direct conversation with the bot, threads and all."""
    user = args.required("user")
    channel = world.workspace.open_dm(user)
    every = [as_json(world.workspace, one) for one in channel.messages.values()]
    shown = sorted([*every, *_only_theirs(world, user, channel)], key=_age)
    return {"channel": channel.id, "messages": shown}


def _seen(world: World, user: str, channel: Channel, thread_ts: str) -> list[Json]:
    if thread_ts:
        if thread_ts not in channel.messages:
            raise SlackRefuses("thread_not_found")
        timestamps = [thread_ts, *channel.threads.get(thread_ts, [])]
    else:
        timestamps = channel.timeline
    shown = [as_json(world.workspace, channel.messages[ts]) for ts in timestamps]
    theirs = [
        one
        for one in _only_theirs(world, user, channel)
        if (one.get("thread_ts") or "") == thread_ts
    ]
    return sorted([*shown, *theirs], key=_age)


def _only_theirs(world: World, user: str, channel: Channel) -> list[Json]:
    return [
        one
        for one in world.workspace.ephemerals
        if (one["to"], one["channel"]) == (user, channel.id)
    ]


def _age(message: Json) -> int:
    return micros(message["ts"])


@verb("home_seen")
def home_seen(world: World, args: Arguments) -> Json:
    """Show a person's App Home."""
    return _form(world, world.forms.homes.get(args.required("user")))


@verb("modal")
def modal(world: World, args: Arguments) -> Json:
    """Show the modal in front of a person."""
    user = args.required("user")
    depth = len(world.forms.stacks.get(user, []))
    return _form(world, world.forms.top(user)) | {"depth": depth}


def _form(world: World, form: Form | None) -> Json:
    return {"view": view_of(world, form) if form else None}


@verb("message")
def message(world: World, args: Arguments) -> Json:
    """Show one message with its metadata and link."""
    channel = world.workspace.channel(args.required("channel"))
    found = world.workspace.message(channel, args.required("ts"))
    shown = as_json(world.workspace, found, metadata=True)
    return {"message": shown, "permalink": world.workspace.permalink(found)}


@verb("transcript")
def transcript(world: World, args: Arguments) -> Json:
    """Give the transcript after a sequence number."""
    kinds = args.text("kinds")
    chosen = frozenset(kinds.split(",")) if kinds else frozenset[str]()
    return {"entries": world.transcript.read(args.number("after", 0), chosen)}


@verb("save")
def save(world: World, args: Arguments) -> Json:
    """Write the transcript to a file."""
    world.transcript.save(args.required("path"))
    return {"entries": len(world.transcript.entries)}
