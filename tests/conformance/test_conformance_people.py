"""What people's acts look like to an app, where somebody can play a person."""

import time

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from tests.conformance.hearing import is_event, says

BUTTON = {
    "type": "actions",
    "block_id": "invitation",
    "elements": [
        {
            "type": "button",
            "action_id": "accept",
            "value": "q1",
            "text": {"type": "plain_text", "text": "Answer"},
        }
    ],
}
FORM = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": {"type": "plain_text", "text": "Question"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def is_kind(kind):
    return lambda request: request.payload.get("type") == kind


def opening(slack, answers):
    """Answer shortcuts by opening the form, and submissions from *answers*."""

    def answer(request):
        if request.payload.get("type") == "shortcut":
            slack.views_open(trigger_id=request.payload["trigger_id"], view=FORM)
        if request.payload.get("type") == "view_submission":
            return answers.pop(0)
        return None

    return answer


def test_a_person_is_heard(target, amira):
    """A person's post arrives with their id and without a bot's."""
    with target.ears() as ears:
        words = target.words()
        said = amira.post(target.channel, words)
        event = ears.wait_for(says(words)).payload["event"]
    assert event["user"] == "U0AMIRA"
    assert event["ts"] == said.ts
    assert event["channel_type"] == "channel"
    assert "bot_id" not in event


def test_a_mention_is_heard_twice(target, slack, amira):
    """Naming the bot gives `app_mention` beside `message`."""
    with target.ears() as ears:
        me = slack.auth_test()["user_id"]
        amira.post(target.channel, f"<@{me}> are you there?")
        mention = ears.wait_for(is_event("app_mention"))
    assert mention.payload["event"]["user"] == "U0AMIRA"


def test_the_bot_cannot_change_other_peoples_words(target, slack, amira):
    """Somebody else's message is `cant_update_message`, `cant_delete_message`."""
    said = amira.post(target.channel, "mine")
    for call, code in (
        (slack.chat_update, "cant_update_message"),
        (slack.chat_delete, "cant_delete_message"),
    ):
        with pytest.raises(SlackApiError) as refused:
            call(channel=said.channel, ts=said.ts, text="yours")
        assert refused.value.response["error"] == code


def test_an_ephemeral_is_seen_by_one_and_kept_by_none(target, slack, amira):
    """An ephemeral message is shown to its reader and is in no history."""
    words = target.words()
    slack.chat_postEphemeral(channel=target.channel, user=amira.id, text=words)
    history = slack.conversations_history(channel=target.channel, limit=5)
    assert words not in [one["text"] for one in history["messages"]]
    assert words in [one["text"] for one in amira.sees(target.channel)]


def test_a_button_says_who_pressed_what(target, slack, amira):
    """Pressing a button sends `block_actions`; its response address can answer."""
    with target.ears() as ears:
        posted = slack.chat_postMessage(
            channel=target.channel, text="an invitation", blocks=[BUTTON]
        )
        amira.press("accept", channel=target.channel, ts=posted["ts"])
        body = ears.wait_for(is_kind("block_actions")).payload
        answered = WebhookClient(body["response_url"]).send(
            text="taken", replace_original=True
        )
    action = body["actions"][0]
    assert answered.status_code == 200
    assert (action["action_id"], action["value"]) == ("accept", "q1")
    assert body["user"]["id"] == "U0AMIRA"
    assert body["container"]["message_ts"] == posted["ts"]
    thread = slack.conversations_replies(channel=target.channel, ts=posted["ts"])
    assert thread["messages"][0]["text"] == "taken"


def test_a_form_is_opened_filled_in_and_refused_and_accepted(target, slack, amira):
    """A form shows the app's errors and stays; accepted, it closes."""
    errors = {"response_action": "errors", "errors": {"question": "Say more."}}
    with target.ears(answer=opening(slack, [errors, None])) as ears:
        amira.shortcut("ask")
        first = amira.submit(text="FIT?")
        still_there = amira.modal()
        second = amira.submit(text="When do you repeat FIT?")
        submission = ears.wait_for(is_kind("view_submission")).payload
    assert first["errors"] == {"question": "Say more."}
    assert still_there["state"]["values"]["question"]["text"]["value"] == "FIT?"
    assert second["modal"] is None
    assert submission["view"]["callback_id"] == "ask"
    assert submission["view"]["state"]["values"]["question"]["text"]["value"] == "FIT?"


def test_a_trigger_is_good_once(target, slack, amira):
    """A second form on one trigger is `exchanged_trigger_id`."""
    with target.ears() as ears:
        amira.shortcut("ask")
        trigger = ears.wait_for(is_kind("shortcut")).payload["trigger_id"]
        slack.views_open(trigger_id=trigger, view=FORM)
        with pytest.raises(SlackApiError) as refused:
            slack.views_open(trigger_id=trigger, view=FORM)
    assert refused.value.response["error"] == "exchanged_trigger_id"
    amira.close()


def test_a_trigger_does_not_live_long(target, player, slack, amira):
    """A form opened too late is `expired_trigger_id`."""
    player.do("delays", trigger_life=0.05)
    try:
        with target.ears() as ears:
            amira.shortcut("ask")
            trigger = ears.wait_for(is_kind("shortcut")).payload["trigger_id"]
            time.sleep(0.1)
            with pytest.raises(SlackApiError) as refused:
                slack.views_open(trigger_id=trigger, view=FORM)
    finally:
        player.do("delays", trigger_life=3)
    assert refused.value.response["error"] == "expired_trigger_id"


def test_a_commands_answer_is_seen_by_its_author(target, amira):
    """What a command is acknowledged with is shown to whoever typed it."""
    with target.ears(answer=lambda _: {"text": "Here is help."}) as ears:
        amira.command("/convenor help me", target.channel)
        body = ears.wait_for(lambda one: one.type == "slash_commands").payload
    assert (body["command"], body["text"]) == ("/convenor", "help me")
    assert body["user_id"] == "U0AMIRA"
    assert amira.sees(target.channel)[-1]["text"] == "Here is help."


def test_a_message_shortcut_brings_the_message(target, amira):
    """A message shortcut sends the message it was used on."""
    with target.ears() as ears:
        said = amira.post(target.channel, "worth asking")
        amira.message_shortcut("route", said)
        body = ears.wait_for(is_kind("message_action")).payload
    assert body["message"]["ts"] == said.ts
    assert body["channel"]["id"] == target.channel
    assert body["callback_id"] == "route"


def test_home_is_published_and_opened(target, slack, amira):
    """Opening Home is heard; what is published is what is seen."""
    with target.ears() as ears:
        amira.open_home()
        event = ears.wait_for(is_event("app_home_opened")).payload["event"]
        text = {"type": "mrkdwn", "text": "Needs you"}
        blocks = [{"type": "section", "text": text}]
        slack.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": blocks}
        )
    assert amira.home()["blocks"][0]["text"]["text"] == "Needs you"


def test_a_direct_message_reaches_the_bot(target, slack, amira):
    """A DM arrives as a message in an `im` channel the bot can answer in."""
    with target.ears() as ears:
        words = target.words()
        said = amira.dm(words)
        event = ears.wait_for(says(words)).payload["event"]
    opened = slack.conversations_open(users=amira.id)["channel"]["id"]
    assert event["channel_type"] == "im"
    assert event["channel"] == said.channel == opened


def test_a_page_of_people_joins(target, player):
    """A newcomer is heard of, and so is their joining."""
    with target.ears() as ears:
        newcomer = player.new_person("cerys", email="cerys@example.org")
        newcomer.join(target.channel)
        team_join = ears.wait_for(is_event("team_join")).payload["event"]
        joined = ears.wait_for(is_event("member_joined_channel")).payload["event"]
        line = ears.wait_for(is_event("message", "channel_join"))
    assert team_join["user"]["profile"]["email"] == "cerys@example.org"
    assert (joined["user"], joined["channel"]) == (newcomer.id, target.channel)
    assert line.payload["event"]["user"] == newcomer.id
