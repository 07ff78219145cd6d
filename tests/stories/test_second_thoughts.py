"""What a careful reader found: each was broken once, and is not again."""

import pytest
from sqlalchemy import inspect, text

from bot.domain.members import Imported
from bot.ports import Person
from bot.usecases import members
from tests.stage import QUESTIONS

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"


def peers(stage, number, **more):
    """So many peers who know FIT."""
    return [
        stage.member(f"Peer{n} Jones", interests=["fit"], **more) for n in range(number)
    ]


def asked(cast):
    """How many of them were asked."""
    return sum(bool(one.invitations) for one in cast)


def test_correcting_topics_before_anybody_was_asked_still_asks(stage):
    """Those who know the right topic are asked in the same good time."""
    amina = stage.member("Amina Yusuf")
    cast = peers(stage, 4)

    amina.asks(QUESTION, topics=["lung"])
    amina.presses("Correct topics")
    amina.submits(topics=["fit"])
    stage.until("2026-06-02 13:00")

    assert asked(cast) == 4


def test_saving_the_same_topics_asks_nobody_more(stage):
    """However often the form is saved after the wave has gone."""
    amina = stage.member("Amina Yusuf")
    cast = peers(stage, 12)
    amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")

    for _ in range(3):
        amina.presses("Correct topics")
        amina.submits()
    amina.presses("Correct topics")
    amina.submits(topics=["fit", "lung"])
    stage.until("2026-06-03 13:00")

    assert asked(cast) == 4


def test_widening_twice_from_two_cards_widens_once(stage):
    """The second press is told that it has been done."""
    amina = stage.member("Amina Yusuf")
    cast = peers(stage, 20)
    carys = stage.coordinator()
    amina.asks(QUESTION, needed_by="2026-06-03")
    stage.until("2026-06-04 09:00")
    before = asked(cast)

    assert "Nobody has answered yet" in carys.home
    carys.does("widen", "1")
    carys.does("widen", "1")
    stage.until("2026-06-04 13:00")

    assert "done already" in str(carys.form)
    assert asked(cast) == before + 4


def test_an_imported_member_who_comes_to_slack_is_reached_there(stage):
    """The file says e-mail; once they are in Slack, Slack it is, until they choose."""
    amina = stage.member("Amina Yusuf")
    row = Imported(
        line=2,
        name="Ivy Nash",
        email="ivy@example.org",
        region=None,
        role=None,
        interests=frozenset({"fit"}),
    )
    members.add_all(stage.ctx, [row], actor="operator")
    ivy = Person(id="UIVY", name="Ivy Nash", email="ivy@example.org")
    stage.slack.people_known["UIVY"] = ivy
    members.sync(stage.ctx, [ivy], frozenset({"UIVY"}))

    amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")

    assert any(
        QUESTION in m.words for m in stage.slack.messages if m.channel == "DUIVY"
    )


def test_later_on_an_ask_that_has_not_come_yet_delivers_it_once(stage):
    """Put off from Home before the good time: it comes once, and is reminded once."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    amina.asks(QUESTION)
    assert "asks about FIT" in ben.home

    ben.presses("Later")
    stage.until("2026-06-04 18:00")

    assert len(ben.invitations) == 1


def test_back_from_being_away_the_question_comes_again(stage):
    """Not as a reminder, and not as one that time has freed."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    amina.asks(QUESTION, needed_by="2026-06-22")
    stage.until("2026-06-02 13:00")

    ben.commands("/convenor", "me")
    ben.submits(away_until="2026-06-09")
    assert "I will ask again Tue 9 Jun, 12:30" in ben.invitations[0].words
    stage.until("2026-06-09 13:00")

    assert "gentle reminder" not in ben.invitations[-1].words
    assert len(ben.invitations) == 2
    with stage.store.read() as tx:
        [one] = tx.invitations.of_member(ben.id)
    assert one.open


def test_details_can_be_saved_once_one_is_back(stage):
    """The day in the form is not one that has passed."""
    [ben] = peers(stage, 1)
    ben.commands("/convenor", "me")
    ben.submits(away_until="2026-06-05")
    stage.until("2026-06-08 09:00")

    ben.commands("/convenor", "me")

    assert not ben.submits(interests=["lung"])
    assert "Away until" not in ben.home


def test_the_askers_own_words_are_no_answer(stage):
    """An afterthought is no reply: the coordinator hears that nobody has answered."""
    amina = stage.member("Amina Yusuf")
    carys = stage.coordinator()
    post = amina.asks(QUESTION, needed_by="2026-06-05")

    amina.replies(post, "Just to add: we use a threshold of 10.")
    stage.until("2026-06-08 09:00")

    assert "no replies yet" in post.words
    assert "Nobody has answered yet" in carys.home
    assert "Ready to collate?" not in carys.home


def test_nobody_answers_in_time_and_the_asker_is_told(stage):
    """And a late reply still leads to a digest."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter")
    carys = stage.coordinator()
    post = amina.asks(QUESTION, needed_by="2026-06-05")
    stage.until("2026-06-08 13:00")

    assert "Nobody has answered your question yet" in amina.invitations[-1].words
    assert "A coordinator is looking after this" in post.words

    ben.replies(post, "We repeat it at six weeks.")
    stage.until("2026-06-08 15:00")
    assert "Ready to collate?" in carys.home
    assert "Closed · 1 reply from 1 person" in post.words


def test_closing_early_still_offers_a_digest(stage):
    """Three have replied; the asker has heard enough."""
    amina = stage.member("Amina Yusuf")
    cast = peers(stage, 3)
    carys = stage.coordinator()
    post = amina.asks(QUESTION)
    for peer in cast:
        peer.replies(post, f"{peer.name}: six weeks.")

    amina.presses("Close question")

    assert "Ready to collate?" in carys.home


def test_a_colleague_suggested_too_late_is_not_held(stage):
    """The question has closed: it says so, and nobody is left with an open ask."""
    amina = stage.member("Amina Yusuf")
    ben, *_ = peers(stage, 4)
    zoe = stage.member("Zoe Quinn")
    amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")
    ben.presses("Suggest a colleague")
    amina.presses("Close question")

    answer = ben.submits(colleague=zoe.id)

    assert "closed" in answer
    with stage.store.read() as tx:
        assert tx.invitations.open_of(zoe.id) == ()


def test_a_question_for_tomorrow_closes_in_true_words(stage):
    """Said on the eve: tomorrow. Said over a weekend: on Monday."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    amina.asks(QUESTION, needed_by="2026-06-08")
    stage.until("2026-06-05 13:30")

    assert "closes on Mon 8 Jun" in ben.invitations[-1].words


def test_a_long_answer_is_posted_whole(stage):
    """Nothing of what is kept in the archive is cut off in the thread."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")
    long = " ".join(f"word{n}" for n in range(900))

    ben.writes(long)
    ben.presses("Post as me")

    assert "word899" in stage.thread(post)[-1].words


def test_an_answer_too_long_for_slack_is_refused_with_advice(stage):
    """Rather than cut: nothing is posted, and the words stay with their author."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")

    ben.writes("word " * 3000)
    ben.presses("Post as me")

    assert "shorten it" in str(ben.form)
    assert stage.thread(post) == []


def test_the_guard_asks_before_a_note_is_posted_too(stage):
    """A tap is no answer to a question that was never put."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")

    ben.writes("My patient Margaret, 67, was like that.")
    ben.presses("Post without my name")
    assert stage.thread(post) == []
    assert "Does this describe a patient" in str(ben.form)

    assert not ben.submits(no_patient=["yes"])
    [reply] = stage.thread(post)
    assert "A member answers" in reply.words
    with stage.store.read() as tx:
        assert [one.act for one in tx.audit.about("question:1")] == [
            "no patient is described"
        ]


def test_what_was_kept_private_is_kept_nowhere(stage):
    """Not in the note, the card that showed it, or the event that brought it."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")

    ben.writes("Between us: our laboratory mislays half of them.")
    ben.presses("Keep private")

    assert not _kept_anywhere(stage, "mislays")


def _kept_anywhere(stage, word):
    with stage.store.read() as tx:
        session = tx.members._session  # noqa: SLF001 - every table, as a thief reads
        for table in inspect(session.get_bind()).get_table_names():
            rows = session.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
            if any(word in str(tuple(row)) for row in rows):
                return table
    return None


def test_a_message_routed_by_a_coordinator_disturbs_nobody_at_night(stage):
    """Its author is told in the thread, not by a message of their own."""
    amina = stage.member("Amina Yusuf")
    carys = stage.coordinator()
    said = amina.says(QUESTIONS, QUESTION)
    stage.until("2026-06-02 22:30")

    carys.shortcut("route_question", said)
    carys.submits()

    assert amina.dms == []
    assert "I am asking colleagues" in stage.thread(said)[-1].words


def test_a_question_whose_message_is_deleted_is_not_asked(stage):
    """Its author took it back: nobody is asked it, and its words are not kept."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    said = amina.says(QUESTIONS, QUESTION)
    amina.shortcut("route_question", said)
    amina.submits()

    amina.deletes(said)
    stage.until("2026-06-12 18:00")

    assert ben.invitations == []
    with stage.store.read() as tx:
        assert tx.questions.get(1).text == ""


def test_a_stranger_who_writes_to_the_bot_is_answered(stage):
    """Never silent, whoever it is."""
    stage.receive(
        {
            "type": "message",
            "change": "new",
            "channel": "DUSTRANGER",
            "ts": "1780000000.000001",
            "author": "USTRANGER",
            "text": "Hello?",
        }
    )

    [answer] = [m for m in stage.slack.messages if m.channel == "DUSTRANGER"]
    assert "I am a bot" in answer.words


@pytest.mark.parametrize("name", ["Carys <!channel> & Bowen"])
def test_names_cannot_ping_a_channel(stage, name):
    """In *Needs you*, in notifications, in the thread."""
    amina = stage.member("Amina <!here> Yusuf")
    carys = stage.coordinator(name)
    amina.asks(QUESTION)

    shown = carys.home + "".join(m.words + m.text for m in stage.slack.messages)
    assert "<!" not in shown


def test_a_done_need_says_so_where_it_was_told(stage):
    """The coordinator's message loses its buttons once somebody has answered."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["lung"])
    carys = stage.coordinator()
    ben.commands("/convenor", "me")
    ben.submits(away_until="2026-07-01")
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")
    assert "Ask more colleagues" in carys.invitations[0].words

    ben.replies(post, "We repeat it at six weeks.")

    assert "Done. Thank you." in carys.invitations[0].words
    assert "Close question" not in carys.invitations[0].words


def test_whoever_comes_back_to_the_channel_is_asked_again(stage):
    """Left and returned while the bot was not listening: a reading finds it."""
    amina = stage.member("Amina Yusuf")
    [ben] = peers(stage, 1)
    everyone = list(stage.slack.people_known.values())
    members.sync(stage.ctx, everyone, frozenset({amina.slack}))
    with stage.store.read() as tx:
        assert tx.members.get(ben.id).left_at is not None

    members.sync(stage.ctx, everyone, frozenset({amina.slack, ben.slack}))
    amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")

    assert len(ben.invitations) == 1
