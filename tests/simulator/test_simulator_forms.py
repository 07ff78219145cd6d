"""People and forms: what Slack's client allows, and what the app makes of it."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.simulator import Refused


def plain(text):
    return {"type": "plain_text", "text": text}


def option(value):
    return {"text": plain(value.title()), "value": value}


def field(block_id, element, **more):
    block = {"type": "input", "block_id": block_id, "label": plain(block_id)}
    return block | {"element": element | {"action_id": f"{block_id}_field"}} | more


TEXT = field("question", {"type": "plain_text_input", "max_length": 20})
SCOPE = field(
    "scope",
    {
        "type": "static_select",
        "options": [option("few"), option("everyone")],
        "initial_option": option("few"),
    },
)
TOPICS = field(
    "topics",
    {"type": "multi_static_select", "options": [option("fit"), option("lung")]},
    optional=True,
)


def form(title="Ask", **more):
    view = {"type": "modal", "title": plain(title), "submit": plain("Send")}
    return view | {"blocks": [TEXT, SCOPE, TOPICS]} | more


class Desk:
    """An app that opens a form on a shortcut and answers submissions as told."""

    def __init__(self, slack):
        self.slack, self.view, self.answers, self.heard = slack, form(), [], []

    def __call__(self, request):
        body = request.payload
        self.heard.append(body)
        if body.get("type") == "shortcut":
            self.slack.views_open(trigger_id=body["trigger_id"], view=self.view)
        if body.get("type") == "block_actions" and body.get("view"):
            view = form(body["actions"][0]["value"])
            self.slack.views_push(trigger_id=body["trigger_id"], view=view)
        if body.get("type") == "view_submission":
            return self.answers.pop(0)
        return None


@pytest.fixture
def desk(slack, ears):
    """An app at work."""
    at_work = Desk(slack)
    with ears(answer=at_work):
        yield at_work


def test_what_is_required_must_be_filled_in(desk, amira):
    """A form with a gap, or too long a text, is not sent to the app."""
    amira.shortcut("ask")
    for text in ("", "x" * 21):
        with pytest.raises(Refused, match="cannot be submitted"):
            amira.submit(question_field=text)
    assert "view_submission" not in [one.get("type") for one in desk.heard]


def test_a_form_says_what_was_filled_in(desk, amira):
    """`state.values` has every field, the option begun with among them."""
    desk.answers = [None]
    amira.shortcut("ask")
    amira.submit(question_field="FIT?", topics=["fit", "lung"])
    values = desk.heard[-1]["view"]["state"]["values"]
    assert values["question"]["question_field"]["value"] == "FIT?"
    assert values["scope"]["scope_field"]["selected_option"]["value"] == "few"
    chosen = values["topics"]["topics_field"]["selected_options"]
    assert [one["value"] for one in chosen] == ["fit", "lung"]


def test_a_choice_that_is_not_offered_cannot_be_made(desk, amira):
    """Choosing what a menu does not offer, or a field that is none, is refused."""
    assert desk.heard == []
    amira.shortcut("ask")
    with pytest.raises(Refused, match="does not offer"):
        amira.fill(scope="nobody")
    with pytest.raises(Refused, match="no field"):
        amira.fill(colour="red")


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ({"response_action": "update", "view": form("Checked")}, "Checked"),
        ({"response_action": "push", "view": form("Above")}, "Above"),
        ({"response_action": "clear"}, None),
        ({}, None),
    ],
    ids=["update", "push", "clear", "nothing"],
)
def test_an_answer_decides_what_is_in_front(desk, amira, answer, title):
    """A submission's answer updates the form, pushes another, or closes."""
    desk.answers = [answer]
    amira.shortcut("ask")
    shown = amira.submit(question_field="FIT?")["modal"]
    assert (shown and shown["title"]["text"]) == title


def test_an_update_keeps_what_was_typed(desk, amira):
    """Fields that are the same after an update keep their values."""
    desk.answers = [{"response_action": "update", "view": form("Again")}]
    amira.shortcut("ask")
    shown = amira.submit(question_field="FIT?")["modal"]
    assert shown["state"]["values"]["question"]["question_field"]["value"] == "FIT?"


def test_errors_must_be_about_fields(desk, amira):
    """Errors under blocks that are no inputs are not shown: the form says trouble."""
    desk.answers = [{"response_action": "errors", "errors": {"elsewhere": "no"}}]
    amira.shortcut("ask")
    outcome = amira.submit(question_field="FIT?")
    assert outcome["trouble"]
    assert amira.modal() is not None


def test_forms_lie_three_deep_at_most(desk, amira):
    """A fourth modal on the stack is refused, and the third stays in front."""
    desk.answers = [
        {"response_action": "push", "view": form(title)}
        for title in ("Second", "Third", "Fourth")
    ]
    amira.shortcut("ask")
    for _ in range(2):
        amira.submit(question_field="FIT?")
    assert amira.submit(question_field="FIT?")["trouble"]
    assert amira.modal()["title"]["text"] == "Third"
    amira.close()
    assert amira.modal()["title"]["text"] == "Second"


def test_a_stale_update_is_refused(desk, slack, amira):
    """An update of an older view is `hash_conflict`; of an unknown one, not found."""
    assert desk.heard == []
    amira.shortcut("ask")
    view = amira.modal()
    slack.views_update(view_id=view["id"], view=form("Newer"), hash=view["hash"])
    for stale, code in ((view["id"], "hash_conflict"), ("V0NONE", "not_found")):
        with pytest.raises(SlackApiError) as refused:
            slack.views_update(view_id=stale, view=form("Older"), hash=view["hash"])
        assert refused.value.response["error"] == code


def test_closing_is_told_only_when_asked_for(desk, amira):
    """`view_closed` comes for forms with `notify_on_close`, and for no other."""
    amira.shortcut("ask")
    assert amira.close()["sent"] is False
    desk.view = form(notify_on_close=True, private_metadata="q1")
    amira.shortcut("ask")
    assert amira.close()["acked"] is True
    assert desk.heard[-1]["type"] == "view_closed"
    assert desk.heard[-1]["view"]["private_metadata"] == "q1"


def test_menus_in_messages_say_what_was_chosen(desk, slack, amira):
    """Choosing in a message's menu sends the option; a button not there is refused."""
    menu = {"type": "overflow", "action_id": "more"}
    menu["options"] = [option("later"), option("away")]
    text = {"type": "mrkdwn", "text": "An invitation"}
    blocks = [{"type": "section", "text": text, "accessory": menu}]
    ts = slack.chat_postMessage(channel="U0AMIRA", text="x", blocks=blocks)["ts"]
    channel = amira.player.do("dm_seen", user="U0AMIRA")["channel"]
    amira.choose("more", "away", channel=channel, ts=ts)
    action = next(one for one in desk.heard if one.get("type") == "block_actions")
    assert action["actions"][0]["selected_option"]["value"] == "away"
    assert action["channel"] == {"id": channel, "name": "directmessage"}
    with pytest.raises(Refused, match="nothing with action_id"):
        amira.press("no_such", channel=channel, ts=ts)


def test_a_command_that_is_none_goes_nowhere(server, amira):
    """A command the app does not have is refused before the app hears of it."""
    server.world.app.commands = ["/ask"]
    with pytest.raises(Refused, match="not a valid command"):
        amira.command("/sing", "C0ASK")
    with pytest.raises(Refused, match="not supported in threads"):
        amira.player.do("command", user="U0AMIRA", text="/ask", thread_ts="1.0")
