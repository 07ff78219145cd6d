"""Complete by construction: what happens in the thread happens to its digest."""

import pytest

from bot.ports import Unreachable
from tests.stage import Posted
from tests.stories.digest_cast import BEN, DAN, Play

#: At great length: told in make check.
pytestmark = pytest.mark.again

NEW = "We send every such patient a text message with the symptoms to look out for."


@pytest.fixture
def play(stage):
    """A draft that contributors have had time to look at."""
    return Play.on(stage).collate().checked()


def test_a_reply_that_comes_later_joins_the_draft(play):
    """It gets a line of its own, its author sees it, and the check begins again."""
    play.dan.replies(play.post, NEW)

    assert NEW in play.lines()
    assert "Contributors are looking" in play.open()
    play.checked()
    assert NEW in play.dan.invitations[-1].words
    [digest] = play.publish()
    assert NEW in digest.words
    assert "5 replies from 4 people" in digest.words


def test_thanks_that_come_later_are_kept(play):
    """They need nobody's time, and are accounted for."""
    play.dan.replies(play.post, "Thank you both!")

    assert ("kept", "thanks") in play.ledger()["dan"]
    assert "*Ready.*" in play.open()


def test_an_edit_elsewhere_in_a_reply_leaves_its_line(play):
    """Words that still stand, whole, stand."""
    before = play.line(BEN)
    play.ben.edits(play.said["ben"], f"{BEN} Happy to share our protocol.")

    assert play.line(BEN) == before


def test_an_edited_reply_is_quoted_anew_and_checked_again(stage, play):
    """Nobody is held to words they have taken back."""
    play.ben.edits(play.said["ben"], "We repeat the test at four weeks, not six.")

    assert "We repeat the test at four weeks, not six." in play.lines()
    assert BEN not in play.lines()
    stage.passes(days=1)
    assert "four weeks" in play.ben.invitations[-1].words


def test_a_line_turned_into_its_opposite_does_not_stand(play):
    """Half a sentence is not what somebody said."""
    play.ben.edits(play.said["ben"], f"I used to say: {BEN[:-1]}, and was wrong.")

    assert BEN not in play.lines()


def test_a_deleted_reply_is_gone_from_the_draft(play):
    """Its text is not kept; that it was there is."""
    play.dan.deletes(play.said["dan"])

    assert DAN not in play.lines()
    assert play.ledger()["dan"] == [("withdrawn", None)]


def test_a_reply_the_guard_hid_is_accounted_for(play):
    """Promise 6 and promise 4 together."""
    play.dan.edits(play.said["dan"], "Mrs Jane Roe, born 12/03/1961, has the leaflet.")

    assert DAN not in play.lines()
    assert play.ledger()["dan"] == [("hidden", None)]
    [digest] = play.publish()
    assert "Roe" not in digest.words


@pytest.mark.parametrize("what", ["reply", "edit", "deletion"])
def test_what_was_approved_is_so_no_longer_when_its_thread_changes(stage, play, what):
    """A person approved something else: they are told, and it waits for them."""
    assert "Approved" in play.approve()
    if what == "reply":
        play.dan.replies(play.post, NEW)
    elif what == "edit":
        play.ben.edits(play.said["ben"], f"{BEN} Mostly.")
    else:
        play.dan.deletes(play.said["dan"])

    stage.passes(hours=1)

    assert play.published == []
    assert "approve it again" in play.carys.dms[-1].words
    play.checked()
    assert len(play.publish()) == 1


def test_what_nobody_told_us_is_found_before_publishing(stage, play):
    """A deletion while the bot was down does not get published."""
    play.approve()
    stage.slack.messages.remove(play.said["dan"])

    stage.passes(hours=1)

    assert play.published == []
    assert play.ledger()["dan"] == [("withdrawn", None)]
    [digest] = play.publish()
    assert DAN not in digest.words


def test_publishing_waits_while_slack_cannot_be_read(stage, play):
    """Nothing is published unread; the coordinator is told once; then it goes."""
    real = stage.slack.replies
    play.approve()
    stage.slack.replies = _unreachable
    stage.passes(minutes=30)
    assert play.published == []
    told = [m for m in play.carys.dms if "cannot read its thread" in m.words]
    assert len(told) == 1

    stage.slack.replies = real
    stage.passes(minutes=30)

    assert len(play.published) == 1


def _unreachable(channel, root):
    raise Unreachable(f"{channel}:{root} could not be read")


def test_a_late_reply_that_says_something_new_is_news_once_a_week(stage, play):
    """Coordinators decide; the published words stay as they were approved."""
    play.publish()
    play.dan.replies(play.post, NEW)
    play.ben.replies(play.post, "Our federation pays for a shared tracking system.")

    assert stage.needs(play.carys).count("News after a digest") == 1
    assert ("kept", "late") in play.ledger()["dan"]
    assert NEW not in play.published[0].words


def test_late_thanks_are_no_news(stage, play):
    """Nobody is called for a thank you."""
    play.publish()
    play.dan.replies(play.post, "Thanks, very useful!")

    assert "News after a digest" not in stage.needs(play.carys)


def test_a_deletion_after_publication_changes_the_post_at_once(stage, play):
    """What somebody took back is taken down, and the coordinators are told."""
    play.publish()

    play.dan.deletes(play.said["dan"])

    assert DAN not in play.published[0].words
    assert BEN in play.published[0].words
    assert "4 replies from 4 people" in play.published[0].words
    assert "was deleted after it was published" in stage.needs(play.carys)
    assert len(play.published) == 1


def test_an_edit_after_publication_is_for_a_person_to_judge(stage, play):
    """The post stands; the coordinators are told that it differs now."""
    play.publish()

    play.ben.edits(play.said["ben"], "We do not repeat the test any more.")

    assert BEN in play.published[0].words
    assert "was edited after it was published" in stage.needs(play.carys)


def test_a_thread_may_be_collated_again_after_publication(play):
    """A revision starts from everything that is there."""
    play.publish()
    play.dan.replies(play.post, NEW)

    play.collate()

    assert NEW in play.lines(2)
    play.checked()
    assert len(play.publish(2)) == 2


def test_publishing_closes_what_was_still_asked(stage):
    """Whoever was asked and has not answered is left in peace, and told so."""
    amina = stage.member("Amina Yusuf")
    eve = stage.member("Eve Lindqvist", interests=["fit"])
    ben, carys = stage.member("Ben Carter"), stage.coordinator()
    post = amina.asks("Do you repeat a FIT?")
    stage.until("2026-06-02 12:31")
    assert "asks about FIT" in eve.invitations[0].words
    ben.replies(post, BEN)
    carys.shortcut("collate_thread", post)
    stage.until("2026-06-02 12:40")
    ben.presses("OK")
    carys.does("open_digest", "1")
    carys.submits()
    stage.passes(minutes=11)

    assert "This question has closed" in eve.invitations[0].words
    assert "Collated" in post.words


def test_hostile_text_is_quoted_and_harmless(stage, play):
    """No mention pings, no markup escapes, right to left reads as it was written."""
    hostile = "<!channel> <@UBEN> says <https://evil.example|NICE guidance> *is* best."
    arabic = "نعيد الاختبار بعد ستة أسابيع دائما في عيادتنا."
    for text in (hostile, arabic):
        stage.slack.messages.append(
            Posted("C0QUESTIONS", stage.slack.ts(), "UDAN", text, [], play.post.ts)
        )
    stage.passes(minutes=5)
    play.approve()
    stage.passes(minutes=20)
    play.checked()

    words = " ".join(one.words for one in play.publish())

    assert "<!channel>" not in words
    assert "<@UBEN>" not in words
    assert "@channel @Ben Carter says NICE guidance (https://evil.example)" in words
    assert arabic in words


def test_a_reply_of_forty_thousand_characters_is_accounted_for(play):
    """It has its place, nothing breaks, and the post keeps within Slack's limits."""
    play.dan.replies(play.post, "A word on our pathway and its many exceptions " * 870)
    play.dan.replies(play.post, f"{'Short sentence about pathways. ' * 1300}")
    play.checked()

    assert play.publish()
    assert sum(len(places) for places in play.ledger().values()) == 6
