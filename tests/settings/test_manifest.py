"""The manifest: what the bot may do in a workspace, and no more."""

import json
import re
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings.manifest import NotOurYaml, manifest, parse, scopes

ROOT = Path(__file__).parents[2]

#: What FACTS of the platform call the least a bot of this kind needs.
LEAST = frozenset(
    {"channels:history", "channels:read", "channels:join", "app_mentions:read"}
    | {"chat:write", "commands", "im:history", "im:write", "users:read"}
    | {"users:read.email", "reactions:read", "reactions:write"}
)
#: The scope that Slack asks of an app before it sends an event.
EVENT_SCOPES = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_rename": "channels:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
    "user_change": "users:read",
}


def test_the_bot_asks_for_the_least_it_needs() -> None:
    """IT can see that nothing is asked for that the loop does not use."""
    assert scopes().needed == LEAST
    assert not scopes().optional & LEAST


def test_every_scope_says_what_it_is_for() -> None:
    """Each scope in the file has its reason beside it."""
    lines = (ROOT / "slack-app-manifest.yaml").read_text().splitlines()
    for scope in scopes().needed | scopes().optional:
        (line,) = [line for line in lines if re.search(rf"- {scope}\s", f"{line} ")]
        assert re.search(r"#\s\S+", line), scope


def test_every_event_comes_with_its_scope() -> None:
    """Slack refuses a manifest with an event whose scope is not asked for."""
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == set(EVENT_SCOPES)
    for event in events:
        assert EVENT_SCOPES[event] is None or EVENT_SCOPES[event] in scopes().needed


def test_the_doors_are_as_the_product_has_them() -> None:
    """Commands, shortcuts, Home and Socket Mode are all switched on."""
    read = manifest()
    features = read["features"]
    assert [c["command"] for c in features["slash_commands"]] == ["/ask", "/convenor"]
    assert {(s["callback_id"], s["type"]) for s in features["shortcuts"]} == {
        ("ask_question", "global"),
        ("route_question", "message"),
        ("collate_thread", "message"),
    }
    assert features["app_home"]["home_tab_enabled"] is True
    assert features["app_home"]["messages_tab_read_only_enabled"] is False
    assert read["settings"]["socket_mode_enabled"] is True


def test_slacks_limits_are_kept() -> None:
    """Slack refuses a manifest whose words are longer than its limits."""
    shown = manifest()["display_information"]
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    for shortcut in manifest()["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_the_package_brings_the_very_file() -> None:
    """`convenor check` reads the file that was pasted, not a copy of it."""
    ours = ROOT / "bot" / "slack-app-manifest.yaml"
    assert ours.resolve() == ROOT / "slack-app-manifest.yaml"


WORDS = st.text(f"{ascii_lowercase} :#\"'{{[-", max_size=20)
KEYS = st.text(ascii_lowercase, min_size=1, max_size=8)


@given(st.dictionaries(KEYS, st.lists(WORDS | st.booleans(), min_size=1), min_size=1))
@settings(max_examples=60, deadline=None)
def test_quoted_words_come_back_whatever_they_hold(
    said: dict[str, list[str | bool]],
) -> None:
    """A "#", a colon or a bracket inside quotation marks is part of the words."""
    written = "".join(
        f"{key}:  # why\n" + "".join(f"  - {json.dumps(item)}\n" for item in items)
        for key, items in said.items()
    )
    assert parse(written) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "a: 1\na: 2",
        "a:",
        "a:\nb: 2",
        "a: b: c",
        "a: |\n  text",
        "a: &x 1",
        "a: [1, 2]",
        "a: 'single'",
        'a: "open',
        "a:\n  - b\n    c: 1",
        "a: 1\n  b: 2",
        "words",
    ],
)
def test_what_it_does_not_read_it_refuses(text: str) -> None:
    """A line outside the part of YAML we use is an error, never misread."""
    with pytest.raises(NotOurYaml):
        parse(text)
