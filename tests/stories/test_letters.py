"""Members who chose e-mail take full part, by letter alone or beside Slack."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.members import Reach
from bot.domain.notices import NoticeKind, bundle_key
from bot.ports import Medium, Message, NotSent
from tests.stage import AGAIN, Stage
from tests.stories.digest_cast import Play

QUESTION = "How do you *safety-net* a negative FIT with ongoing symptoms?"


@pytest.fixture(params=["sqlite", AGAIN])
def letters(request):
    """A community from which letters go."""
    opened = Stage(request.getfixturevalue(f"{request.param}_url"), mail=True)
    yield opened
    opened.close()


def chooses(stage, cast, reach):
    """*cast* chooses how to be reached."""
    with stage.ctx.begin() as tx:
        tx.members.keep(replace(tx.members.get(cast.id), reach=reach))


def test_asked_reminded_and_told_that_it_closes_by_letter_alone(letters):
    """Each once, at good times, with the topic and the date in the subject alone."""
    amina = letters.member("Amina Yusuf", region="Northshire")
    gwen = letters.member("Gwen Morris", interests=["fit"], email_only=True)
    letters.coordinator()

    amina.asks(QUESTION)
    letters.until("2026-06-12 18:00")

    invited, reminded, closing = gwen.letters
    subjects = {one.subject for one in gwen.letters}
    assert subjects == {"A question about FIT, closes Thu 11 Jun"}
    asked = "Amina Yusuf (Northshire) asks about FIT: How do you safety-net a negative"
    assert asked in invited.words
    assert "it reaches Carys" in invited.words
    assert "“not one for me” is enough" in invited.words
    assert "A gentle reminder" in reminded.words
    assert "This question closes tomorrow." in closing.words
    assert all((12, 30) <= (m.at.hour, m.at.minute) < (14, 0) for m in gwen.letters)
    with letters.store.read() as tx:
        [one] = tx.invitations.of_member(gwen.id)
    assert None not in {one.invited_at, one.reminded_at, one.closing_at}


def test_both_get_a_message_and_its_twin_as_one_contact(letters):
    """Slack and e-mail say the same, at one time, and count once."""
    amina = letters.member("Amina Yusuf")
    ben = letters.member("Ben Carter", interests=["fit"])
    chooses(letters, ben, Reach.BOTH)

    amina.asks(QUESTION)
    letters.until("2026-06-02 13:00")

    assert len(ben.invitations) == len(ben.letters) == 1
    assert "chose Slack and e-mail" in ben.letters[0].words
    with letters.store.read() as tx:
        since = letters.clock.now() - timedelta(days=7)
        assert len(tx.notices.contacts(ben.id, since=since)) == 1
        [one] = tx.invitations.of_member(ben.id)
    assert one.invited_at == letters.clock.now().replace(hour=11, minute=30)


def test_what_is_due_together_comes_as_one_letter(letters):
    """A coordinator by e-mail with two things to do gets one letter about both."""
    amina = letters.member("Amina Yusuf")
    letters.coordinator("Owen Pryce", email_only=True)

    amina.asks(QUESTION)
    amina.asks("And how do you code it?")
    letters.until("2026-06-02 13:00")

    [letter] = letters.letters_to("Owen Pryce")
    assert letter.subject == "2 things for you from Early Diagnosis Network"


@pytest.fixture(params=["sqlite", AGAIN])
def play(request):
    """A question with replies, in a community from which letters go."""
    opened = Stage(request.getfixturevalue(f"{request.param}_url"), mail=True)
    yield Play.on(opened)
    opened.close()


def test_a_digest_comes_whole_and_once_to_those_by_letter(play):
    """To e-mail-only members and those who chose it, never to the others."""
    gwen = play.stage.member("Gwen Morris", email_only=True)
    chooses(play.stage, play.dan, Reach.BOTH)
    play.collate().checked().publish()
    play.stage.passes(days=2)

    [letter] = [one for one in gwen.letters if "digest" in one.subject]
    assert letter.subject.startswith("A digest about FIT, ")
    assert "Where we differ" in letter.words
    assert "I disagree with repeating the test." in letter.words
    assert "— Chloé Martin (Eastvale)" in letter.words
    assert "all shown or accounted for" in letter.words
    assert "play.slack.com" not in letter.words
    twin = [one for one in play.dan.letters if "digest about" in one.subject]
    assert len(twin) == 1
    assert "play.slack.com" in twin[0].words
    assert play.ben.letters == []


def test_an_author_by_letter_sees_their_own_line_first(play):
    """How it will stand, what silence means, and how to change it."""
    chooses(play.stage, play.dan, Reach.EMAIL)
    play.collate()
    play.checked()

    [letter] = [one for one in play.dan.letters if "Your line" in one.subject]
    assert "Our lab adds a safety-netting leaflet" in letter.words
    assert "If I hear nothing by" in letter.words
    assert "To have your name left off, or the line left out, reply" in letter.words


def test_nobody_elses_address_stands_in_a_letter(play):
    """But the coordinator's, whom replies reach."""
    gwen = play.stage.member("Gwen Morris", interests=["fit"], email_only=True)
    play.amina.asks("Who chases a FIT that never comes back?")
    play.collate().checked().publish()
    play.stage.passes(days=2)

    assert len(gwen.letters) >= 2
    for letter in gwen.letters:
        said = letter.message.body
        assert "@" not in said["text"].replace("@media", "")
        assert "example.org" not in said["html"] + letter.subject
        assert said["reply_to"] == "carys@example.org"


def test_letters_were_off_for_a_month_and_are_switched_on(letters):
    """What is out of date never goes; what still has a point goes once."""
    letters.restarts(mail=False)
    amina = letters.member("Amina Yusuf")
    carys = letters.coordinator()
    gwen = letters.member("Gwen Morris", interests=["fit"], email_only=True)

    amina.asks(QUESTION)
    letters.until("2026-06-02 18:00")
    assert "Letters are waiting" in carys.home

    letters.clock.moment += timedelta(days=30)
    letters.restarts(mail=True)
    amina.asks("Which FIT threshold do you use?")
    letters.until("2026-07-03 18:00")

    assert "Letters are waiting" not in carys.home
    [letter] = gwen.letters
    assert "Which FIT threshold do you use?" in letter.words


def test_a_letter_of_an_earlier_version_is_put_together_anew(letters):
    """What waited as a message for Slack is not sent so, nor lost."""
    amina = letters.member("Amina Yusuf")
    gwen = letters.member("Gwen Morris", interests=["fit"], email_only=True)
    amina.asks(QUESTION)
    _owe_in_the_old_way(letters, gwen)

    letters.restarts(mail=True)
    letters.until("2026-06-02 13:30")

    [letter] = gwen.letters
    assert letter.subject == "A question about FIT, closes Thu 11 Jun"


def _owe_in_the_old_way(stage, member):
    with stage.ctx.begin() as tx:
        [one] = tx.invitations.of_member(member.id)
        if not tx.notices.is_wanted(member.id, NoticeKind.INVITATION, one.id):
            tx.notices.want(
                member.id, NoticeKind.INVITATION, one.id, due_at=stage.clock.now()
            )
        due = tx.notices.due(now=stage.clock.now(), member=member.id)[member.id]
        bundle = tx.notices.bundle(member.id, due, at=stage.clock.now())
        tx.outbox.owe(
            Message(
                key=bundle_key(bundle),
                medium=Medium.MAIL,
                to="gwen@example.org",
                body={"text": "A question", "blocks": []},
                member=member.id,
                unsolicited=True,
            ),
            due_at=stage.clock.now(),
        )


def test_the_mail_server_is_away_over_lunch(letters):
    """What an outage made late goes at the next good time, and says what is so then."""
    amina = letters.member("Amina Yusuf")
    gwen = letters.member("Gwen Morris", interests=["fit"], email_only=True)

    amina.asks(QUESTION)
    letters.mail.goes_down()
    letters.until("2026-06-02 14:30")
    letters.mail.comes_back()
    letters.until("2026-06-03 12:00")
    assert gwen.letters == []

    letters.until("2026-06-03 13:00")
    assert len(gwen.letters) == 1


def test_a_twin_that_came_late_does_not_go_after_the_answer(letters):
    """Ben answers in Slack while his letter waits: it is taken back."""
    amina = letters.member("Amina Yusuf")
    ben = letters.member("Ben Carter", interests=["fit"])
    chooses(letters, ben, Reach.BOTH)
    post = amina.asks(QUESTION)

    def greylisted(_):
        raise NotSent("greylisted", retry_after=timedelta(minutes=5))

    letters.mail.weather = greylisted
    letters.until("2026-06-02 12:45")
    ben.replies(post, "We repeat it at six weeks.")
    letters.mail.comes_back()
    letters.until("2026-06-02 18:00")

    assert len(ben.invitations) == 1
    assert ben.letters == []


def test_a_mailbox_that_does_not_exist_is_shown_to_the_coordinator(letters):
    """The letter is set aside once, with why; nothing is tried for ever."""
    amina = letters.member("Amina Yusuf")
    carys = letters.coordinator()
    letters.member("Gwen Morris", interests=["fit"], email_only=True)

    def refused(_):
        raise NotSent("the mailbox does not exist (550)", permanent=True)

    letters.mail.weather = refused
    amina.asks(QUESTION)
    letters.until("2026-06-04 18:00")

    assert carys.home.count("the mailbox does not exist (550)") == 1


def test_somebody_without_an_address_is_reached_in_slack(letters):
    """Whoever chose e-mail and has no address there is not promised a letter."""
    amina = letters.member("Amina Yusuf")
    ben = letters.member("Ben Carter", interests=["fit"], email=None)
    chooses(letters, ben, Reach.EMAIL)

    amina.asks(QUESTION)
    letters.until("2026-06-02 13:00")

    assert len(ben.invitations) == 1
    assert letters.mail.letters == []


def test_an_author_asks_by_letter_for_no_name(play):
    """The coordinator sees to it from the line's menu, and it is in the record."""
    chooses(play.stage, play.dan, Reach.EMAIL)
    play.collate()
    play.open()
    play.about(play.carys, play.line("leaflet"), "nameless")
    play.checked().publish()

    assert "Dan Okoro" not in "".join(m.words for m in play.published)
    assert "leaflet" in "".join(m.words for m in play.published)
    with play.stage.store.read() as tx:
        assert "name left off" in [one.act for one in tx.audit.about("digest:1")]


def test_what_went_one_way_is_not_said_again_the_other_way_a_day_late(letters):
    """Slack or the mail server is away over lunch: each hears once all the same."""
    amina = letters.member("Amina Yusuf")
    ben = letters.member("Ben Carter", interests=["fit"])
    chooses(letters, ben, Reach.BOTH)
    amina.asks(QUESTION)
    letters.mail.goes_down()
    letters.until("2026-06-02 14:30")
    letters.mail.comes_back()
    chloe = letters.member("Chloe Martin", interests=["lung"])
    chooses(letters, chloe, Reach.BOTH)
    amina.asks("Who runs lung health checks at weekends?", topics=["lung"])
    letters.slack.weather = _refuses_contacts
    letters.until("2026-06-03 14:30")
    letters.slack.comes_back()
    letters.until("2026-06-04 12:00")

    assert (len(ben.invitations), len(ben.letters)) == (1, 0)
    assert (len(chloe.invitations), len(chloe.letters)) == (0, 1)


def _refuses_contacts(message):
    if message.unsolicited:
        raise NotSent("Slack is down")
