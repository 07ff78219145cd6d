"""Web API: people."""

from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.pages import page
from bot.simulator.webapi import Call, method

#: People on a page when no limit is given.
PAGE = 1000


@method("users.list", scope="users:read")
def list_all(call: Call) -> Json:
    """List everybody, bots and those who left among them."""
    everybody = list(call.slack.users.values())
    some, rest = page(call.args, everybody, lambda user: user.id, PAGE)
    members = [call.slack.user_json(user) for user in some]
    return {"members": members, "cache_ts": int(call.slack.clock.now()), **rest}


@method("users.info", scope="users:read")
def info(call: Call) -> Json:
    """Describe one person."""
    user = call.slack.user(call.args.required("user"))
    return {"user": call.slack.user_json(user)}


@method("users.lookupByEmail", scope="users:read.email")
def lookup_by_email(call: Call) -> Json:
    """Find a person by address."""
    email = call.args.required("email").lower()
    for user in call.slack.users.values():
        if user.email.lower() == email and not user.deleted:
            return {"user": call.slack.user_json(user)}
    raise SlackRefuses("users_not_found")
