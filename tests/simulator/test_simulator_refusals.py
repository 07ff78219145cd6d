"""The simulator refuses what Slack refuses, in Slack's words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from bot.simulator.blocks import check_message, check_view
from bot.simulator.errors import SlackRefuses


def refusal(call, **given_arguments):
    with pytest.raises(SlackApiError) as refused:
        call(**given_arguments)
    return refused.value.response


def plain(text):
    return {"type": "plain_text", "text": text}


def button(number, text="Go", **more):
    return {"type": "button", "action_id": f"b{number}", "text": plain(text), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def menu(count, text="one", value="v"):
    options = [{"text": plain(text), "value": f"{value}{n}"} for n in range(count)]
    return {"type": "static_select", "action_id": "menu", "options": options}


def overflow(count):
    return menu(count) | {"type": "overflow"}


def modal(*blocks, **more):
    view = {"type": "modal", "title": plain("A form"), "submit": plain("Send")}
    return view | {"blocks": list(blocks)} | more


def asking(**element):
    field = {"type": "plain_text_input", "action_id": "text", **element}
    return {"type": "input", "label": plain("Question"), "element": field}


def section(text="words", **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def test_a_missing_scope_is_named(server, slack):
    """Without a scope a method says which is needed and which there are."""
    server.world.app.scopes = ["chat:write"]
    refused = refusal(slack.users_list)
    assert refused["error"] == "missing_scope"
    assert (refused["needed"], refused["provided"]) == ("users:read", "chat:write")


def test_a_revoked_token_is_refused(slack, player):
    """A revoked token is `token_revoked` from then on."""
    player.do("revoke")
    assert refusal(slack.auth_test)["error"] == "token_revoked"


def test_a_channel_the_bot_is_not_in_is_closed_to_it(slack):
    """Posting and reading are `not_in_channel` until the bot has joined."""
    for call, more in (
        (slack.chat_postMessage, {"text": "x"}),
        (slack.conversations_history, {}),
    ):
        assert refusal(call, channel="C0OPEN", **more)["error"] == "not_in_channel"
    slack.conversations_join(channel="C0OPEN")
    assert slack.chat_postMessage(channel="C0OPEN", text="x")["ok"]


def test_a_private_channel_is_unknown_to_outsiders(slack):
    """A private channel the bot is not in is `channel_not_found`, and not listed."""
    refused = refusal(slack.chat_postMessage, channel="C0STAFF", text="x")
    assert refused["error"] == "channel_not_found"
    listed = slack.conversations_list(types="public_channel")["channels"]
    assert {one["id"] for one in listed} == {"C0ASK", "C0OPEN"}


def test_an_archived_channel_takes_nothing(slack, player):
    """An archived channel is `is_archived` to post in, and can still be read."""
    slack.chat_postMessage(channel="C0ASK", text="before")
    player.do("archive", channel="C0ASK")
    refused = refusal(slack.chat_postMessage, channel="C0ASK", text="after")
    assert refused["error"] == "is_archived"
    read = slack.conversations_history(channel="C0ASK")["messages"]
    assert [one["text"] for one in read] == ["before"]


def test_long_text_is_cut_with_a_warning(slack):
    """Text over 40,000 characters is cut, posted, and warned about."""
    answer = slack.chat_postMessage(channel="C0ASK", text="x" * 40_010)
    assert len(answer["message"]["text"]) == 40_000
    assert answer["warning"] == "message_truncated"


def test_people_who_left_cannot_be_written_to(slack):
    """A deactivated person's conversation is `user_disabled`; nobody's, not found."""
    assert refusal(slack.conversations_open, users="U0GONE")["error"] == "user_disabled"
    opened = refusal(slack.conversations_open, users="U0NOBODY")
    assert opened["error"] == "user_not_found"


def test_a_thread_must_exist(slack):
    """Replying under nothing is `thread_not_found`; under a reply, to its thread."""
    given_thread = {"channel": "C0ASK", "text": "x", "thread_ts": "1.000001"}
    refused = refusal(slack.chat_postMessage, **given_thread)
    assert refused["error"] == "thread_not_found"
    root = slack.chat_postMessage(channel="C0ASK", text="root")["ts"]
    reply = slack.chat_postMessage(channel="C0ASK", text="a", thread_ts=root)["ts"]
    under = slack.chat_postMessage(channel="C0ASK", text="b", thread_ts=reply)
    assert under["message"]["thread_ts"] == root


def test_an_ephemeral_needs_its_reader_in_the_channel(slack):
    """An ephemeral message for somebody outside is `user_not_in_channel`."""
    given_reader = {"channel": "C0ASK", "user": "U0BRYN", "text": "x"}
    refused = refusal(slack.chat_postEphemeral, **given_reader)
    assert refused["error"] == "user_not_in_channel"


def test_metadata_has_a_shape(slack):
    """Metadata without a type and a payload is `invalid_metadata_schema`."""
    wrong = {"channel": "C0ASK", "text": "x", "metadata": {"key": "a"}}
    refused = refusal(slack.api_call, api_method="chat.postMessage", json=wrong)
    assert refused["error"] == "invalid_metadata_schema"


BAD_MESSAGES = {
    "button text": [actions(button(1, "x" * 76))],
    "button value": [actions(button(1, value="x" * 2001))],
    "26 actions": [actions(*(button(n) for n in range(26)))],
    "the same action twice": [actions(button(1), button(1))],
    "11 in context": [{"type": "context", "elements": [plain("x")] * 11}],
    "11 fields": [{"type": "section", "fields": [plain("x")] * 11}],
    "a section of nothing": [{"type": "section"}],
    "101 options": [section(accessory=menu(101))],
    "no options": [section(accessory=menu(0))],
    "option text": [section(accessory=menu(1, "x" * 76))],
    "option value": [section(accessory=menu(1, value="x" * 150))],
    "overflow of 1": [section(accessory=overflow(1))],
    "overflow of 6": [section(accessory=overflow(6))],
    "the same block id": [section(block_id="a"), section(block_id="a")],
    "markup in a header": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "unknown element": [actions({"type": "lever", "action_id": "a"})],
    "an input in actions": [actions(asking()["element"])],
    "image without words": [{"type": "image", "image_url": "https://example.org/i"}],
    "no label": [asking() | {"label": None}],
    "button style": [actions(button(1, style="loud"))],
}


@pytest.mark.parametrize("blocks", BAD_MESSAGES.values(), ids=BAD_MESSAGES.keys())
def test_a_block_that_breaks_a_rule_is_refused(blocks):
    """Each rule of Block Kit is kept, and the refusal points to the place."""
    with pytest.raises(SlackRefuses) as refused:
        check_message(blocks)
    assert refused.value.code == "invalid_blocks"
    assert "json-pointer:/blocks" in refused.value.messages[0]


def test_blocks_at_their_limits_are_taken():
    """What is just within the limits is let through."""
    at_limits = [
        [actions(*(button(n, "x" * 75, value="v" * 2000) for n in range(25)))],
        [section(accessory=menu(100, "x" * 75, "v" * 147))],
        [section(accessory=overflow(5)), section(accessory=overflow(2))],
        [{"type": "header", "text": plain("x" * 150)}, section("x" * 3000)],
        [{"type": "divider"}] * 50,
    ]
    for blocks in at_limits:
        assert check_message(blocks) == blocks


def test_too_much_in_all_is_refused():
    """Blocks each within the limits can be too long together."""
    with pytest.raises(SlackRefuses, match="msg_blocks_too_long"):
        check_message([section("x" * 3000)] * 5)


def test_what_is_not_a_list_of_blocks_is_refused():
    """Anything but a list of objects is `invalid_blocks_format`."""
    for wrong in ({"type": "divider"}, ["divider"], "divider"):
        with pytest.raises(SlackRefuses, match="invalid_blocks_format"):
            check_message(wrong)


BAD_MODALS = {
    "long title": modal(section(), title=plain("x" * 25)),
    "no title": modal(section(), title=None),
    "long submit": modal(section(), submit=plain("x" * 25)),
    "long close": modal(section(), close=plain("x" * 25)),
    "inputs without submit": modal(asking(), submit=None),
    "101 blocks": modal(*[section() for _ in range(101)]),
    "metadata": modal(section(), private_metadata="x" * 3001),
    "a long start": modal(asking(initial_value="x" * 11, max_length=10)),
    "not a modal": modal(section(), type="home"),
    "no blocks": modal() | {"blocks": None},
}


@pytest.mark.parametrize("view", BAD_MODALS.values(), ids=BAD_MODALS.keys())
def test_a_form_that_breaks_a_rule_is_refused(view):
    """Each rule for modals is kept."""
    with pytest.raises(SlackRefuses) as refused:
        check_view(view, "modal")
    assert refused.value.code == "invalid_arguments"
    assert refused.value.messages


def test_a_view_can_be_too_large():
    """A view over 250 KB is `view_too_large`."""
    large = modal(*[section("é" * 3000) for _ in range(90)])
    with pytest.raises(SlackRefuses, match="view_too_large"):
        check_view(large, "modal")


NAMES = (
    *("text", "elements", "element", "options", "value", "fields", "accessory"),
    *("label", "block_id", "action_id", "option_groups", "initial_options", "rows"),
    *("style", "confirm", "initial_option", "max_length", "placeholder"),
)
TYPES = (
    *("section", "actions", "input", "context", "header", "table", "divider"),
    *("button", "static_select", "overflow", "plain_text_input", "radio_buttons"),
    *("plain_text", "mrkdwn", "image", "no_such_type"),
)


def _objects(inside):
    fields = st.dictionaries(st.sampled_from(NAMES), inside, max_size=4)
    kind = st.sampled_from(TYPES) | st.lists(st.integers(), max_size=1)
    return st.builds(lambda given, kind: {"type": kind} | given, fields, kind)


SCRAPS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(
    SCRAPS,
    lambda inside: st.lists(inside, max_size=3) | _objects(inside),
    max_leaves=15,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_objects(JSON), max_size=3) | JSON)
def test_no_shape_breaks_the_check(anything):
    """Whatever is sent as blocks is taken or refused, never an accident."""
    try:
        assert check_message(anything) == anything
    except SlackRefuses as refused:
        assert refused.code.startswith(("invalid_blocks", "msg_blocks"))  # noqa: PT017 (either outcome is right)
