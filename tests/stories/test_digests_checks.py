"""Contributors see their own line before anyone else, and have the last word on it."""

import pytest

from tests.stories.digest_cast import BEN, CHLOE, DAN, Play


@pytest.fixture
def play(stage):
    """A draft, whose authors were told at half past twelve."""
    found = Play.on(stage).collate()
    stage.until("2026-06-02 13:30")
    return found


def test_each_author_is_sent_their_own_line(play):
    """And nobody else's; whoever is not quoted is sent nothing."""
    [card] = play.ben.invitations

    assert BEN in card.words
    assert CHLOE not in card.words
    assert "If I hear nothing by Thu 4 Jun" in card.words
    assert "Your line in a digest" in card.text
    assert play.amina.invitations == []


def test_when_all_have_said_ok_it_can_be_approved_at_once(play):
    """Nobody waits for a clock when everybody has answered."""
    assert "Waiting for" in play.open()

    for who in (play.ben, play.chloe, play.dan):
        who.presses("OK")
        assert "Thank you: you are quoted as it is" in who.invitations[0].words

    assert "*Ready.*" in play.open()
    assert play.carys.form["submit"]


def test_a_changed_line_is_shown_in_its_authors_new_words(play):
    """The words are theirs, and they are marked as given later."""
    play.ben.presses("Change it")
    assert not play.ben.submits(words="We repeat it at six weeks, then refer.")

    assert "in your new words" in play.ben.invitations[0].words
    play.checked()
    [digest] = play.publish()
    assert "We repeat it at six weeks, then refer." in digest.words
    assert "in words they gave later" in digest.words
    assert BEN not in digest.words


def test_patient_data_in_new_words_is_refused_beside_the_field(play):
    """Nothing is kept, and the refusal does not repeat it."""
    play.ben.presses("Change it")

    answer = play.ben.submits(words="Like Mrs Jane Roe, born 12/03/1961.")

    assert "identify a patient" in answer
    assert "Roe" not in answer
    assert BEN in play.lines()


def test_a_form_submitted_twice_changes_the_line_once(play):
    """The version rises once, so that nobody else's work is refused for nothing."""
    play.ben.presses("Change it")
    for _ in range(2):
        play.ben.submits(view_id="V9", words="Six weeks, then refer.")

    assert play.digest().version == 2


def test_a_name_left_off_is_left_off(play):
    """Before publication, and after it in the post that stands."""
    play.ben.presses("Leave my name off")
    assert "Your name is left off" in play.ben.invitations[0].words
    play.checked()
    [digest] = play.publish()
    assert "Ben Carter" not in digest.words
    assert "A member" in digest.words

    play.chloe.presses("Leave my name off")

    assert "Chloé Martin" not in play.published[0].words
    assert CHLOE in play.published[0].words


def test_who_asks_to_be_left_out_is_left_out(play):
    """The reply stays in the ledger with that reason; the line is nowhere."""
    play.ben.presses("Leave me out")

    assert play.ledger()["ben"] == [("kept", "left out")]
    assert "not in the digest any more" in play.ben.invitations[0].words
    play.checked()
    [digest] = play.publish()
    assert BEN not in digest.words
    assert "4 replies from 4 people: all shown or accounted for" in digest.words


def test_leaving_out_after_publication_takes_the_line_down(play):
    """Nobody has to plead with anybody: the post changes at once."""
    play.checked().publish()
    assert BEN in play.published[0].words

    play.ben.presses("Leave me out")

    assert BEN not in play.published[0].words
    assert DAN in play.published[0].words
    assert len(play.published) == 1
    assert "asked to be left out" in play.stage.needs(play.carys)


def test_a_line_published_cannot_be_changed_by_an_old_button(play):
    """The button is from an older message; the answer says what can be done."""
    line = str(play.line(BEN))
    play.checked().publish()

    play.ben.does("line_change", line)
    assert "has been published" in str(play.ben.form)
    play.ben.does("line_ok", line)

    assert BEN in play.published[0].words


def test_only_its_author_decides_about_a_line(play):
    """Not another member, and not a coordinator either."""
    line = str(play.line(CHLOE))

    for who in (play.ben, play.carys):
        for act in ("line_ok", "line_out", "line_nameless", "line_change"):
            who.does(act, line)
            assert "somebody else’s" in str(who.form)

    assert CHLOE in play.lines()


def test_those_whom_a_removed_line_spoke_for_are_placed_again(stage):
    """Nobody's view is dropped because somebody else asked to be left out."""
    play = Play.on(stage)
    eve = stage.member("Eve Lindqvist", region="Midbourne")
    eve.replies(play.post, f"{DAN} It works.")
    eve.replies(play.post, DAN)
    play.collate()
    stage.until("2026-06-02 13:30")
    places = [place for places in play.ledger().values() for place, _ in places]
    assert "grouped" in places

    with stage.store.read() as tx:
        quoted = {one.line for one in tx.digests.ledger(1) if one.place == "grouped"}
        line = tx.digests.line(quoted.pop())
        author = tx.members.get(line.author).slack
    who = next(one for one in (play.dan, eve) if one.slack == author)
    who.does("line_out", str(line.id))

    after = [one for places in play.ledger().values() for one in places]
    assert ("kept", "left out") in after
    assert len(after) == 6
    assert any("safety-netting leaflet" in text for text in play.lines())


def test_elsewhere_silence_permits_nothing(stage):
    """A thread that was not asked through the bot quotes only those who said yes."""
    ben = stage.member("Ben Carter")
    dan = stage.member("Dan Okoro")
    carys = stage.coordinator()
    root = ben.says("C0OTHER", "How does everybody handle negative results?")
    for who, text in ((ben, BEN), (dan, DAN)):
        who.replies(root, text)
    carys.shortcut("collate_thread", root)
    stage.until("2026-06-02 13:30")
    assert "only if you say OK" in ben.invitations[-1].words
    ben.presses("OK")
    carys.does("open_digest", "1")
    assert "submit" not in carys.form

    stage.passes(days=3)
    carys.does("open_digest", "1")
    carys.submits()
    stage.passes(minutes=11)

    digest = stage.slack.messages[-2]
    assert BEN in digest.words
    assert DAN not in digest.words
    assert "2 replies from 2 people: all shown or accounted for" in digest.words


def test_a_yes_given_by_word_of_mouth_counts_elsewhere(stage):
    """A coordinator notes it, and it is in the record who did."""
    dan, carys = stage.member("Dan Okoro"), stage.coordinator()
    root = dan.says("C0OTHER", "What about negative results?")
    dan.replies(root, DAN)
    carys.shortcut("collate_thread", root)

    carys.does("line_menu", "yes:1:1:0:1")
    carys.does("open_digest", "1")

    assert carys.form["submit"]["text"] == "Approve"
    with stage.store.read() as tx:
        assert "line confirmed" in [one.act for one in tx.audit.about("digest:1")]
