"""A peer who is asked: answers in one tap, or does not, and is left in peace."""

import pytest

from tests.stage import QUESTIONS

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"


@pytest.fixture
def cast(stage):
    """Amina has asked; Ben and Chloé, who know FIT, were asked at half past twelve."""
    amina = stage.member("Amina Yusuf", region="Northshire")
    ben = stage.member("Ben Carter", interests=["fit"], region="Southdown")
    chloe = stage.member("Chloé Martin", interests=["fit"], region="Eastvale")
    carys = stage.coordinator()
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")
    return amina, ben, chloe, carys, post


def test_answering_by_the_form_quotes_the_member_by_name(stage, cast):
    """Only *Answer* posts, and the question's state and the card follow."""
    _, ben, _, _, post = cast

    ben.presses("Answer")
    assert not ben.submits(answer="We repeat the test at six weeks.")

    [reply] = stage.thread(post)
    assert "Ben Carter (Southdown) answers" in reply.words
    assert "We repeat the test at six weeks." in reply.words
    assert "1 reply from 1 person" in post.words
    assert "You answered. Thank you." in ben.invitations[0].words


def test_a_form_submitted_twice_answers_once(stage, cast):
    """Slack, or an impatient thumb, sends it again."""
    _, ben, _, _, post = cast

    ben.presses("Answer")
    for _ in range(2):
        ben.submits(view_id="V7", answer="We repeat the test at six weeks.")

    assert len(stage.thread(post)) == 1


def test_answering_in_the_thread_counts(stage, cast):
    """Whoever answers where the question stands is not reminded."""
    _, ben, _, _, post = cast

    ben.replies(post, "Six weeks, then refer anyway.")
    stage.until("2026-06-12 18:00")

    assert "You answered" in ben.invitations[0].words
    assert len(ben.invitations) == 1
    assert "1 reply from 1 person" in post.words


def test_patient_data_in_an_answer_is_refused_beside_the_field(stage, cast):
    """Nothing is posted, and what was typed stays in the form."""
    _, ben, _, _, post = cast

    ben.presses("Answer")
    answer = ben.submits(answer="Mrs Jane Roe, born 12/03/1961, was like that.")

    assert "identify a patient" in answer
    assert "Roe" not in answer
    assert stage.thread(post) == []


def test_declining_ends_it_and_nobody_else_is_told(stage, cast):
    """*Not one for me*: no reminder, nothing in the thread."""
    _, ben, chloe, _, post = cast

    ben.presses("Not one for me")
    stage.until("2026-06-12 18:00")

    assert len(ben.invitations) == 1
    assert "that is fine" in ben.invitations[0].words
    assert stage.thread(post) == []
    assert all("Ben" not in m.words for m in chloe.invitations)


def test_a_colleague_who_is_suggested_is_asked_and_told_by_whom(stage, cast):
    """The reason is the true one."""
    _, ben, _, _, _ = cast
    dev = stage.member("Dev Patel-Jones", region="Westmoor")

    ben.presses("Suggest a colleague")
    assert not ben.submits(colleague=dev.id)
    stage.until("2026-06-02 13:00")

    [invitation] = dev.invitations
    assert "suggested by Ben Carter" in invitation.words


def test_somebody_who_is_no_member_is_passed_to_the_coordinator(cast):
    """A name in words; nobody is contacted by the bot itself."""
    _, ben, _, carys, _ = cast

    ben.presses("Suggest a colleague")
    assert not ben.submits(someone="Prof. Lowri Hughes, Cardiff")

    assert "Prof. Lowri Hughes, Cardiff" in carys.home


def test_later_comes_back_once_and_is_not_reminded_meanwhile(stage, cast):
    """A working day on, at a good time, as a new message."""
    _, ben, _, _, _ = cast

    ben.presses("Later")
    assert "Put off: I will ask again Wed 3 Jun, 12:30" in ben.invitations[0].words
    stage.until("2026-06-03 12:00")
    assert len(ben.invitations) == 1

    stage.until("2026-06-03 13:00")
    assert len(ben.invitations) == 2
    assert QUESTION in ben.invitations[1].words


def test_away_until_keeps_everything_back(stage, cast):
    """Nothing reaches a member before the day they are back."""
    amina, ben, _, _, _ = cast

    ben.presses("Away until…")
    ben.submits(away_until="2026-06-10")
    amina.asks("And how do you code a FIT result?")
    stage.until("2026-06-09 18:00")
    assert len(ben.invitations) == 1

    stage.until("2026-06-10 13:00")
    assert len(ben.invitations) == 2


def test_words_to_the_bot_are_never_posted_without_a_tap(stage, cast):
    """A private card; nothing in the thread, ever, until it is pressed."""
    _, ben, _, _, post = cast

    ben.writes("I would refer them, whatever the FIT says.")
    card = ben.dms[-1]
    stage.until("2026-06-03 18:00")

    assert "Nothing is posted until you choose" in card.words
    assert stage.thread(post) == []


@pytest.mark.parametrize(
    ("label", "signed"),
    [("Post as me", "Ben Carter"), ("Post without my name", "A member answers")],
)
def test_the_tap_posts_as_it_says(stage, cast, label, signed):
    """With the name, or without any trace of it."""
    _, ben, _, _, post = cast

    ben.writes("I would refer them, whatever the FIT says.")
    card = ben.dms[-1]
    ben.presses(label)

    [reply] = stage.thread(post)
    assert signed in reply.words
    assert ("Ben" in reply.words) == (label == "Post as me")
    assert "refer them" not in card.words


def test_keep_private_keeps_nothing(stage, cast):
    """The bot forgets the words; only the question was ever asked."""
    _, ben, _, _, post = cast

    ben.writes("Between us: our lab loses half of them.")
    ben.presses("Keep private")

    assert stage.thread(post) == []
    with stage.store.read() as tx:
        assert tx.questions.read_note(1).text == ""


def test_the_tap_is_its_authors_alone(stage, cast):
    """Chloé cannot post Ben's words."""
    _, ben, chloe, _, post = cast

    ben.writes("Between us: our lab loses half of them.")
    chloe.does("post_as_me", "1")

    assert stage.thread(post) == []
    assert "Somebody else wrote that" in str(chloe.form)


def test_words_to_the_bot_when_nothing_is_asked_are_answered_kindly(stage):
    """Never silent, and never a conversation."""
    erin = stage.member("Erin Walsh")

    erin.writes("Hello?")

    assert "I am a bot" in erin.dms[-1].words
    assert "/ask" in erin.dms[-1].words


def test_what_the_guard_hides_is_told_to_its_author_and_counted(stage, cast):
    """Our copy is blanked; the coordinator sees that it happened, not what it said."""
    _, ben, _, carys, post = cast

    ben.replies(post, "Like Mrs Jane Roe, born 12/03/1961, NHS 943 476 5919.")

    assert "Please delete it in Slack" in ben.dms[-1].words
    assert "Roe" not in ben.dms[-1].words
    assert "I hid something" in carys.home
    with stage.store.read() as tx:
        [reply] = tx.threads.replies(1)
    assert reply.text == ""
    assert reply.hidden_at is not None


def test_an_edit_and_a_deletion_are_followed(stage, cast):
    """What is kept is what stands."""
    _, ben, chloe, _, post = cast

    said = ben.replies(post, "Six weeks.")
    ben.edits(said, "Eight weeks.")
    gone = chloe.replies(post, "Never mind.")
    chloe.deletes(gone)

    with stage.store.read() as tx:
        first, second = tx.threads.replies(1)
    assert first.text == "Eight weeks."
    assert second.withdrawn_at is not None
    assert second.text == ""
    assert "1 reply from 1 person" in post.words


def test_a_reply_that_comes_before_its_root_is_known_joins_it(stage):
    """The post's receipt is late; the reply is kept, and counted once it is known."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    root = amina.says(QUESTIONS, QUESTION)
    ben.replies(root, "Early bird.")

    amina.shortcut("route_question", root)
    amina.submits()

    with stage.store.read() as tx:
        [reply] = tx.threads.replies(1)
    assert reply.text == "Early bird."


def test_a_deletion_that_comes_before_its_message_wins(stage, cast):
    """Reordered by the network: the words are not taken when they come late."""
    _, ben, _, _, post = cast
    said = ben.replies(post, "Nobody sees this twice.")
    ben.deletes(said)

    stage.receive(
        {
            "type": "message",
            "change": "new",
            "channel": post.channel,
            "ts": said.ts,
            "thread_ts": post.ts,
            "author": ben.slack,
            "text": "Nobody sees this twice.",
        }
    )

    with stage.store.read() as tx:
        [reply] = tx.threads.replies(1)
    assert reply.withdrawn_at is not None
    assert reply.text == ""


def test_another_members_invitation_is_not_theirs_to_press(stage, cast):
    """Every action checks who is asking."""
    _, _, chloe, _, _ = cast
    with stage.store.read() as tx:
        bens = next(
            one.id for one in tx.invitations.of_question(1) if one.member != chloe.id
        )

    chloe.does("decline", str(bens))

    assert "put to somebody else" in str(chloe.form)
