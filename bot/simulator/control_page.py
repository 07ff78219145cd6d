"""Control verbs: what the page needs to stay up to date."""

from bot.simulator.arguments import Arguments
from bot.simulator.control import verb
from bot.simulator.errors import Json
from bot.simulator.world import World

#: What makes the page look again, and what of it the page is told: never the words.
LIVELY = frozenset(
    {"posted", "updated", "deleted", "ephemeral", "reaction", "view", "letter"}
)
TOLD = ("seq", "kind", "channel", "ts", "thread_ts", "user", "by_app", "rcpt", "id")


@verb("pulse")
def pulse(world: World, args: Arguments) -> Json:
    """Tell briefly what has happened since; without `after`, only where we are.

    `size` changes when somebody, or a channel, is new.
    """
    entries = world.transcript.entries
    after = args.number("after", len(entries))
    new = world.transcript.read(after, LIVELY)
    slack = world.workspace
    return {
        "seq": len(entries),
        "now": world.clock.now(),
        "stretches": world.backstage.stretches,
        "size": [
            len(slack.users),
            sum(not one.is_im for one in slack.channels.values()),
        ],
        "letters": len(world.post_office.letters),
        "happened": [{key: one[key] for key in TOLD if key in one} for one in new],
    }


@verb("app")
def app(world: World, args: Arguments) -> Json:
    """Tell who the app is, and which commands and shortcuts it offers."""
    del args
    about = world.app
    return {
        "user": about.user_id,
        "name": about.name,
        "team": world.team.name,
        "team_url": world.team.url,
        "commands": about.commands,
        "shortcuts": about.menu,
        "direct": world.workspace.direct,
    }


@verb("bot_pages")
def bot_pages(world: World, args: Arguments) -> Json:
    """Say where the bot's own pages are, so that the page can show what is owed."""
    world.backstage.look_at(args.required("url"))
    return {}


@verb("community_time")
def community_time(world: World, args: Arguments) -> Json:
    """Say what time it is for the community, so that the page can show it."""
    world.backstage.time_is(float(args.required("now")))
    return {}
