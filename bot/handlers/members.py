"""Members and the bot: help, details, who knows what."""

from collections.abc import Callable
from functools import partial

from bot.handlers.ids import number
from bot.handlers.registry import Door, Pressed, Push, Reply, Say
from bot.usecases import digests, elsewhere_form, members, profiles, queue
from bot.usecases.context import Context
from bot.usecases.profiles import Profile
from bot.views import members as view
from bot.views.elsewhere import Draft


def register(door: Door, ctx: Context) -> None:
    """Let members help themselves, and coordinators tick things off."""
    door.command("/convenor")(partial(_convenor, ctx))
    door.action("help")(partial(_help, ctx))
    door.action("profile")(partial(_me, ctx))
    door.view(view.PROFILE_FORM)(partial(_profile_saved, ctx))
    door.action("need_done")(partial(_need_done, ctx))


def _convenor(ctx: Context, act: Pressed) -> Reply:
    word, _, rest = act.value.partition(" ")
    does = _COMMANDS.get(word.lower() or "help", _unknown)
    return does(ctx, act, rest.strip())


def _profile_saved(ctx: Context, act: Pressed) -> None:
    profiles.save(ctx, user=act.user, profile=_profile(ctx, act))


def _need_done(ctx: Context, act: Pressed) -> None:
    queue.done(ctx, user=act.user, item=number(act.value))


def _help(_ctx: Context, _act: Pressed, _rest: str = "") -> Reply:
    return Say(view.HELP)


def _me(ctx: Context, act: Pressed, _rest: str = "") -> Reply:
    return Push(profiles.form(ctx, user=act.user))


def _who(ctx: Context, act: Pressed, rest: str) -> Reply:
    if not rest:
        return Say("Who knows about what? For example `/convenor who FIT`.")
    return Say(profiles.who(ctx, words=rest, user=act.user))


def _digest(ctx: Context, act: Pressed, rest: str) -> Reply:
    return Say(digests.collate_link(ctx, user=act.user, link=rest))


def _role(ctx: Context, act: Pressed, rest: str) -> Reply:
    who, _, role = rest.rpartition(" ")
    return Say(members.give_role(ctx, user=act.user, who=who.strip(), role=role))


def _reply(ctx: Context, act: Pressed, rest: str) -> Reply:
    return Push(
        elsewhere_form.form(ctx, user=act.user, draft=Draft(question=number(rest)))
    )


def _unknown(_ctx: Context, _act: Pressed, _rest: str) -> Reply:
    return Say(f"I did not understand that, so nothing was done.\n{view.HELP}")


_COMMANDS: dict[str, Callable[[Context, Pressed, str], Reply]] = {
    "help": _help,
    "me": _me,
    "who": _who,
    "digest": _digest,
    "reply": _reply,
    "role": _role,
}


def _profile(ctx: Context, act: Pressed) -> Profile:
    place = act.form["region"]
    regions = ctx.community.regions
    known = place.isdecimal() and int(place) < len(regions)
    return Profile(
        region=regions[int(place)] if known else None,
        interests=frozenset(act.form.many("interests")),
        good_times=act.form["good_times"],
        away_until=act.form["away_until"],
        reach=act.form["reach"],
        update=act.form["update"] == view.YES if act.form["update"] else None,
    )
