"""The desk: coordinators arrange a draft, and never overwrite one another."""

import pytest

from bot.domain.community import Role
from tests.stories.digest_cast import BEN, CHLOE, DAN, Play


@pytest.fixture
def play(stage):
    """A draft that contributors have had time to look at."""
    return Play.on(stage).collate().checked()


@pytest.fixture
def sam(stage):
    """The deputy."""
    return stage.member("Sam Price", role=Role.DEPUTY)


def test_a_line_moves_to_another_section(play):
    """The engine proposes, the coordinator decides; the words stay."""
    line = play.line(BEN)

    play.about(play.carys, line, "move")
    assert "Where does it belong?" in play.form
    answer = play.carys.submits(section="depends")

    assert "It depends" in answer
    [digest] = play.publish()
    assert digest.words.index("It depends") < digest.words.index(BEN)


def test_a_line_moves_up_in_its_section(play):
    """The order is the coordinator's; the first line stays where it is."""
    for text in (BEN, DAN):
        play.about(play.carys, play.line(text), "move")
        play.carys.submits(section="agree")
    assert play.lines()[-2:] == [BEN, DAN]

    play.about(play.carys, play.line(DAN), "up")
    play.about(play.carys, play.line(DAN), "up")

    assert play.lines()[-2:] == [DAN, BEN]


def test_a_line_is_taken_out_only_for_a_reason_of_the_ledger(play):
    """It is not quoted any more; its reply, and why, stay in the ledger."""
    play.about(play.carys, play.line(DAN), "out")
    assert "Please choose why" in play.carys.submits()
    assert DAN in play.lines()

    play.carys.submits(reason="repeated")

    assert play.ledger()["dan"] == [("kept", "repeated")]
    [digest] = play.publish()
    assert DAN not in digest.words
    assert "4 replies from 4 people" in digest.words


def test_the_last_dissent_cannot_be_taken_out(play):
    """Dissent is always shown, unless its author asked to be left out."""
    play.about(play.carys, play.line(CHLOE), "out")

    assert "dissent is always shown" in play.carys.submits(reason="repeated")
    assert CHLOE in play.lines()

    play.carys.submits(reason="left out")
    assert CHLOE not in play.lines()


def test_headings_and_a_note_are_marked_as_the_coordinators(play):
    """Contributors' words cannot be reworded; a note is plainly somebody else's."""
    play.carys.does("digest_reword", "1")
    play.carys.submits(differ="Where views part", note="The network meets on 9 June.")

    [digest] = play.publish()

    assert "Where views part" in digest.words
    assert "The coordinator’s note, from Carys Bowen" in digest.words
    assert "The network meets on 9 June." in digest.words


def test_a_note_that_identifies_a_patient_is_refused(play):
    """The guard stands before coordinators too."""
    play.carys.does("digest_reword", "1")

    answer = play.carys.submits(note="As with Mrs Jane Roe, born 12/03/1961.")

    assert "identify a patient" in answer
    assert "Roe" not in answer
    assert play.digest().note == ""


def test_two_coordinators_do_not_overwrite_each_other(play, sam):
    """The second is told, nothing of theirs is saved, and the first's work stands."""
    play.carys.does("digest_reword", "1")
    sam.does("digest_reword", "1")
    play.carys.submits(note="From Carys.")

    answer = sam.submits(note="From Sam.")

    assert "changed this since you opened it" in answer
    assert play.digest().note == "From Carys."


def test_a_form_sent_twice_is_done_once(play):
    """An impatient thumb is not told that somebody else was faster."""
    play.carys.does("digest_reword", "1")
    for _ in range(2):
        answer = play.carys.submits(view_id="V5", note="From Carys.")
        assert "From Carys." in answer
    version = play.digest().version
    play.open()
    for _ in range(2):
        assert "Approved" in play.carys.submits(view_id="V6")

    assert play.digest().version == version + 1


def test_what_was_approved_unseen_is_not_approved(play, sam):
    """Whoever approves, approves what they saw."""
    play.open()
    sam.does("digest_reword", "1")
    sam.submits(note="One more thing.")

    answer = play.carys.submits()

    assert "changed this since you opened it" in answer
    assert play.digest().approved_at is None


def test_it_can_be_taken_back_while_it_is_held(stage, play):
    """Ten minutes to think again; then it can be approved anew."""
    play.approve()
    stage.passes(minutes=9)
    play.open()
    play.carys.presses("Take back")
    stage.passes(hours=1)
    assert play.published == []

    assert len(play.publish()) == 1


def test_once_published_it_cannot_be_taken_back_or_changed(play):
    """An old button is answered, and the post stands as it is."""
    line = play.line(BEN)
    play.publish()

    play.carys.does("digest_take_back", "1")
    assert "has been published" in play.form
    play.about(play.carys, line, "up")
    assert "has been published" in play.form

    assert len(play.published) == 1


def test_what_is_held_has_to_be_taken_back_before_it_is_changed(play):
    """Nothing changes between approval and publication without a new approval."""
    play.approve()

    play.about(play.carys, play.line(BEN), "up")

    assert "Take it back first" in play.form


def test_a_draft_put_aside_is_gone_and_can_be_made_again(stage, play):
    """Nothing is published, contributors are told, and nothing is lost."""
    play.carys.does("digest_aside", "1")
    assert "Nothing was published" in play.carys.submits()

    assert "A draft digest" not in stage.needs(play.carys)
    assert "put aside" in play.ben.invitations[0].words
    play.about(play.carys, play.line(BEN), "up")
    assert "put aside" in play.form
    play.collate()
    assert len(play.lines(2)) == 3
