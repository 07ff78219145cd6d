"""Web API: modals and App Home."""

from bot.simulator.blocks import check_view
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.forms import Form
from bot.simulator.webapi import Call, method


def _view(call: Call, kind: str) -> Json:
    view = call.args.structure("view")
    if view is None:
        call.args.required("view")
    return check_view(view, kind)


def _shown(call: Call, form: Form) -> Json:
    return {"view": form.as_json(call.slack.app, call.slack.team.id)}


@method("views.open")
def views_open(call: Call) -> Json:
    """Open a modal for whoever the trigger belongs to."""
    view = _view(call, "modal")
    user = call.world.triggers.use(call.args.required("trigger_id"))
    return _shown(call, call.world.forms.open(user, view))


@method("views.push")
def views_push(call: Call) -> Json:
    """Put a modal on top of the open one."""
    view = _view(call, "modal")
    user = call.world.triggers.use(call.args.required("trigger_id"))
    return _shown(call, call.world.forms.push(user, view))


@method("views.update")
def views_update(call: Call) -> Json:
    """Show something else in an open modal."""
    forms = call.world.forms
    view = call.args.structure("view") or {}
    kind = "home" if isinstance(view, dict) and view.get("type") == "home" else "modal"
    check_view(view, kind)
    view_id, external = call.args.text("view_id"), call.args.text("external_id")
    form = forms.find(view_id, external)
    if form.view["type"] != kind:
        raise SlackRefuses("invalid_arguments")
    return _shown(call, forms.update(form, view, call.args.text("hash")))


@method("views.publish")
def views_publish(call: Call) -> Json:
    """Show something in a person's App Home."""
    view = _view(call, "home")
    user = call.slack.user(call.args.required("user_id"))
    expected = call.args.text("hash")
    return _shown(call, call.world.forms.publish(user.id, view, expected))
