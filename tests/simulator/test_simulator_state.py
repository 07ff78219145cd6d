"""What the simulated workspace keeps, and what people and the bot read of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator import messages
from bot.simulator.arguments import Arguments
from bot.simulator.clock import Clock, micros
from bot.simulator.seed import from_manifest, sow
from bot.simulator.text import read_aloud, stored
from bot.simulator.timeline import history_page, replies_page

CHANNEL = {"channels": [{"id": "C0ASK", "name": "questions", "bot": True}]}


def read_all(read, slack, channel, **asked):
    """Follow cursors to the end."""
    pages, cursor = [], ""
    while True:
        given_arguments = Arguments({**asked, "cursor": cursor})
        page = read(slack, channel, given_arguments)
        pages.append(page["messages"])
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return pages


def filled(count, replies=0):
    """Build a channel with *count* messages and *replies* under the first."""
    slack = sow(CHANNEL).workspace
    slack.announce = lambda *_: None
    channel = slack.channel("C0ASK")
    posted = [messages.post(slack, channel, "U1", f"m{n}").ts for n in range(count)]
    under = [
        messages.post(slack, channel, "U1", f"r{n}", thread_ts=posted[0]).ts
        for n in range(replies)
    ]
    return slack, channel, posted, under


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(1, 12))
def test_pages_of_history_hold_every_message_once(count, limit):
    """However long the channel and short the page, cursors miss and repeat nothing."""
    slack, channel, posted, _ = filled(count)
    pages = read_all(history_page, slack, channel, limit=limit)
    assert [one["ts"] for page in pages for one in page] == posted[::-1]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 20), st.integers(1, 7), st.integers(0, 10))
def test_history_since_a_moment_misses_nothing(count, limit, start):
    """Reading on from `oldest` gives everything after it, however it is paged."""
    slack, channel, posted, _ = filled(count)
    since = posted[min(start, count - 1)]
    asked = {"oldest": since, "limit": limit, "inclusive": True}
    pages = read_all(history_page, slack, channel, **asked)
    read = sorted(one["ts"] for page in pages for one in page)
    assert read == posted[min(start, count - 1) :]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 25), st.integers(2, 9))
def test_pages_of_a_thread_hold_every_reply_once(count, limit):
    """The root leads every page, and cursors miss and repeat no reply."""
    slack, channel, posted, under = filled(1, count)
    asked = {"ts": posted[0], "limit": limit}
    pages = read_all(replies_page, slack, channel, **asked)
    assert {page[0]["ts"] for page in pages} == {posted[0]}
    assert [one["ts"] for page in pages for one in page[1:]] == under


def test_a_message_that_comes_between_pages_moves_nothing():
    """A page read after a new post goes on where the last one stopped."""
    slack, channel, posted, _ = filled(4)
    first = history_page(slack, channel, Arguments({"limit": 2}))
    messages.post(slack, channel, "U1", "meanwhile")
    cursor = first["response_metadata"]["next_cursor"]
    rest = history_page(slack, channel, Arguments({"limit": 2, "cursor": cursor}))
    assert [one["ts"] for one in rest["messages"]] == [posted[1], posted[0]]


def test_timestamps_never_repeat_nor_go_back():
    """Timestamps rise even when the clock is moved back."""
    clock = Clock()
    earlier = clock.ts()
    clock.move_to(0)
    later = [clock.ts() for _ in range(3)]
    assert sorted({earlier, *later}, key=micros) == [earlier, *later]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab <>&;!@#|:U1/"), max_size=30))
def test_escaping_twice_is_escaping_once(text):
    """Stored text stored again is the same, and no stray `<` is left in it."""
    once = stored(text)
    assert stored(once) == once
    assert "& " not in once


def test_tokens_and_links_are_kept():
    """Mentions and links survive escaping; bare links become links."""
    assert stored("<@U0AMIRA> & <b>") == "<@U0AMIRA> &amp; &lt;b&gt;"
    assert stored("see https://example.org/a.") == "see <https://example.org/a>."
    assert read_aloud("&lt;b&gt; &amp;amp;") == "<b> &amp;"


def test_a_thread_counts_its_replies_and_forgets_the_deleted(slack, amira):
    """A root's counts follow its replies; the last deletion leaves no thread."""
    question = amira.post("C0ASK", "when?")
    answer = amira.reply(question, "now")
    root = slack.conversations_history(channel="C0ASK")["messages"][0]
    assert (root["reply_count"], root["reply_users"]) == (1, ["U0AMIRA"])
    amira.delete(answer)
    root = slack.conversations_history(channel="C0ASK")["messages"][0]
    assert "thread_ts" not in root


def test_a_tombstone_goes_with_its_last_reply(slack, amira):
    """A deleted root stays while it has replies, and goes with the last of them."""
    question = amira.post("C0ASK", "when?")
    answer = amira.reply(question, "now")
    amira.delete(question)
    left = slack.conversations_history(channel="C0ASK")["messages"]
    assert [one["subtype"] for one in left] == ["tombstone"]
    assert "when?" not in str(left)
    amira.delete(answer)
    assert slack.conversations_history(channel="C0ASK")["messages"] == []


def test_text_that_changes_leaves_blocks_alone(slack):
    """An update of the text keeps the blocks; an empty list takes them away."""
    block = {"type": "section", "text": {"type": "plain_text", "text": "block"}}
    ts = slack.chat_postMessage(channel="C0ASK", text="a", blocks=[block])["ts"]
    kept = slack.chat_update(channel="C0ASK", ts=ts, text="b")["message"]
    assert kept["blocks"][0]["text"]["text"] == "block"
    bare = slack.chat_update(channel="C0ASK", ts=ts, text="c", blocks=[])["message"]
    assert [one["type"] for one in bare["blocks"]] == ["rich_text"]


def test_people_see_only_their_own_ephemerals(slack, player, amira):
    """An ephemeral is seen by its reader and nobody else."""
    player.person("U0BRYN").join("C0ASK")
    slack.chat_postEphemeral(channel="C0ASK", user="U0AMIRA", text="for you")
    assert "for you" in [one["text"] for one in amira.sees("C0ASK")]
    others = player.person("U0BRYN").sees("C0ASK")
    assert "for you" not in [one["text"] for one in others]


def test_an_address_needs_its_scope(server, slack):
    """Without `users:read.email` people have no addresses."""
    assert slack.users_info(user="U0AMIRA")["user"]["profile"]["email"]
    server.world.app.scopes = ["users:read"]
    assert "email" not in slack.users_info(user="U0AMIRA")["user"]["profile"]


def test_the_transcript_tells_all_in_order(slack, player, amira, tmp_path):
    """Each call and message is in the transcript, numbered, and can be saved."""
    said = amira.post("C0ASK", "when?")
    slack.chat_postMessage(channel="C0ASK", text="now", thread_ts=said.ts)
    entries = player.transcript()
    assert [one["seq"] for one in entries] == list(range(1, len(entries) + 1))
    posted = player.transcript("posted")
    assert [(one["user"], one["text"]) for one in posted] == [
        ("U0AMIRA", "when?"),
        ("U0BOT00000", "now"),
    ]
    assert player.transcript("call")[0]["method"] == "chat.postMessage"
    path = tmp_path / "transcript.json"
    player.do("save", path=str(path))
    assert "when?" in path.read_text(encoding="utf-8")


def test_a_manifest_decides_what_is_granted():
    """Scopes, events, commands and shortcuts come from the app's manifest."""
    manifest = {
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
        "features": {
            "slash_commands": [{"command": "/ask"}],
            "shortcuts": [{"callback_id": "ask"}],
        },
    }
    app = sow(from_manifest(manifest)).app
    assert (app.scopes, app.events) == (["chat:write"], ["message.im"])
    assert (app.commands, app.shortcuts) == (["/ask"], ["ask"])


def test_lists_of_people_are_read_page_by_page(slack, player):
    """Following cursors through people gives everybody once."""
    for n in range(7):
        player.new_person(f"person{n}", quiet=True)
    pages = [page.data for page in slack.users_list(limit=4)]
    names = [one["name"] for page in pages for one in page["members"]]
    assert len(pages) == 3
    assert len(names) == len(set(names)) == 12


def test_what_happens_to_channels_and_people_is_announced(player, ears):
    """Renaming, archiving, leaving and a changed profile each have their event."""
    wanted = ["channel_rename", "member_left_channel", "user_change", "channel_archive"]
    with ears() as listening:
        player.do("rename", channel="C0ASK", name="asking")
        player.do("leave", channel="C0ASK", user="U0AMIRA")
        player.do("change_person", user="U0BRYN", deleted=True)
        player.do("archive", channel="C0ASK")
        player.wait_until_quiet()
        heard = [one["type"] for one in listening.events]
    assert sorted(heard) == sorted(wanted)


def test_a_reply_sent_to_the_channel_too_is_in_both(slack, amira):
    """A broadcast reply is in its thread and in the channel's history."""
    question = amira.post("C0ASK", "when?")
    answer = amira.reply(question, "now", reply_broadcast=True)
    newest = slack.conversations_history(channel="C0ASK")["messages"][0]
    assert (newest["ts"], newest["subtype"]) == (answer.ts, "thread_broadcast")
    thread = slack.conversations_replies(channel="C0ASK", ts=question.ts)["messages"]
    assert thread[1]["ts"] == answer.ts
