"""What the Web API promises an app, tried with the client the bot uses."""

import pytest
from slack_sdk.errors import SlackApiError


def refusal(call, **given):
    """Call and give Slack's refusal."""
    with pytest.raises(SlackApiError) as refused:
        call(**given)
    return refused.value.response


def section(text):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def test_the_bot_learns_who_it_is(slack):
    """`auth.test` names bot, user and team, and every answer lists the scopes."""
    answer = slack.auth_test()
    assert answer["user_id"]
    assert answer["bot_id"].startswith("B")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


def test_an_unknown_token_is_refused(target):
    """A token nobody issued is `invalid_auth`; no token at all is `not_authed`."""
    refused = refusal(target.client("xoxb-nobodys").auth_test)
    assert refused["error"] == "invalid_auth"
    assert refusal(target.client("").auth_test)["error"] == "not_authed"


def test_a_method_that_is_none_is_refused(slack):
    """A method that does not exist is `unknown_method`."""
    assert refusal(slack.api_call, api_method="chat.shout")["error"] == "unknown_method"


def test_a_post_is_in_the_history_with_its_text_escaped(target, slack, channel):
    """What is posted is read back, `&` and stray `<` escaped."""
    words = target.words("this & that < those")
    posted = slack.chat_postMessage(channel=channel, text=words)
    assert isinstance(posted["ts"], str)
    newest = slack.conversations_history(channel=channel, limit=1)["messages"][0]
    assert newest["ts"] == posted["ts"]
    assert newest["text"].startswith("this &amp; that &lt; those")
    assert newest["bot_id"] == slack.auth_test()["bot_id"]


def test_metadata_is_kept_and_shown_only_on_request(target, slack, channel):
    """`metadata` comes back with `include_all_metadata` and not without."""
    kept = {"event_type": "convenor_key", "event_payload": {"key": "a1"}}
    ts = slack.chat_postMessage(channel=channel, text=target.words(), metadata=kept)[
        "ts"
    ]
    asked = {"channel": channel, "latest": ts, "inclusive": True, "limit": 1}
    without = slack.conversations_history(**asked)["messages"][0]
    shown = slack.conversations_history(**asked, include_all_metadata=True)
    assert without.get("metadata", {}).get("event_payload") is None
    assert shown["messages"][0]["metadata"] == kept


def test_a_thread_is_read_root_first(target, slack, channel):
    """`replies` gives the root, then replies in order; the root counts them."""
    root = slack.chat_postMessage(channel=channel, text=target.words("root"))["ts"]
    replies = [
        slack.chat_postMessage(channel=channel, text=f"reply {n}", thread_ts=root)["ts"]
        for n in range(3)
    ]
    thread = slack.conversations_replies(channel=channel, ts=root)["messages"]
    assert [one["ts"] for one in thread] == [root, *replies]
    assert thread[0]["thread_ts"] == root
    assert thread[0]["reply_count"] == 3
    assert thread[0]["latest_reply"] == replies[-1]
    newest = slack.conversations_history(channel=channel, limit=1)["messages"][0]
    assert newest["ts"] == root, "replies stay out of the channel's history"


def test_an_update_changes_text_and_says_so(target, slack, channel):
    """`chat.update` changes the text and marks the message as edited."""
    ts = slack.chat_postMessage(channel=channel, text=target.words())["ts"]
    slack.chat_update(channel=channel, ts=ts, text="other words")
    thread = slack.conversations_replies(channel=channel, ts=ts)["messages"]
    assert thread[0]["text"] == "other words"
    assert "edited" in thread[0]


def test_what_is_not_there_cannot_be_changed(slack, channel):
    """Changing or deleting no message is `message_not_found`."""
    gone = {"channel": channel, "ts": "1000000000.000001"}
    changed = refusal(slack.chat_update, **gone, text="x")
    assert changed["error"] == "message_not_found"
    assert refusal(slack.chat_delete, **gone)["error"] == "message_not_found"


def test_a_deleted_message_is_gone(target, slack, channel):
    """`chat.delete` takes a message out of history; a second time there is none."""
    ts = slack.chat_postMessage(channel=channel, text=target.words())["ts"]
    slack.chat_delete(channel=channel, ts=ts)
    seen = slack.conversations_history(channel=channel, limit=5)["messages"]
    assert ts not in [one["ts"] for one in seen]
    again = refusal(slack.chat_delete, channel=channel, ts=ts)
    assert again["error"] == "message_not_found"


def test_a_deleted_root_leaves_a_tombstone(target, slack, channel):
    """A deleted root with replies stays as a tombstone that shows no text."""
    root = slack.chat_postMessage(channel=channel, text=target.words())["ts"]
    slack.chat_postMessage(channel=channel, text="a reply", thread_ts=root)
    slack.chat_delete(channel=channel, ts=root)
    thread = slack.conversations_replies(channel=channel, ts=root)["messages"]
    assert thread[0]["subtype"] == "tombstone"
    assert thread[1]["text"] == "a reply"


def test_nothing_to_say_is_refused(slack, channel):
    """A message without text or blocks is `no_text`."""
    nothing = {"channel": channel, "text": ""}
    refused = refusal(slack.api_call, api_method="chat.postMessage", json=nothing)
    assert refused["error"] == "no_text"


def test_an_unknown_channel_is_refused(slack):
    """A channel that is not there is `channel_not_found`, to post or to read."""
    nowhere = "C0NOWHERE0"
    posted = refusal(slack.chat_postMessage, channel=nowhere, text="x")
    assert posted["error"] == "channel_not_found"
    read = refusal(slack.conversations_history, channel=nowhere)
    assert read["error"] == "channel_not_found"


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x" * 3001)],
        [section("")],
        [{"type": "divider"}] * 51,
        [{"type": "no_such_block"}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "actions", "elements": []}],
    ],
    ids=["long section", "empty text", "51 blocks", "unknown", "long header", "empty"],
)
def test_blocks_that_break_the_rules_are_refused(slack, channel, blocks):
    """Blocks too long, too many, empty or unknown are `invalid_blocks`, with why."""
    refused = refusal(slack.chat_postMessage, channel=channel, text="x", blocks=blocks)
    assert refused["error"].startswith("invalid_blocks")
    assert refused["response_metadata"]["messages"]


def test_history_is_read_page_by_page(slack, channel):
    """Following cursors gives every message once, newest first."""
    posted = [
        slack.chat_postMessage(channel=channel, text=f"page {n}")["ts"]
        for n in range(5)
    ]
    span = {"oldest": posted[0], "latest": posted[-1], "inclusive": True}
    asked = slack.conversations_history(channel=channel, limit=2, **span)
    pages = [page.data for page in asked]
    read = [one["ts"] for page in pages for one in page["messages"]]
    assert read == posted[::-1]
    assert [page["has_more"] for page in pages] == [True, True, False]


def test_bounds_are_left_out_unless_inclusive(slack, channel):
    """`oldest` and `latest` themselves are left out unless `inclusive`."""
    posted = [
        slack.chat_postMessage(channel=channel, text=f"bound {n}")["ts"]
        for n in range(3)
    ]
    span = {"oldest": posted[0], "latest": posted[-1]}
    inside = slack.conversations_history(channel=channel, **span)["messages"]
    assert [one["ts"] for one in inside] == [posted[1]]


def test_a_long_thread_is_read_page_by_page(target, slack, channel):
    """Following cursors gives every reply once, the root leading each page."""
    root = slack.chat_postMessage(channel=channel, text=target.words())["ts"]
    replies = [
        slack.chat_postMessage(channel=channel, text=f"r{n}", thread_ts=root)["ts"]
        for n in range(5)
    ]
    asked = slack.conversations_replies(channel=channel, ts=root, limit=3)
    pages = [page.data for page in asked]
    assert all(page["messages"][0]["ts"] == root for page in pages)
    read = [one["ts"] for page in pages for one in page["messages"][1:]]
    assert read == replies


def test_a_made_up_cursor_is_refused(slack, channel):
    """A cursor Slack did not give is `invalid_cursor`."""
    refused = refusal(slack.conversations_history, channel=channel, cursor="mine")
    assert refused["error"] == "invalid_cursor"


def test_a_thread_that_is_not_there_is_refused(slack, channel):
    """Reading a thread that does not exist is `thread_not_found`."""
    asked = {"channel": channel, "ts": "1000000000.000001"}
    refused = refusal(slack.conversations_replies, **asked)
    assert refused["error"] == "thread_not_found"


def test_a_reaction_is_given_once(target, slack, channel):
    """A second same reaction is `already_reacted`, a second removal `no_reaction`."""
    ts = slack.chat_postMessage(channel=channel, text=target.words())["ts"]
    reaction = {"channel": channel, "timestamp": ts, "name": "eyes"}
    slack.reactions_add(**reaction)
    assert refusal(slack.reactions_add, **reaction)["error"] == "already_reacted"
    shown = slack.reactions_get(channel=channel, timestamp=ts)["message"]
    assert shown["reactions"][0]["count"] == 1
    slack.reactions_remove(**reaction)
    assert refusal(slack.reactions_remove, **reaction)["error"] == "no_reaction"


def test_a_permalink_leads_to_the_message(target, slack, channel):
    """A permalink names channel and timestamp."""
    ts = slack.chat_postMessage(channel=channel, text=target.words())["ts"]
    link = slack.chat_getPermalink(channel=channel, message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/{channel}/p{ts.replace('.', '')}")


def test_people_are_listed_and_found(slack):
    """`users.list` has the bot itself; nobody is `user_not_found`."""
    itself = slack.auth_test()["user_id"]
    everybody = [one["id"] for page in slack.users_list() for one in page["members"]]
    assert itself in everybody
    assert refusal(slack.users_info, user="U0NOBODY00")["error"] == "user_not_found"
    asked = {"email": "nobody@example.invalid"}
    refused = refusal(slack.users_lookupByEmail, **asked)
    assert refused["error"] == "users_not_found"


def test_joining_twice_does_no_harm(slack, channel):
    """Joining a channel the bot is in succeeds, with a warning."""
    answer = slack.conversations_join(channel=channel)
    assert answer["warning"] == "already_in_channel"
    members = slack.conversations_members(channel=channel)["members"]
    assert slack.auth_test()["user_id"] in members


def test_a_form_needs_a_trigger(slack):
    """A made-up trigger opens nothing."""
    view = {"type": "modal", "title": {"type": "plain_text", "text": "A form"}}
    view["blocks"] = [section("words")]
    refused = refusal(slack.views_open, trigger_id="1.2.abc", view=view)
    assert refused["error"] == "invalid_trigger_id"


def test_the_apps_token_is_not_the_bots(target):
    """Each kind of token does its own work: `not_allowed_token_type` otherwise."""
    bot = target.client()
    opened = refusal(bot.apps_connections_open, app_token=target.bot_token)
    assert opened["error"] == "not_allowed_token_type"
    posted = refusal(target.client(target.app_token).users_list)
    assert posted["error"] == "not_allowed_token_type"
