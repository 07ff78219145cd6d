"""Web API: the app itself, its connections, its team."""

from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.webapi import Call, method


@method("api.test", open_to_all=True)
def api_test(call: Call) -> Json:
    """Echo the arguments, or fail as asked."""
    error = call.args.text("error")
    args = {key: one for key, one in call.args.given.items() if key != "token"}
    if error:
        raise SlackRefuses(error, args=args)
    return {"args": args}


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Tell the bot who it is."""
    team, app = call.slack.team, call.slack.app
    return {
        "url": team.url,
        "team": team.name,
        "user": app.name,
        "team_id": team.id,
        "user_id": app.user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", scope="connections:write", app_level=True)
def connections_open(call: Call) -> Json:
    """Give a WebSocket address good for one connection."""
    return {"url": call.world.sockets.issue(call.world.url)}


@method("team.info", scope="team:read")
def team_info(call: Call) -> Json:
    """Describe the workspace."""
    team = call.slack.team
    about = {"id": team.id, "name": team.name, "domain": team.domain}
    return {"team": about | {"url": team.url, "email_domain": "", "icon": {}}}


@method("bots.info", scope="users:read")
def bots_info(call: Call) -> Json:
    """Describe the app's bot."""
    app = call.slack.app
    if call.args.text("bot") not in {"", app.bot_id}:
        raise SlackRefuses("bot_not_found")
    about = {"id": app.bot_id, "app_id": app.app_id, "user_id": app.user_id}
    return {"bot": about | {"name": app.name, "deleted": False, "icons": {}}}
