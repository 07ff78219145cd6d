"""The monthly update: drafted, read, approved, held, and sent to each reader once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.calls import Call, CallId
from bot.domain.editions import Month
from bot.domain.errors import NotFound
from bot.domain.times import GoodTimes
from bot.ports import NotSent
from bot.usecases import editions, mailing, members
from bot.views.links import Links, Purpose
from tests.stage import TUESDAY, Stage
from tests.stories.digest_cast import CHLOE, QUESTION, Play

PARTNER = "partner@example.com"
LATE_FRIDAY = datetime(2026, 7, 3, 21, 30, tzinfo=UTC)
OPEN = "Who has a template for significant event analysis?"


@pytest.fixture
def stage(database_url):
    """A community whose letters go, with one partner."""
    opened = Stage(database_url, mail=True, partners=(PARTNER,))
    yield opened
    opened.close()


@pytest.fixture
def play(stage):
    """June: a digest was published, and a question is open as July begins."""
    stage.clock.moment = TUESDAY + timedelta(days=21)
    told = Play.on(stage).collate().checked()
    told.publish()
    stage.until("2026-06-30 09:00")
    stage.slack.messages.clear()
    told.amina.asks(OPEN)
    stage.until("2026-07-01 09:00")
    stage.mail.letters.clear()
    return told


def updates(stage, to=None):
    """The letters of updates that went, to one address or to all."""
    found = [one for one in stage.mail.letters if one.key.startswith("edition:")]
    return [one for one in found if to in {None, one.to}]


def opened(who, edition=1):
    """What the update's desk says."""
    who.does("open_edition", str(edition))
    return str(who.form)


def approved(who):
    """The update is read and approved."""
    opened(who)
    answer = who.submits()
    assert "approved" in answer, answer


def test_the_update_is_drafted_on_its_day_and_sent_once(play, stage):
    """Drafted, approved, held until the next working morning; one letter for each."""
    assert "The update for June 2026 is ready to read" in play.carys.home
    shown = opened(play.carys)
    assert QUESTION in shown
    assert OPEN in shown
    assert "it leaves Thu 2 Jul, 07:30" in shown

    approved(play.carys)
    assert "It leaves Thu 2 Jul, 07:30" in play.carys.home
    stage.until("2026-07-02 07:29")
    assert not updates(stage)

    stage.until("2026-07-02 13:00")
    assert "The update for June 2026" not in play.carys.home
    members = (play.amina, play.ben, play.chloe, play.dan, play.carys)
    everyone = {f"{one.name.split()[0].lower()}@example.org" for one in members}
    assert sorted(one.to for one in updates(stage)) == sorted([*everyone, PARTNER])
    stage.until("2026-07-20 09:00")
    assert len(updates(stage)) == 6
    assert "sent" in opened(play.carys)


def test_members_read_names_and_partners_do_not(play, stage):
    """Beyond the members there are no names, no small regions, no links to Slack."""
    play.carys.does("edition_note", "1")
    play.carys.submits(note="Ben and Dr Martin have done much. Come to Eastvale!")
    approved(play.carys)
    stage.until("2026-07-02 13:00")

    [member] = updates(stage, "amina@example.org")
    [partner] = updates(stage, PARTNER)
    assert "Chloé Martin (Eastvale)" in member.words
    assert "from the coordinator, Carys Bowen" in member.html
    assert "play.slack.com" in member.html
    for text in (partner.words, partner.html):
        for name in ("Martin", "Carter", "Yusuf", "Bowen", "Ben", "Eastvale", "slack"):
            assert name not in text
    assert "[name]" in partner.words
    assert " ".join(CHLOE.split()) in partner.words


def test_every_letter_has_its_readers_own_way_out_and_nobody_elses_address(play, stage):
    """Without a public address, by a letter to the coordinator."""
    approved(play.carys)
    stage.until("2026-07-02 13:00")

    [letter] = updates(stage, "ben@example.org")
    body = letter.message.body
    assert body["headers"]["List-Unsubscribe"] == (
        "<mailto:carys@example.org?subject=Unsubscribe>"
    )
    assert "List-Unsubscribe-Post" not in body["headers"]
    assert body["reply_to"] == "carys@example.org"
    assert body["name"] == "Ben Carter"
    for other in ("amina@", "chloé@", "dan@", PARTNER):
        assert other not in str({**body, "html": letter.html})


def test_what_is_withdrawn_during_the_hold_is_not_sent(play, stage):
    """And nothing new comes in that nobody has approved."""
    approved(play.carys)
    play.amina.asks("Has anyone a rota for lung checks?")
    with stage.ctx.begin() as tx:
        for line in tx.digests.lines(1):
            tx.digests.keep_line(replace(line, removed_at=stage.clock.now()))
    stage.until("2026-07-02 13:00")

    [letter] = updates(stage, "dan@example.org")
    assert CHLOE not in letter.words
    assert OPEN in letter.words
    assert "rota" not in letter.words


def test_an_item_is_left_out_and_put_back(play):
    """The coordinator chooses; what is left out can be seen, and brought back."""
    opened(play.carys)
    play.carys.does("edition_item_out", "1:1:0:question:1")
    assert "(left out)" not in opened(
        play.carys
    )  # that question is collated: not there

    play.carys.does("edition_item_out", "1:1:0:digest:1")
    assert "(left out)" in opened(play.carys)
    play.carys.does("edition_item_in", "1:2:0:digest:1")
    assert "(left out)" not in opened(play.carys)


def test_two_coordinators_do_not_overwrite_each_other(play, stage):
    """The second is told, and nothing of theirs is saved."""
    sam = stage.coordinator("Sam Price")
    play.carys.does("edition_note", "1")
    sam.does("edition_note", "1")
    play.carys.submits(note="From Carys.")

    assert "changed this since you opened it" in sam.submits(note="From Sam.")
    assert "From Carys." in opened(sam)


def test_nothing_is_approved_that_was_not_seen(play):
    """A question that comes in while the desk is open is looked at first."""
    opened(play.carys)
    play.ben.asks("Has anyone a rota for lung checks?")

    assert "has changed since you opened it" in play.carys.submits()
    assert "rota" in opened(play.carys)
    assert "approved" in play.carys.submits()


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("open_edition", "1"),
        ("edition_note", "1"),
        ("edition_drop", "1"),
        ("edition_take_back", "1"),
        ("edition_resume", "1:1"),
        ("edition_item_out", "1:1:0:digest:1"),
        ("open_doubts", "1"),
    ],
)
def test_only_coordinators_may_read_or_change_it(stage, action, value):
    """A member who finds the buttons is told so."""
    ben = stage.member("Ben Carter")
    with stage.ctx.begin() as tx:
        tx.editions.draft(Month(2026, 5), at=stage.clock.now())

    ben.does(action, value)

    assert "Only a coordinator can do that" in str(ben.form)


def test_a_note_that_identifies_a_patient_is_refused(play):
    """The guard stands before coordinators too, and does not repeat what it saw."""
    play.carys.does("edition_note", "1")

    answer = play.carys.submits(note="As with Mrs Jane Roe, born 12/03/1961.")

    assert "identify a patient" in answer
    assert "Roe" not in answer
    assert "Roe" not in opened(play.carys)


def test_it_can_be_taken_back_and_not_sent_at_all(play, stage):
    """Until it leaves; and a dropped one can be taken up again."""
    approved(play.carys)
    play.carys.presses("Take back")
    stage.until("2026-07-02 13:00")
    assert not updates(stage)

    play.carys.does("edition_drop", "1")
    play.carys.submits()
    assert "ready to read" not in play.carys.home
    assert "not sent this month" in opened(play.carys)
    play.carys.presses("Take it up again")
    assert "ready to read" in play.carys.home
    approved(play.carys)
    stage.until("2026-07-13 13:00")  # who has had enough this week gets it later
    assert len(updates(stage)) == 6


def test_an_empty_month_is_drafted_and_says_so(stage):
    """Nobody is sent an update with nothing in it."""
    carys = stage.coordinator()
    stage.until("2026-07-01 12:40")

    assert "it may be best not to send one" in carys.home
    assert "there is nothing in it" in opened(carys)
    assert "submit" not in carys.form
    carys.does("edition_note", "1")
    assert "A quiet month." in carys.submits(note="A quiet month.")
    approved(carys)
    stage.until("2026-07-02 13:00")
    assert len(updates(stage)) == 2


@pytest.mark.again
def test_readers_times_absence_and_caps_are_kept(play, stage):
    """Who gave times gets it then; who is away, when back; who had enough, later."""
    with stage.ctx.begin() as tx:
        for who, change in (
            (play.ben, {"good_times": GoodTimes.parse("Thu 18:00-19:00")}),
            (play.dan, {"away_until": stage.clock.now() + timedelta(days=7)}),
        ):
            tx.members.keep(replace(tx.members.get(who.id), **change))
        for _ in range(3):
            tx.notices.note_contact(play.chloe.id, at=stage.clock.now())
    approved(play.carys)

    stage.until("2026-07-02 17:30")
    early = {one.to for one in updates(stage)}
    assert early == {"amina@example.org", "carys@example.org", PARTNER}
    stage.until("2026-07-02 18:30")
    assert updates(stage, "ben@example.org")
    stage.until("2026-07-10 17:30")
    [dan] = updates(stage, "dan@example.org")
    [chloe] = updates(stage, "chloé@example.org")
    assert dan.at.date().isoformat() == "2026-07-08"
    assert chloe.at.date().isoformat() == "2026-07-08"
    with stage.store.read() as tx:
        edition = tx.editions.get(1)
        assert edition.finished_at is not None
        assert tx.recipients.progress(edition.id).went == 6


@pytest.mark.again
def test_who_has_unsubscribed_or_left_meanwhile_gets_none(play, stage):
    """Looked at again at the last moment, letter by letter."""
    approved(play.carys)
    with stage.ctx.begin() as tx:
        tx.suppressions.add("BEN@example.org", at=stage.clock.now(), why="coordinator")
        dan = replace(tx.members.get(play.dan.id), left_at=stage.clock.now())
        tx.members.keep(dan)
    stage.until("2026-07-02 13:00")

    assert {one.to for one in updates(stage)} == {
        *("amina@example.org", "carys@example.org", "chloé@example.org"),
        PARTNER,
    }


@pytest.mark.again
def test_who_leaves_while_their_letter_waits_gets_none(play, stage):
    """The mail server was down; the desk does not say that it is on its way."""
    approved(play.carys)
    stage.mail.goes_down()
    stage.until("2026-07-02 13:00")
    with stage.ctx.begin() as tx:
        members.left(stage.ctx, tx, play.dan.slack)
    stage.mail.comes_back()
    stage.until("2026-07-03 13:00")

    assert not updates(stage, "dan@example.org")
    assert len(updates(stage)) == 5
    assert "5 of 5 have gone; 1 left out" in opened(play.carys)


@pytest.mark.again
def test_who_goes_away_while_their_letter_waits_gets_it_when_they_are_back(play, stage):
    """The mail server was down until after they had gone."""
    approved(play.carys)
    stage.mail.goes_down()
    stage.until("2026-07-02 13:00")
    with stage.ctx.begin() as tx:
        gone = stage.clock.now() + timedelta(days=10)
        dan = replace(tx.members.get(play.dan.id), away_until=gone)
        tx.members.keep(dan)
    stage.mail.comes_back()
    stage.until("2026-07-10 13:00")
    assert not updates(stage, "dan@example.org")
    assert len(updates(stage)) == 5

    stage.until("2026-07-14 13:00")
    assert len(updates(stage, "dan@example.org")) == 1


@pytest.mark.again
def test_nobody_gets_it_at_night_or_on_a_day_off(play, stage):
    """Not partners either, where the bot was down when its hold was over."""
    approved(play.carys)
    stage.clock.moment = LATE_FRIDAY
    stage.settle()
    assert not updates(stage)
    stage.until("2026-07-05 20:00")
    assert not updates(stage)
    stage.until("2026-07-06 13:00")
    assert len(updates(stage)) == 6


WEATHER = {
    "ben@example.org": NotSent("lost after the last dot", uncertain=True),
    "dan@example.org": NotSent("the mailbox does not exist (550)", permanent=True),
    "amina@example.org": NotSent("the letter was refused (554)", permanent=True),
}


@pytest.fixture
def failed(play, stage):
    """Three letters of the update did not go, each for another reason."""

    def weather(message):
        if message.to in WEATHER:
            raise WEATHER[message.to]

    stage.mail.weather = weather
    approved(play.carys)
    stage.until("2026-07-02 13:00")
    stage.mail.comes_back()
    return play


@pytest.mark.again
def test_letters_that_fail_are_one_item(failed):
    """In doubt and unsent are told apart, with who and why."""
    home = failed.carys.home
    assert home.count("wait for you") == 1
    assert "1 letter may have arrived, or not. 2 letters did not go." in home

    failed.carys.presses("Look at them")
    shown = str(failed.carys.form)
    assert "Ben Carter (ben@example.org): lost after the last dot" in shown
    assert "Dan Okoro (dan@example.org): the mailbox does not exist" in shown


@pytest.mark.again
def test_a_coordinator_decides_and_doubtful_letters_are_never_repeated(failed, stage):
    """The rest is left as it is, for good."""
    failed.carys.presses("Look at them")
    said = failed.carys.submits(decide=["again", "stop"])

    assert "Trying 1 again. No more updates go to 1. Left 1 as they are." in said
    assert "wait for you" not in failed.carys.home
    assert updates(stage, "amina@example.org")
    assert not updates(stage, "ben@example.org")
    with stage.store.read() as tx:
        assert tx.suppressions.holds("dan@example.org")
        assert not tx.suppressions.holds("ben@example.org")


@pytest.mark.again
def test_what_fails_again_is_shown_again(failed, stage):
    """The item comes back, as often as it is needed."""

    def down(_message):
        raise NotSent("the letter was refused (554)", permanent=True)

    stage.mail.weather = down
    failed.carys.presses("Look at them")
    failed.carys.submits(decide=["again"])

    assert "2 letters did not go." in failed.carys.home


@pytest.mark.again
def test_without_mail_it_waits_and_says_so(play, stage):
    """Approved before e-mail was set up, it leaves once it is."""
    stage.restarts(mail=False)
    approved(play.carys)
    stage.until("2026-07-02 13:00")
    assert "E-mail is not set up yet" in opened(play.carys)

    stage.restarts(mail=True)
    stage.settle()
    assert len(updates(stage)) == 6


@pytest.fixture
def public(play, stage):
    """The bot has an address of its own that people can reach."""
    stage.ctx = replace(stage.ctx, links=Links("https://bot.example.org/", "s" * 32))
    stage.restarts(mail=True)
    return play


@pytest.mark.again
def test_with_a_public_address_one_click_stops_it(public, stage):
    """Each reader's link is their own, and the header says that a POST will do."""
    approved(public.carys)
    stage.until("2026-07-02 13:00")

    ways = {}
    for letter in updates(stage):
        body = letter.message.body
        [link] = body["fill"].values()
        assert body["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        ways[letter.to] = stage.ctx.links.read(
            Purpose.UNSUBSCRIBE, link.rpartition("/")[2]
        )
    assert len(set(ways.values())) == len(ways) == 6
    with stage.store.read() as tx:
        for address, recipient in ways.items():
            assert tx.recipients.get(int(recipient)).address == address


@pytest.mark.again
def test_it_is_read_in_a_browser_before_and_after(public, stage):
    """A draft as it would leave, a sent one as it left; nobody's own link in either."""
    assert "Read it in your browser" in opened(public.carys)
    draft = editions.page(stage.ctx, 1, "members")
    assert "Chloé Martin" in draft
    assert "Martin" not in editions.page(stage.ctx, 1, "others")

    approved(public.carys)
    stage.until("2026-07-02 13:00")
    public.amina.asks("Has anyone a rota for lung checks?")

    sent = editions.page(stage.ctx, 1, "members")
    [letter] = updates(stage, "amina@example.org")
    assert sent == letter.html.replace("@@unsubscribe@@", "#")
    for edition, audience in ((1, "everyone"), (2, "members")):
        with pytest.raises(NotFound):
            editions.page(stage.ctx, edition, audience)


@pytest.mark.again
def test_a_second_process_owes_nobody_a_second_letter(play, stage):
    """Two bots that tick together take turns; each step is done once."""
    approved(play.carys)
    stage.clock.moment = TUESDAY + timedelta(days=31)  # after the hold
    for _ in range(20):
        for edition in mailing.to_send(stage.ctx) * 2:
            mailing.send_some(stage.ctx, edition)
    stage.settle()

    assert len(updates(stage)) == 6
    with stage.store.read() as tx:
        week = stage.clock.now() - timedelta(days=7)
        assert len(tx.notices.contacts(play.amina.id, since=week)) <= 3


@pytest.mark.again
def test_what_is_not_for_all_or_needs_no_help_is_not_told(play):
    """A question kept out of the archive, and one that has closed."""
    play.ben.asks("Who would look at our draft pathway?", options=["private"])
    play.dan.asks("Who has a rota for lung checks?")
    play.dan.presses("Close question")

    shown = opened(play.carys)

    assert OPEN in shown
    assert "draft pathway" not in shown
    assert "rota" not in shown


@pytest.mark.again
def test_every_act_is_kept_with_who_did_it(play, stage):
    """From the draft to the last letter; no texts."""
    play.carys.does("edition_note", "1")
    play.carys.submits(note="Hello.")
    approved(play.carys)
    play.carys.presses("Take back")
    approved(play.carys)
    stage.until("2026-07-02 13:00")

    with stage.store.read() as tx:
        kept = tx.audit.about("edition:1")
    assert [one.act for one in kept] == [
        "edition drafted",
        "note written",
        "edition approved",
        "edition taken back",
        "edition approved",
        "edition begun",
        "edition sent",
    ]
    assert {one.actor for one in kept[1:]} == {play.carys.id}
    assert "Hello" not in str(kept)


@pytest.mark.again
def test_a_confirmed_call_is_told_and_how_to_join_to_members_alone(play, stage):
    """A proposal that nobody has confirmed is not told at all."""
    now = stage.clock.now()
    with stage.ctx.begin() as tx:
        for number, starts in enumerate((now + timedelta(30), now + timedelta(120))):
            call = Call(
                id=CallId(0),
                quarter=f"2030-Q{number + 1}",
                uid=f"call{number}",
                title=f"Call number {number}",
                starts_at=starts,
                minutes=60,
                dial_in="0300 123, code 99",
                proposed_at=now - timedelta(days=1),
            )
            kept = tx.calls.propose(call)
            if number == 0:
                tx.calls.change(kept, confirmed_at=now - timedelta(hours=1))
    approved(play.carys)
    stage.until("2026-07-02 13:00")

    [member] = updates(stage, "amina@example.org")
    [partner] = updates(stage, PARTNER)
    assert "Call number 0: Fri 31 Jul, 09:00 to 10:00" in member.words
    assert "0300 123, code 99" in member.words
    assert "Call number 1" not in member.words
    assert "Call number 0" in partner.words
    assert "0300" not in partner.html + partner.words
