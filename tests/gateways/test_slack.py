"""Slack as a way out, over real HTTP."""

from datetime import timedelta
from itertools import count

import pytest

from bot.gateways.slack import Slack, key_hash
from bot.ports import Act, NotSent, Receipt
from tests.slack_play import AMIRA, ELSEWHERE, GONE, QUESTIONS, a_minute_ago, message

_numbers = count(1)


@pytest.fixture
def key():
    """A key no other test has used."""
    return f"test:{next(_numbers)}"


def not_sent(slack, told):
    with pytest.raises(NotSent) as caught:
        slack.gateway.send(told, None)
    return caught.value


def test_a_message_arrives_and_its_receipt_says_where(slack, key):
    """The words that are owed are the words that people see."""
    receipt = slack.gateway.send(message(key, text=f"Hello {key}"), None)

    assert receipt.channel == QUESTIONS
    assert slack.amira.sees(QUESTIONS)[-1]["text"] == f"Hello {key}"
    assert slack.amira.sees(QUESTIONS)[-1]["ts"] == receipt.ts


def test_a_members_message_goes_into_the_dm_with_them(slack, key):
    """The receipt names the conversation, so that the message can be found again."""
    told = message(key, to=AMIRA, text="A question for you")
    receipt = slack.gateway.send(told, None)

    assert receipt.channel.startswith("D")
    assert slack.amira.dms()[-1]["text"] == "A question for you"
    assert slack.gateway.find(told, None, since=a_minute_ago()) == (receipt,)


def test_a_message_with_a_target_goes_into_its_thread(slack, key):
    """Replies stand under the message they reply to."""
    root = slack.gateway.send(message(key), None)
    told = message(f"{key}:reply", text="In the thread", target=key)
    reply = slack.gateway.send(told, root)

    assert slack.texts(QUESTIONS, root.ts)[-1] == "In the thread"
    assert slack.gateway.find(told, root, since=a_minute_ago()) == (reply,)


def test_a_thread_that_did_not_begin_with_us_can_be_joined(slack, key):
    """A thread's own ts will do where there is no message of ours to point at."""
    root = slack.ben.post(QUESTIONS, "Who repeats FIT?")
    slack.gateway.send(message(key, text="Collating", thread_ts=root.ts), None)

    assert slack.texts(QUESTIONS, root.ts) == ["Who repeats FIT?", "Collating"]


def test_a_connection_dropped_after_the_post_is_in_doubt_and_found_again(slack, key):
    """It is sent once: nobody sees two, and its receipt is not lost."""
    slack.player.fault("drop_after", "chat.postMessage")
    told = message(key, text=f"Only once {key}")

    assert not_sent(slack, told).uncertain
    (found,) = slack.gateway.find(told, None, since=a_minute_ago())
    assert slack.texts().count(f"Only once {key}") == 1
    assert slack.amira.sees(QUESTIONS)[-1]["ts"] == found.ts


def test_what_never_arrived_is_not_found(slack, key):
    """A doubt can be settled the other way too: then it is sent again."""
    slack.player.fault("drop_before", "chat.postMessage")
    told = message(key)

    assert not_sent(slack, told).uncertain
    assert slack.gateway.find(told, None, since=a_minute_ago()) == ()


def test_every_copy_is_found_oldest_first(slack, key):
    """So that all but the first can be taken away."""
    told = message(key)
    copies = tuple(slack.gateway.send(told, None) for _ in range(2))

    assert slack.gateway.find(told, None, since=a_minute_ago()) == copies
    slack.gateway.remove(copies[1])
    assert slack.gateway.find(told, None, since=a_minute_ago()) == copies[:1]


def test_removing_what_has_gone_is_no_failure(slack, key):
    """Somebody else may have deleted it first."""
    receipt = slack.gateway.send(message(key), None)
    slack.gateway.remove(receipt)
    slack.gateway.remove(receipt)

    assert receipt.ts not in [one["ts"] for one in slack.amira.sees(QUESTIONS)]


@pytest.mark.parametrize("kind", ["status", "status_after"])
def test_a_failing_server_leaves_a_post_in_doubt(slack, key, kind):
    """A 500 does not say whether the message was made."""
    slack.player.fault(kind, "chat.postMessage", status=500)

    error = not_sent(slack, message(key))

    assert error.uncertain
    assert not error.permanent


@pytest.mark.parametrize("code", ["internal_error", "fatal_error"])
def test_slacks_own_doubt_is_ours(slack, key, code):
    """Slack documents that these may come after the act was done."""
    slack.player.fault("error", "chat.postMessage", error=code)

    assert not_sent(slack, message(key)).uncertain


def test_no_answer_in_time_is_in_doubt(slack, key):
    """A time-out says nothing about what the other side did."""
    slack.player.fault("delay_after", "chat.postMessage", seconds=2)

    assert not_sent(slack, message(key)).uncertain


def test_a_rate_limit_is_passed_on_with_its_wait(slack, key):
    """The outbox waits as long as Slack asked; nothing sleeps here."""
    slack.player.fault("ratelimited", "chat.postMessage", seconds=7)

    error = not_sent(slack, message(key))

    assert error.retry_after == timedelta(seconds=7)
    assert not error.uncertain
    assert not error.permanent


def test_a_slack_that_cannot_be_reached_leaves_no_doubt(slack, key):
    """Where no connection was made, nothing can have been posted."""
    client = slack.sending
    client.base_url = "http://127.0.0.1:9/api/"

    with pytest.raises(NotSent) as caught:
        Slack(client).send(message(key), None)

    assert not caught.value.uncertain
    assert not caught.value.permanent


def test_opening_a_dm_that_fails_leaves_no_doubt_about_the_message(slack, key):
    """The message itself was never sent."""
    slack.player.fault("status", "conversations.open", status=500)

    assert not not_sent(slack, message(key, to=AMIRA)).uncertain


def test_a_channel_without_the_bot_is_named_with_what_to_do(slack, key):
    """A coordinator can act on the reason."""
    error = not_sent(slack, message(key, to=ELSEWHERE))

    assert error.permanent
    assert f"the bot is not in {ELSEWHERE}: invite it" in error.reason


@pytest.mark.parametrize("to", ["C0NOWHERE", GONE])
def test_what_cannot_be_reached_is_given_up_at_once(slack, key, to):
    """Trying again would not help; a coordinator is told."""
    assert not_sent(slack, message(key, to=to)).permanent


def test_a_revoked_token_does_not_cost_a_single_message(slack, key):
    """Nothing is wrong with the messages: they wait until the token is mended."""
    slack.player.fault("error", "chat.postMessage", error="token_revoked")

    error = not_sent(slack, message(key))

    assert not error.permanent
    assert error.retry_after is not None
    assert "SLACK_BOT_TOKEN" in error.reason


@pytest.mark.parametrize(
    "body",
    [
        {"text": " "},
        {"text": "x" * 40_001},
        {"text": "x", "blocks": [{"type": "divider"}] * 51},
        {"text": "x", "blocks": [{"type": "section", "text": {"text": ""}}]},
        {"text": "x", "blocks": [{"type": "section", "text": {"text": "x" * 3001}}]},
        {"text": "x", "blocks": [{"type": "section"}]},
        {"text": "x", "blocks": [{"type": "header", "text": {"text": "x" * 151}}]},
        {"text": "x", "blocks": [{"type": "actions", "elements": []}]},
        {"text": "x", "blocks": [{"type": "context", "elements": [{}] * 11}]},
        {
            "text": "x",
            "blocks": [
                {
                    "type": "actions",
                    "elements": [{"type": "button", "text": {"text": "x" * 76}}],
                }
            ],
        },
    ],
)
def test_what_slack_would_refuse_or_cut_is_not_sent(slack, key, body):
    """A message is parked with the reason, never cut short."""
    told = message(key)
    with pytest.raises(NotSent) as caught:
        slack.gateway.send(type(told)(key=key, to=QUESTIONS, body=body), None)

    assert caught.value.permanent
    assert "not fit for Slack" in caught.value.reason


def test_a_message_can_be_changed_and_still_be_found(slack, key):
    """Changing the words keeps what the message is found by."""
    told = message(key, text="Open")
    receipt = slack.gateway.send(told, None)
    slack.gateway.send(
        message(f"{key}:2", act=Act.UPDATE, text="Closed", target=key), receipt
    )

    assert slack.texts()[-1] == "Closed"
    assert slack.gateway.find(told, None, since=a_minute_ago()) == (receipt,)


def test_changing_is_never_in_doubt(slack, key):
    """It is safe to repeat, so that it need not be looked for."""
    receipt = slack.gateway.send(message(key), None)
    slack.player.fault("drop_after", "chat.update")

    with pytest.raises(NotSent) as caught:
        slack.gateway.send(message(f"{key}:2", act=Act.UPDATE, target=key), receipt)

    assert not caught.value.uncertain


def test_changing_what_was_deleted_is_given_up(slack, key):
    """The message is not there any more, and the reason says so."""
    receipt = slack.gateway.send(message(key), None)
    slack.gateway.remove(receipt)

    with pytest.raises(NotSent, match="not there any more") as caught:
        slack.gateway.send(message(f"{key}:2", act=Act.UPDATE, target=key), receipt)

    assert caught.value.permanent


def test_a_message_can_be_taken_away(slack, key):
    """A withdrawn invitation leaves nothing behind, however often it is withdrawn."""
    receipt = slack.gateway.send(message(key, text=f"Going {key}"), None)
    away = message(f"{key}:2", act=Act.DELETE, target=key)

    assert slack.gateway.send(away, receipt) == receipt
    assert slack.gateway.send(away, receipt) == receipt
    assert f"Going {key}" not in slack.texts()


def test_a_members_home_is_shown(slack, key):
    """Home is published for the member whom it is for."""
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
    view = {"type": "home", "blocks": [section]}
    told = message(key, to=AMIRA, act=Act.HOME)
    receipt = slack.gateway.send(
        type(told)(key=key, to=AMIRA, act=Act.HOME, body={"view": view}), None
    )

    assert receipt.channel == AMIRA
    assert slack.amira.home()["blocks"][0]["text"]["text"] == "Hello"


def test_posts_keep_their_channels_pace_and_everything_its_methods(slack):
    """No pause is asked for where there is none."""
    quick = Slack(slack.sending, channel_pause=timedelta(0), tiers={})

    assert dict(slack.gateway.paces(message("k"))) == {
        "slack:chat.postMessage": timedelta(milliseconds=200),
        f"slack:chat.postMessage:{QUESTIONS}": timedelta(seconds=1),
    }
    assert dict(slack.gateway.paces(message("k", act=Act.UPDATE))) == {
        "slack:chat.update": timedelta(milliseconds=1200)
    }
    assert quick.paces(message("k")) == ()


def test_the_key_itself_is_not_shown_to_members(slack, key):
    """Who was asked is in a key; what travels with the message is its hash."""
    receipt = slack.gateway.send(message(key), None)
    shown = slack.player.do("message", channel=receipt.channel, ts=receipt.ts)

    assert key not in str(shown)
    assert key_hash(key) in str(shown)


def test_looking_for_a_message_in_a_vanished_thread_finds_nothing(slack, key):
    """The thread has gone, and every copy with it."""
    told = message(key, target="root")
    nowhere = Receipt(channel=QUESTIONS, ts="1.000001")

    assert slack.gateway.find(told, nowhere, since=a_minute_ago()) == ()


def test_a_look_up_that_fails_says_nothing_about_the_message(slack, key):
    """Not having been able to look is not the same as not having found."""
    slack.player.fault("status", "conversations.history", status=503)

    with pytest.raises(NotSent, match="looking for it"):
        slack.gateway.find(message(key), None, since=a_minute_ago())
