"""Nobody is worn out: one reminder, one closing notice, caps, times, and a person."""

from datetime import timedelta

import pytest

from bot.domain.community import Waves
from tests.stage import Stage

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"


def test_one_reminder_one_closing_notice_then_silence(stage):
    """Asked Tue, reminded Thu, "closes tomorrow" on the eve, and no more."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])

    amina.asks(QUESTION)
    stage.until("2026-06-04 13:30")
    assert ["gentle reminder" in m.words for m in ben.invitations] == [False, True]

    stage.until("2026-06-10 13:30")
    assert "closes tomorrow" in ben.invitations[-1].words
    assert "No need to answer" not in ben.invitations[-1].words
    assert len(ben.invitations) == 3

    stage.until("2026-06-20 18:00")
    assert len(ben.invitations) == 3
    assert "No need to answer" in ben.invitations[-1].words


def test_enough_replies_and_nobody_is_reminded(stage):
    """Four have replied: the fifth is left in peace."""
    amina = stage.member("Amina Yusuf")
    peers = [stage.member(f"Peer{n} Jones", interests=["fit"]) for n in range(5)]

    post = amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")
    for peer in peers[:4]:
        peer.replies(post, f"{peer.name} says: six weeks.")
    stage.until("2026-06-12 18:00")

    asked = [peer for peer in peers if peer.invitations]
    assert all(len(peer.invitations) == 1 for peer in asked)


def test_a_second_wave_asks_three_more_where_few_replied(stage):
    """Four first, three more two working days on."""
    amina = stage.member("Amina Yusuf")
    peers = [stage.member(f"Peer{n} Jones", interests=["fit"]) for n in range(9)]

    amina.asks(QUESTION)
    stage.until("2026-06-02 18:00")
    assert sum(bool(peer.invitations) for peer in peers) == 4

    stage.until("2026-06-04 18:00")
    assert sum(bool(peer.invitations) for peer in peers) == 7


def test_at_most_one_open_ask_and_four_a_month(stage):
    """However many questions there are, and however well Ben fits."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])

    for number in range(8):
        amina.asks(f"{QUESTION} ({number})")
        with stage.store.read() as tx:
            assert len(tx.invitations.open_of(ben.id)) <= 1
        stage.passes(days=1)
        with stage.ctx.begin() as tx:
            for one in tx.invitations.open_of(ben.id):
                tx.invitations.mark(one.id, declined_at=stage.clock.now())

    with stage.store.read() as tx:
        assert len(tx.invitations.of_member(ben.id)) == 4


def test_never_more_than_three_contacts_in_a_week_and_only_in_good_times(stage):
    """Whatever they are about: the rest is bundled. Counted over three weeks."""
    amina = stage.member("Amina Yusuf", region="Northshire")
    peers = [
        stage.member(f"Peer{n} Jones", interests=["fit", "lung"]) for n in range(6)
    ]
    carys = stage.coordinator(interests=["fit"])
    stamps = []
    send = stage.slack.send

    def stamped(message, target):
        if message.unsolicited:
            stamps.append((message.to, stage.local()))
        return send(message, target)

    stage.slack.send = stamped
    for number in range(6):
        amina.asks(f"{QUESTION} ({number})", topics=["fit" if number % 2 else "lung"])
        stage.passes(days=3)

    assert {to for to, _ in stamps} >= {peer.slack for peer in peers} - {carys.slack}
    for to, at in stamps:
        week = [
            a for t, a in stamps if t == to and timedelta() <= at - a < timedelta(7)
        ]
        assert len(week) <= 3
        assert at.weekday() < 5
        assert (12, 30) <= (at.hour, at.minute) < (14, 0)


def test_nobody_is_contacted_on_a_bank_holiday(stage):
    """Spring bank holiday 2026 is Monday 25 May."""
    stage.clock.moment = stage.clock.moment - timedelta(days=11)  # Fri 22 May, 9:00
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])

    stage.until("2026-05-22 17:30")
    amina.asks(QUESTION)
    stage.until("2026-05-25 18:00")
    assert ben.invitations == []

    stage.until("2026-05-26 13:00")
    assert len(ben.invitations) == 1


def test_two_unanswered_asks_pause_a_member_and_tell_the_coordinator(stage):
    """Freed after three working days; after the second, left in peace until a word."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    carys = stage.coordinator()

    amina.asks(QUESTION, needed_by="2026-06-05")
    stage.until("2026-06-09 09:00")
    amina.asks("Which FIT threshold do you use?", needed_by="2026-06-12")
    stage.until("2026-06-16 09:00")
    assert "Ben Carter has not answered the last two questions" in carys.home

    amina.asks("And who chases the result?")
    stage.until("2026-06-17 18:00")
    assert len([m for m in ben.invitations if "who chases" in m.words]) == 0

    carys.presses("Ask again")
    assert "the last two questions" not in carys.home
    amina.asks("Who codes the result?")
    stage.until("2026-06-18 18:00")
    assert "Who codes the result?" in ben.invitations[-1].words


def test_nobody_answers_so_a_coordinator_widens(stage):
    """At needed-by: widen, or close? Widening asks others and gives time."""
    amina = stage.member("Amina Yusuf")
    peers = [stage.member(f"Peer{n} Jones", interests=["fit"]) for n in range(10)]
    carys = stage.coordinator()

    amina.asks(QUESTION, needed_by="2026-06-05")
    stage.until("2026-06-08 09:00")
    before = {peer.name for peer in peers if peer.invitations}
    assert "Nobody has answered yet" in carys.home

    carys.presses("Ask more colleagues")
    stage.until("2026-06-08 18:00")
    after = {peer.name for peer in peers if peer.invitations}
    assert len(after - before) >= 1
    assert "Nobody has answered yet" not in carys.home


def test_an_untouched_item_goes_to_the_deputy(stage):
    """Two working days, then the deputy is told."""
    amina = stage.member("Amina Yusuf")
    carys = stage.coordinator()
    owen = stage.coordinator("Owen Pryce", email="owen@example.org")

    amina.asks(QUESTION)
    assert "With Carys Bowen · deputy: Owen Pryce" in carys.home
    stage.until("2026-06-04 18:00")

    assert "With Owen Pryce · deputy: Carys Bowen" in carys.home
    assert any("Nobody has answered yet" in m.words for m in owen.invitations)


def test_quiet_after_three_replies_a_digest_is_offered(stage):
    """Three replies and two quiet working days."""
    amina = stage.member("Amina Yusuf")
    peers = [stage.member(f"Peer{n} Jones", interests=["fit"]) for n in range(3)]
    carys = stage.coordinator()

    post = amina.asks(QUESTION)
    for peer in peers:
        peer.replies(post, f"{peer.name} repeats it at six weeks.")
    stage.until("2026-06-03 18:00")
    assert "Ready to collate?" not in carys.home

    stage.until("2026-06-04 12:00")
    assert "Ready to collate?" in carys.home
    assert "3 replies from 3 people" in carys.home


def test_what_is_due_together_comes_as_one_message(stage):
    """A coordinator with two things to do gets one message about both."""
    amina = stage.member("Amina Yusuf")
    carys = stage.coordinator()

    amina.asks(QUESTION)
    amina.asks("And how do you code it?")
    stage.until("2026-06-02 13:00")

    [message] = carys.invitations
    assert message.text.startswith("2 things for you")


@pytest.fixture
def wide_stage(sqlite_url):
    """A community that asks many at once."""
    opened = Stage(sqlite_url, waves=Waves(first=20, second=3))
    yield opened
    opened.close()


def test_a_letter_waits_and_it_shows(wide_stage):
    """E-mail-only members are asked like everyone; while mail is off, letters wait."""
    amina = wide_stage.member("Amina Yusuf")
    carys = wide_stage.coordinator()
    wide_stage.member("Ben Carter", interests=["fit"])
    gwen = wide_stage.member("Gwen Morris", interests=["fit"], email_only=True)

    amina.asks(QUESTION)
    wide_stage.until("2026-06-02 13:00")

    with wide_stage.store.read() as tx:
        waiting = tx.notices.due(now=wide_stage.clock.now())[gwen.id]
    assert [one.kind for one in waiting] == ["invitation"]
    assert "Letters are waiting" in carys.home


def test_slack_is_down_and_everything_comes_once(stage):
    """What was owed waits, and arrives once, after the outage."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    stage.slack.goes_down()

    amina.commands("/ask")
    amina.submits(question=QUESTION)
    stage.until("2026-06-02 10:30")
    assert stage.channel() == []

    stage.slack.comes_back()
    stage.until("2026-06-02 13:30")
    assert len(stage.channel()) == 1
    assert len(ben.invitations) == 1


def test_what_an_outage_made_late_waits_for_the_next_good_time(stage):
    """Slack is away over lunch: nobody hears from us in the afternoon."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])

    amina.asks(QUESTION)
    stage.slack.goes_down()
    stage.until("2026-06-02 13:30")
    stage.slack.comes_back()
    stage.until("2026-06-03 12:00")
    assert ben.invitations == []

    stage.until("2026-06-03 13:00")
    assert len(ben.invitations) == 1
    with stage.store.read() as tx:
        [invited] = tx.invitations.of_member(ben.id)
    assert invited.invited_at == stage.clock.now().replace(hour=11, minute=30)
