"""A member asks; the right peers hear of it, once, and only when it suits them."""

import json
from dataclasses import replace

import pytest

from tests.stage import QUESTIONS

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request):
    """Asking is told on both databases, in make test too."""
    return request.getfixturevalue(f"{request.param}_url")


def a_cast(stage):
    """An asker, four peers, of whom two know FIT, and a coordinator."""
    amina = stage.member("Amina Yusuf", region="Northshire")
    ben = stage.member("Ben Carter", interests=["fit"], region="Southdown")
    chloe = stage.member("Chloé Martin", interests=["fit"], region="Eastvale")
    dev = stage.member("Dev Patel-Jones", interests=["lung"], region="Westmoor")
    erin = stage.member("Erin Walsh", region="Midbourne")
    carys = stage.coordinator()
    return amina, ben, chloe, dev, erin, carys


def test_it_is_posted_for_everyone_and_put_to_those_who_know(stage):
    """The post names its topic; peers are asked at their good time, with a reason."""
    amina, ben, *_ = a_cast(stage)

    post = amina.asks(QUESTION)
    stage.until("2026-06-02 12:00")
    assert ben.invitations == []

    stage.until("2026-06-02 12:30")
    [invitation] = ben.invitations

    assert "asks about FIT" in post.words
    assert "Anyone can answer" in post.words
    assert QUESTION in post.words
    assert QUESTION in invitation.words
    assert "lists FIT" in invitation.words
    assert "needed by Thu 11 Jun" in invitation.words


def test_notifications_say_topic_and_date_and_never_the_words(stage):
    """A phone's locked screen shows nothing of the question."""
    amina, ben, *_ = a_cast(stage)

    post = amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")

    for message in (post, *ben.invitations):
        assert "FIT" in message.text
        assert "safety-net" not in message.text


def test_the_asker_is_never_asked(stage):
    """However well the asker fits the question."""
    amina = stage.member("Amina Yusuf", interests=["fit"])
    stage.member("Ben Carter", interests=["fit"])

    amina.asks(QUESTION)
    stage.until("2026-06-05 18:00")

    assert amina.invitations == []


def test_patient_data_is_refused_beside_the_field_and_nothing_is_kept(stage):
    """The form stays open; the refusal does not repeat what was typed."""
    amina, ben, *_ = a_cast(stage)

    amina.commands("/ask")
    answer = amina.submits(question="Jane Roe, dob 12/03/1961, NHS 943 476 5919: FIT?")
    stage.until("2026-06-02 18:00")

    assert '"errors"' in answer
    assert "question" in answer
    assert "identify a patient" in answer
    assert "943" not in answer
    assert stage.channel() == []
    assert ben.invitations == []


def test_a_weak_likeness_is_asked_about_and_nothing_typed_is_lost(stage):
    """*Change* or *No patient is described: send*; the answer is kept, not the text."""
    amina, *_ = a_cast(stage)
    doubtful = "Our patient Margaret, 67, had a negative FIT: what next?"

    amina.commands("/ask")
    answer = amina.submits(question=doubtful, context="We use a 10 µg/g threshold.")
    assert "No patient is described" in answer
    assert doubtful.split(":", maxsplit=1)[0] in answer
    assert "10 µg/g threshold" in answer

    amina.stage.slack.forms[amina.slack].append(_replaced(answer))
    assert not amina.submits(no_patient=["yes"])
    stage.settle()

    [post] = stage.channel()
    assert "Margaret" in post.words
    with stage.store.read() as tx:
        [entry] = tx.audit.about("question:1")
    assert entry.act == "no patient is described"
    assert "Margaret" not in str(entry)


def _replaced(answer):
    return json.loads(answer)["view"]


def test_the_same_form_sent_twice_is_one_question(stage):
    """Slack may send a submission again."""
    amina, *_ = a_cast(stage)

    amina.commands("/ask")
    for _ in range(2):
        assert not amina.submits(view_id="V1", question=QUESTION)
    stage.settle()

    assert len(stage.channel()) == 1


def test_topics_can_be_corrected_and_the_asks_follow(stage):
    """Ben knows FIT and Dev knows lung checks: after the correction Dev is asked."""
    amina, ben, _, dev, *_ = a_cast(stage)

    amina.asks("What do you tell people who were not called?", topics=["fit"])
    amina.presses("Correct topics")
    amina.submits(topics=["lung"])
    stage.until("2026-06-02 13:00")

    [invitation] = dev.invitations
    assert "lists lung health checks" in invitation.words
    assert "lung health checks" in stage.channel()[0].words
    assert all("lists FIT" not in m.words for m in ben.invitations)


def test_a_day_that_has_passed_is_pointed_out(stage):
    """Beside the date, and nothing is sent."""
    amina, *_ = a_cast(stage)

    amina.commands("/ask")
    answer = amina.submits(question=QUESTION, needed_by="2026-06-01")

    assert "needed_by" in answer
    assert "from today to three months from now" in answer
    assert stage.channel() == []


def test_somebody_who_is_no_member_is_told_how_to_become_one(stage):
    """Never silent."""
    amina = stage.member("Amina Yusuf")
    with stage.ctx.begin() as tx:
        tx.members.keep(replace(tx.members.get(amina.id), slack="UELSE"))

    amina.commands("/ask")
    answer = amina.submits(question=QUESTION)

    assert "join the questions channel" in answer


def test_a_members_own_message_is_routed_where_it_stands(stage):
    """*Route this question*: the form holds its words, and its thread is the thread."""
    amina, ben, *_ = a_cast(stage)
    said = amina.says(QUESTIONS, QUESTION)

    amina.shortcut("route_question", said)
    assert QUESTION in str(amina.form)
    amina.submits()
    stage.until("2026-06-02 13:00")

    assert len(stage.channel()) == 1
    [word] = stage.thread(said)
    assert "I am asking colleagues" in word.words
    assert QUESTION in ben.invitations[0].words

    ben.presses("Answer")
    ben.submits(answer="We repeat it at six weeks.")
    assert "We repeat it at six weeks." in stage.thread(said)[-1].words


def test_somebody_elses_message_is_routed_by_coordinators_alone(stage):
    """Ben may not; Carys may, and the author is the asker."""
    amina, ben, *_, carys = a_cast(stage)
    said = amina.says(QUESTIONS, QUESTION)

    ben.shortcut("route_question", said)
    assert "Only its author or a coordinator" in str(ben.form)

    carys.shortcut("route_question", said)
    carys.submits()
    stage.until("2026-06-02 13:00")
    assert "Amina Yusuf" in ben.invitations[0].words


def test_nobody_can_be_asked_so_the_coordinator_is(stage):
    """A question without a peer is not lost."""
    amina = stage.member("Amina Yusuf")
    carys = stage.coordinator()

    amina.asks(QUESTION)

    assert "Nobody has answered yet" in carys.home


def test_a_closed_question_asks_nobody(stage):
    """Its asker closes it before anybody was asked."""
    amina, ben, *_ = a_cast(stage)

    amina.asks(QUESTION)
    amina.presses("Close question")
    stage.until("2026-06-12 18:00")

    assert ben.invitations == []
    assert "Closed" in stage.channel()[0].words
