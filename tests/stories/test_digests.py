"""Collating: many replies become one digest that a person has approved."""

import pytest

from bot.ports import Unreachable
from tests.stage import Posted
from tests.stories.digest_cast import BEN, CHLOE, DAN, THANKS, Play

LINK = "https://play.slack.com/archives/{channel}/p{ts}"


@pytest.fixture
def play(stage):
    """A question with four replies in its thread."""
    return Play.on(stage)


def test_a_thread_is_collated_approved_and_published(stage, play):
    """Every reply is in, verbatim, by name; after the hold it is posted, once."""
    form = play.collate().open()
    assert "Contributors are looking at their lines" in form
    assert "submit" not in play.carys.form

    play.checked()
    assert "Approved" in play.approve()
    stage.passes(minutes=5)
    assert play.published == []
    stage.passes(minutes=6)

    [digest] = play.published
    for said in (BEN, CHLOE, DAN):
        assert said in digest.words
    assert "4 replies from 4 people: all shown or accounted for" in digest.words
    assert "Ben Carter (Southdown)" in digest.words
    assert f"p{play.said['ben'].ts.replace('.', '')}" in digest.words
    assert "This thread has been collated" in stage.thread(play.post)[-1].words
    assert "Collated" in play.post.words


def test_every_reply_has_its_place_and_its_reason(play):
    """Dissent is shown as such, and thanks are kept, not quoted."""
    play.collate()

    assert play.ledger() == {
        "ben": [("quoted", None)],
        "chloé": [("quoted", None)],
        "dan": [("quoted", None)],
        "amina": [("kept", "thanks")],
    }
    assert "Where we differ" in play.open()
    play.carys.does("digest_ledger", "1:0")
    assert "kept, not quoted: thanks" in play.form
    assert THANKS in play.form


def test_a_notification_never_carries_what_was_said(play):
    """A locked phone on a desk shows that there is a digest, not what is in it."""
    play.collate().checked()

    [digest] = play.publish()

    assert "FIT" not in digest.text
    assert "six weeks" not in digest.text


def test_needs_you_offers_the_draft_until_it_is_published(stage, play):
    """The queue holds what waits for a person, and nothing else."""
    play.collate()
    assert "A draft digest to read" in stage.needs(play.carys)

    play.checked().publish()

    assert "A draft digest to read" not in stage.needs(play.carys)


def test_the_offer_is_settled_once_the_draft_is_there(stage, play):
    """*Needs you* does not offer to collate what is being collated."""
    stage.until("2026-06-05 18:00")
    assert "Ready to collate?" in stage.needs(play.carys)

    play.carys.presses("Collate")

    assert "Ready to collate?" not in stage.needs(play.carys)
    assert "A draft digest to read" in stage.needs(play.carys)


@pytest.mark.parametrize("where", ["root", "reply", "reply in full"])
def test_a_link_to_any_message_of_the_thread_will_do(play, where):
    """`/convenor digest` takes what *Copy link* gives, on a root or on a reply."""
    said = play.post if where == "root" else play.said["chloe"]
    link = LINK.format(channel=said.channel, ts=said.ts.replace(".", ""))
    if where == "reply in full":
        link = f"<{link}?thread_ts={play.post.ts}&cid={said.channel}|a message>"

    assert "I am reading the thread" in play.carys.commands(
        "/convenor", f"digest {link}"
    )

    assert len(play.lines()) == 3


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("", "not a link to a message"),
        ("please", "not a link to a message"),
        ("https://example.org/p1", "not a link to a message"),
        (LINK.format(channel="D0PRIVATE", ts="1780387200000001"), "private place"),
    ],
)
def test_what_is_no_link_gets_a_sentence_that_helps(play, link, told):
    """A slip of the thumb costs nothing, and the answer says what to do."""
    assert told in play.carys.commands("/convenor", f"digest {link}")
    assert play.digest() is None


@pytest.mark.parametrize("channel", ["C0OTHER", "C0UNKNOWN"])
def test_a_link_to_nowhere_is_answered_privately(play, channel):
    """Whoever asked is told why there is no draft, and it is not tried for ever."""
    link = LINK.format(channel=channel, ts="1780387200999999")

    play.carys.commands("/convenor", f"digest {link}")

    assert "I cannot see the thread" in play.carys.dms[-1].words
    assert len(play.carys.dms) == 1


def test_only_coordinators_collate(play):
    """Nobody else starts a digest, opens a draft or sees a ledger."""
    play.ben.shortcut("collate_thread", play.post)
    assert "Only a coordinator" in str(play.ben.form)
    play.collate()

    for action in ("open_digest", "digest_ledger", "digest_reword"):
        play.ben.does(action, "1")
        assert "Only a coordinator" in str(play.ben.form)


def test_a_thread_nobody_replied_to_is_not_collated(stage):
    """No draft, and a sentence saying why."""
    amina, carys = stage.member("Amina Yusuf"), stage.coordinator()
    post = amina.asks("Is anybody there?")

    carys.shortcut("collate_thread", post)

    assert "Nobody has replied" in carys.dms[-1].words
    assert "A draft digest" not in stage.needs(carys)


def test_a_thread_of_thanks_is_not_collated(stage):
    """No draft, and a sentence saying why."""
    amina, ben, carys = stage.member("Amina"), stage.member("Ben"), stage.coordinator()
    post = amina.asks("Here is our leaflet; any thoughts?")
    ben.replies(post, "Thank you!")

    carys.shortcut("collate_thread", post)

    assert "thanks and greetings" in carys.dms[-1].words


def test_a_question_not_to_be_collated_is_not(stage):
    """The asker's wish holds, and the coordinator is told."""
    amina, ben, carys = stage.member("Amina"), stage.member("Ben"), stage.coordinator()
    post = amina.asks("May I ask something awkward?", options=["private"])
    ben.replies(post, BEN)

    carys.shortcut("collate_thread", post)

    assert "wishes it not to be collated" in str(carys.form)


def test_asking_twice_drafts_once(play):
    """Two coordinators, or one with an impatient thumb, get one draft."""
    play.collate().collate()

    assert "A draft of this thread is in hand" in play.form
    assert play.digest(2) is None


def test_what_was_missed_is_read_before_drafting(stage, play):
    """A reply that Slack never told us of is in the digest; one it hid is not."""
    said = play.dan.replies(play.post, "placeholder")
    stage.slack.messages.remove(said)
    posted = Posted(
        channel=said.channel,
        ts=stage.slack.ts(),
        user=play.ben.slack,
        text="Our practice nurse phones everyone with a negative result.",
        thread_ts=play.post.ts,
    )
    stage.slack.messages.append(posted)
    stage.passes(minutes=5)

    play.collate()

    assert posted.text in play.lines()
    assert ("withdrawn", None) in play.ledger()["dan"]


def test_slack_out_of_reach_is_said_once_and_tried_again(stage, play):
    """The coordinator need not ask again: the draft comes when Slack answers."""
    real = stage.slack.replies
    stage.slack.replies = _unreachable
    play.collate()
    stage.passes(minutes=10)
    told = [m.words for m in play.carys.dms if "cannot read Slack" in m.words]
    assert len(told) == 1
    assert play.digest() is None

    stage.slack.replies = real
    stage.passes(hours=2)

    assert len(play.lines()) == 3


def _unreachable(channel, root):
    raise Unreachable(f"{channel}:{root} could not be read")


def test_an_old_button_for_a_digest_that_is_gone_is_answered(play):
    """A strange value leads to a sentence, not to an error."""
    for value in ("", "no number", "99", "99:1:0:7", "-1"):
        play.carys.does("open_digest", value)
        assert "could not be found" in play.form
    play.ben.does("line_ok", "99")
    assert "could not be found" in str(play.ben.form)


@pytest.mark.again
def test_a_thousand_replies_are_collated(stage):
    """Every one has its place, and the ledger can be read page by page."""
    amina, carys = stage.member("Amina Yusuf"), stage.coordinator()
    post = amina.asks("What does everybody do?")
    topics = ("leaflets", "text messages", "audits", "education", "referral forms")
    for number in range(1000):
        text = f"Practice {number} relies on {topics[number % 5]} for case {number}."
        stage.slack.messages.append(
            Posted(
                "C0QUESTIONS", stage.slack.ts(), f"U{number % 90}", text, [], post.ts
            )
        )
    stage.passes(minutes=5)

    carys.shortcut("collate_thread", post)

    with stage.store.read() as tx:
        digest = tx.digests.get(1)
        assert len(tx.digests.ledger(1)) == 1000
        assert tx.digests.unassigned(digest) == 0
    carys.does("digest_ledger", "1:33")
    assert "Page 34 of 34" in str(carys.form)
    stage.passes(days=3)
    carys.does("open_digest", "1")
    carys.submits()
    stage.passes(minutes=11)
    [digest, *_] = [m for m in stage.slack.messages if m.channel == "C0DIGESTS"]
    assert "A digest: 1000 replies from 90 people" in digest.text
