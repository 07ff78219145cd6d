"""Any thread: asked through the bot or not, by members or not, in a channel or not."""

import pytest

from bot.ports import Channel
from tests.stage import Posted
from tests.stories.digest_cast import BEN, DAN, Play

LINK = "https://play.slack.com/archives/{channel}/p{ts}"


@pytest.fixture
def elsewhere(stage):
    """A thread in another channel, of which the bot has never heard; and Carys."""
    stage.member("Ben Carter")
    stage.member("Dan Okoro")
    root = Posted("C0OTHER", stage.slack.ts(), "UBEN", "What do you do on <#C1|fit>?")
    root.thread_ts = root.ts
    said = [
        Posted("C0OTHER", stage.slack.ts(), user, text, [], root.ts)
        for user, text in (("UBEN", BEN), ("UDAN", DAN), ("USTRANGER", "We audit it."))
    ]
    stage.slack.messages += [root, *said]
    stage.passes(minutes=5)
    return stage.coordinator(), said


def asked(carys, said):
    """Carys pastes the link of a message."""
    link = LINK.format(channel=said.channel, ts=said.ts.replace(".", ""))
    return carys.commands("/convenor", f"digest {link}")


def test_a_thread_never_heard_of_is_read_whole(stage, elsewhere):
    """From the link of one of its replies; its title is what began it."""
    carys, said = elsewhere

    asked(carys, said[1])

    with stage.store.read() as tx:
        [digest] = tx.digests.unpublished()
        assert digest.title == "What do you do on #fit?"
        assert {line.text for line in tx.digests.lines(digest.id)} >= {BEN, DAN}
        assert len(tx.digests.ledger(digest.id)) == 3


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        (Channel(id="C0OTHER", name="x", member=True, private=True), "private channel"),
        (Channel(id="C0OTHER", name="x", member=False), "I am not in <#C0OTHER>"),
        (None, "I cannot see the thread"),
    ],
)
def test_what_may_not_be_read_is_not(stage, elsewhere, channel, told):
    """The coordinator is told why and what to do, and Slack is not asked again."""
    carys, said = elsewhere
    stage.slack.channel = lambda name_or_id: channel  # noqa: ARG005 - whatever is asked

    asked(carys, said[0])
    stage.passes(hours=3)

    assert [told in m.words for m in carys.dms] == [True]
    with stage.store.read() as tx:
        assert tx.digests.unpublished() == ()


def test_somebody_who_is_no_member_is_not_waited_for(stage):
    """In a thread asked through the bot they are quoted, and not named."""
    play = Play.on(stage)
    text = "In our hospital the lab phones the practice with every positive."
    stage.slack.messages.append(
        Posted("C0QUESTIONS", stage.slack.ts(), "USTRANGER", text, [], play.post.ts)
    )
    stage.passes(minutes=5)
    play.collate()
    assert "not a member, so not asked" in play.open()

    [digest] = play.checked().publish()

    assert f"{text}\n— A colleague" in digest.words


def test_what_is_offered_and_what_is_open_is_listed(stage):
    """Links, and questions nobody answered; not those of whoever is left out."""
    play = Play.on(stage)
    eve = stage.member("Eve Lindqvist", region="Midbourne")
    eve.replies(
        play.post,
        "We use <https://www.nice.org.uk/guidance/dg56|the guidance> every day in "
        "clinic. Does anyone have an audit template to share?",
    )
    play.collate().checked()
    desk = play.open()
    assert "Still open" in desk
    assert "Resources" in desk

    eve.does("line_out", str(play.line("guidance")))

    desk = play.open()
    assert "Still open" not in desk
    assert "audit template" not in desk


def test_a_member_by_letter_is_quoted_with_everybody_else(stage):
    """They cannot press anything, so silence permits the members' version."""
    play = Play.on(stage)
    with stage.store() as tx:
        ben = tx.members.get(play.ben.id)
        tx.members.keep(Play.by_letter(ben))
    play.collate()

    [digest] = play.checked().publish()

    assert BEN in digest.words
