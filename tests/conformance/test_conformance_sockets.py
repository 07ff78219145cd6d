"""What Socket Mode promises an app, tried with the client the bot uses."""

import time

from tests.conformance.hearing import Ears, is_event, says


def test_an_event_comes_in_its_wrapping(target, slack, channel):
    """An event carries an id, team, app and authorisation; the bot hears itself."""
    with target.ears() as ears:
        words = target.words()
        ts = slack.chat_postMessage(channel=channel, text=words)["ts"]
        request = ears.wait_for(says(words), target.patience)
    body = request.payload
    assert request.type == "events_api"
    assert body["type"] == "event_callback"
    assert body["event_id"].startswith("Ev")
    assert {"team_id", "api_app_id", "event_time", "authorizations"} <= set(body)
    assert body["event"]["ts"] == ts
    assert body["event"]["channel"] == channel
    assert body["event"]["bot_id"] == slack.auth_test()["bot_id"]


def test_each_event_goes_to_one_connection(target, slack, channel):
    """With two connections open every event is heard once, on one of them."""
    with target.ears() as one, target.ears() as other:
        texts = [target.words(f"n{n}") for n in range(8)]
        for words in texts:
            slack.chat_postMessage(channel=channel, text=words)
        until = time.monotonic() + target.patience
        while len(_heard(one, other, texts)) < len(texts):
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(0.1)
        assert sorted(_heard(one, other, texts)) == sorted(texts)


def _heard(one, other, texts):
    return [e["text"] for e in one.events + other.events if e.get("text") in texts]


def test_what_is_not_acknowledged_is_sent_again(target, slack, channel):
    """An event left unanswered comes again, the same event, counted, with why."""
    heard = []

    def first_silent(request):
        heard.append(request)
        return None if request.retry_attempt else Ears.SILENT

    with target.ears(answer=first_silent) as ears:
        words = target.words()
        slack.chat_postMessage(channel=channel, text=words)
        again = ears.wait_for(
            lambda one: says(words)(one) and one.retry_attempt == 1, target.patience
        )
    first = next(one for one in heard if says(words)(one))
    assert again.retry_reason == "timeout"
    assert again.payload["event_id"] == first.payload["event_id"]


def test_edits_and_deletions_say_what_was_there_before(target, slack, channel):
    """`message_changed` and `message_deleted` carry the previous message."""
    with target.ears() as ears:
        words = target.words()
        ts = slack.chat_postMessage(channel=channel, text=words)["ts"]
        slack.chat_update(channel=channel, ts=ts, text="other words")
        changed = ears.wait_for(is_event("message", "message_changed"), target.patience)
        slack.chat_delete(channel=channel, ts=ts)
        gone = ears.wait_for(is_event("message", "message_deleted"), target.patience)
    assert changed.payload["event"]["message"]["text"] == "other words"
    assert changed.payload["event"]["previous_message"]["text"] == words
    assert gone.payload["event"]["deleted_ts"] == ts
    assert gone.payload["event"]["previous_message"]["ts"] == ts


def test_a_dropped_connections_unanswered_event_is_sent_again(player, target, slack):
    """What a broken connection had not acknowledged reaches the next one."""
    with target.ears(answer=lambda _: Ears.SILENT) as broken:
        words = target.words()
        slack.chat_postMessage(channel=target.channel, text=words)
        broken.wait_for(says(words))
        broken.client.auto_reconnect_enabled = False
        broken.client.default_auto_reconnect_enabled = False
        with target.ears() as healthy:
            player.do("drop", socket=player.do("sockets")["sockets"][0]["id"])
            again = healthy.wait_for(says(words))
    assert again.retry_attempt >= 1


def test_a_refresh_loses_nothing(player, target, slack):
    """After a `disconnect` frame the client comes back and hears what follows."""
    with target.ears() as ears:
        for socket in player.do("sockets")["sockets"]:
            player.do("disconnect", socket=socket["id"])
        words = target.words()
        slack.chat_postMessage(channel=target.channel, text=words)
        assert ears.wait_for(says(words))
        kinds = [frame.get("type") for frame in ears.frames]
    assert "disconnect" in kinds
    assert kinds.count("hello") >= 2
