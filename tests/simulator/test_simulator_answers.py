"""Response addresses, pushed forms and the smaller methods."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient


def plain(text):
    return {"type": "plain_text", "text": text}


def card(*names):
    buttons = [
        {"type": "button", "action_id": name, "value": name, "text": plain(name)}
        for name in names
    ]
    return [{"type": "actions", "elements": buttons}]


def modal(title, *names):
    return {"type": "modal", "title": plain(title), "blocks": card(*names)}


def pressed(listening, action_id):
    """Wait for a button and give the payload it sent."""

    def fits(request):
        actions = request.payload.get("actions") or [{}]
        return actions[0].get("action_id") == action_id

    return listening.wait_for(fits).payload


def ephemeral(slack):
    shown = {"channel": "C0ASK", "user": "U0AMIRA", "text": "a card"}
    return slack.chat_postEphemeral(**shown, blocks=card("keep", "drop"))["message_ts"]


def test_an_ephemeral_can_be_replaced_and_taken_away(slack, amira, ears):
    """Only its response address changes an ephemeral; no method can."""
    with ears() as listening:
        ts = ephemeral(slack)
        amira.press("keep", channel="C0ASK", ts=ts)
        body = pressed(listening, "keep")
        assert body["container"]["is_ephemeral"] is True
        WebhookClient(body["response_url"]).send(text="kept", replace_original=True)
        assert [one["text"] for one in amira.sees("C0ASK")] == ["kept"]
        with pytest.raises(SlackApiError, match="message_not_found"):
            slack.chat_update(channel="C0ASK", ts=ts, text="other")
        WebhookClient(body["response_url"]).send(delete_original=True)
        assert amira.sees("C0ASK") == []


def test_an_address_answers_five_times(slack, player, amira, ears):
    """A response address can post for all to see, and is used up after five."""
    with ears() as listening:
        ts = slack.chat_postMessage(channel="C0ASK", text="x", blocks=card("go"))["ts"]
        amira.press("go", channel="C0ASK", ts=ts)
        client = WebhookClient(pressed(listening, "go")["response_url"])
        statuses = [
            client.send(text=f"n{n}", response_type="in_channel").status_code
            for n in range(6)
        ]
    assert statuses == [200] * 5 + [404]
    seen = [one["text"] for one in player.person("U0BRYN").sees("C0ASK")]
    assert seen[1:] == [f"n{n}" for n in range(5)]


def test_a_button_in_a_form_can_push_another(slack, amira, ears):
    """A button's trigger pushes a form on top, which knows what it lies on."""
    with ears() as listening:
        amira.shortcut("ask")
        trigger = listening.wait_for(lambda one: one.payload["type"] == "shortcut")
        opened = slack.views_open(
            trigger_id=trigger.payload["trigger_id"], view=modal("First", "more")
        )
        amira.press("more")
        body = pressed(listening, "more")
        slack.views_push(trigger_id=body["trigger_id"], view=modal("Second", "less"))
    front = amira.modal()
    assert body["container"] == {"type": "view", "view_id": opened["view"]["id"]}
    assert front["title"]["text"] == "Second"
    assert front["previous_view_id"] == front["root_view_id"] == opened["view"]["id"]


def test_a_button_on_the_home_says_so(slack, amira, ears):
    """A press on App Home carries the Home's view and no channel."""
    with ears() as listening:
        home = {"type": "home", "blocks": card("ask_here")}
        slack.views_publish(user_id="U0AMIRA", view=home)
        amira.press("ask_here", home=True)
        body = pressed(listening, "ask_here")
    assert body["view"]["type"] == "home"
    assert "channel" not in body


def test_of_several_buttons_alike_the_value_decides(slack, amira, ears):
    """Two blocks may have the same action; the player chooses by value."""
    blocks = [*card("vote"), *card("vote")]
    blocks[1]["elements"][0]["value"] = "second"
    with ears() as listening:
        ts = slack.chat_postMessage(channel="C0ASK", text="x", blocks=blocks)["ts"]
        amira.press("vote", channel="C0ASK", ts=ts, value="second")
        assert pressed(listening, "vote")["actions"][0]["value"] == "second"


def test_the_bot_knows_its_channels_and_its_team(server, slack):
    """`users.conversations` lists the bot's channels; `team.info` needs its scope."""
    inside = [one["id"] for one in slack.users_conversations()["channels"]]
    assert inside == ["C0ASK"]
    with pytest.raises(SlackApiError) as refused:
        slack.team_info()
    assert refused.value.response["needed"] == "team:read"
    server.world.app.scopes.append("team:read")
    assert slack.team_info()["team"]["name"] == "Simulated workspace"


def test_a_channel_can_be_opened_again(slack, player):
    """What was archived takes posts again once it is not."""
    player.do("archive", channel="C0ASK")
    player.do("unarchive", channel="C0ASK")
    assert slack.chat_postMessage(channel="#questions", text="back")["ok"]
