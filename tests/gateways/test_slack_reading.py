"""Slack as a place to read, over real HTTP."""

import pytest

from bot.gateways.slack import key_hash
from bot.ports import Unreachable
from tests.slack_play import (
    AMIRA,
    BEN,
    DIGESTS,
    ELSEWHERE,
    GONE,
    QUESTIONS,
    message,
)


def test_everyone_is_listed_with_the_gone_and_the_bots(slack):
    """Members are quoted by their full names."""
    people = {person.id: person for person in slack.workspace.people()}

    assert people[AMIRA].name == "Dr Amira Osei"
    assert people[AMIRA].email == "amira@example.org"
    assert people[BEN].email is None
    assert people[GONE].gone
    assert not people[BEN].gone
    assert any(person.bot for person in people.values())


def test_a_channels_members_are_listed(slack):
    """Those who joined are in it, and the others are not."""
    assert {AMIRA, BEN} <= set(slack.workspace.members(QUESTIONS))
    assert BEN not in set(slack.workspace.members(DIGESTS))


@pytest.mark.parametrize("name", ["questions", "#questions", QUESTIONS])
def test_a_channel_is_found_by_name_or_id(slack, name):
    """Coordinators write either in their settings."""
    found = slack.workspace.channel(name)

    assert found is not None
    assert (found.id, found.name, found.member) == (QUESTIONS, "questions", True)


def test_a_channel_without_the_bot_says_so(slack):
    """So that the check can ask for an invitation."""
    found = slack.workspace.channel("elsewhere")

    assert found is not None
    assert not found.member


@pytest.mark.parametrize("name", ["nowhere", "C0NOWHERE"])
def test_a_channel_that_is_not_there_is_none(slack, name):
    """An unknown channel is an answer, not a failure."""
    assert slack.workspace.channel(name) is None


def test_history_is_newest_first_and_leaves_out_who_joined(slack):
    """Only what somebody said is a message; replies stay in their threads."""
    first = slack.amira.post(DIGESTS, "One")
    slack.amira.reply(first, "In the thread")
    slack.ben.join(DIGESTS)
    second = slack.amira.post(DIGESTS, "Two")

    said = list(slack.workspace.history(DIGESTS, oldest=first.ts))

    assert [(one.ts, one.text) for one in said] == [
        (second.ts, "Two"),
        (first.ts, "One"),
    ]
    assert said[-1].reply_count == 1


def test_a_thread_is_read_whole_with_edits_and_our_own_messages(slack):
    """What collating needs is there: authors, edits, files, and which are ours."""
    root = slack.ben.post(QUESTIONS, "Who repeats FIT?")
    said = slack.amira.reply(root, "We do")
    slack.amira.edit(said, "We do, at 6 weeks")
    slack.gateway.send(message("reply:1", text="Ours", thread_ts=root.ts), None)

    question, reply, ours = slack.workspace.replies(QUESTIONS, root.ts) or ()

    assert (question.text, question.author) == ("Who repeats FIT?", BEN)
    assert (reply.text, reply.author) == ("We do, at 6 weeks", AMIRA)
    assert reply.edited_ts is not None
    assert reply.thread_ts == root.ts
    assert not reply.bot
    assert ours.bot
    assert ours.key_hash == key_hash("reply:1")


def test_a_long_thread_is_read_to_its_end(slack):
    """Pages are followed, and the root that Slack repeats on each is there once."""
    root = slack.ben.post(QUESTIONS, "Root")
    for number in range(230):
        slack.ben.reply(root, str(number))

    thread = slack.workspace.replies(QUESTIONS, root.ts) or ()

    assert [one.text for one in thread] == ["Root", *map(str, range(230))]


def test_a_deleted_reply_is_absent_and_a_deleted_root_too(slack):
    """Absence from a thread read whole means deletion."""
    root = slack.ben.post(QUESTIONS, "Root")
    kept, gone = slack.amira.reply(root, "Kept"), slack.amira.reply(root, "Gone")
    slack.amira.delete(gone)
    slack.ben.delete(root)

    thread = slack.workspace.replies(QUESTIONS, root.ts) or ()

    assert [one.ts for one in thread] == [kept.ts]


def test_a_thread_that_is_not_there_is_none(slack):
    """So that a link to nowhere can be answered kindly."""
    assert slack.workspace.replies(QUESTIONS, "1.000001") is None
    assert slack.workspace.permalink(QUESTIONS, "1.000001") is None


def test_a_message_has_an_address(slack):
    """Every quoted line links to where it was said."""
    said = slack.ben.post(QUESTIONS, "Here")

    assert said.ts.replace(".", "") in (slack.workspace.permalink(*_place(said)) or "")


def _place(said):
    return said.channel, said.ts


def test_a_channel_we_may_not_read_is_unreachable_rather_than_empty(slack):
    """Otherwise everything in it would seem to have been deleted."""
    with pytest.raises(Unreachable, match="not_in_channel"):
        slack.workspace.replies(ELSEWHERE, "1.000001")


def test_a_slack_that_is_down_is_unreachable(slack):
    """Reading again later is the caller's business."""
    slack.player.do("down", how="503")

    with pytest.raises(Unreachable):
        list(slack.workspace.people())


def test_a_rate_limit_is_waited_out(slack):
    """Whoever reads gets everything, only later."""
    slack.player.fault("ratelimited", "users.list", seconds=1)

    assert AMIRA in {person.id for person in slack.workspace.people()}
