"""E-mail as a way out, tried on a real SMTP server."""

import ssl
from datetime import timedelta
from itertools import count
from threading import Thread
from time import monotonic, sleep

import pytest

from bot.gateways.mail import MAIL, Mail, Manners, Unfit
from bot.gateways.mail_patience import (
    FIRST_REST,
    GREYLISTED,
    REMEMBERED,
    WAITED_OUT,
    Patience,
)
from bot.ports import Act, Medium, Message, NotSent, Receipt
from tests.post import Post, certificate
from tests.stage import PlayClock

JO = "jo@surgery.example"
SENDER = "Our community <community@example.org>"
WORD = "sesame"
_numbers = count(1)


def a_letter(key=None, *, to=JO, **body):
    said = {"subject": "A question for you", "text": "Dear Jo,\n", **body}
    key = key or f"invite:{next(_numbers)}:{to}"
    return Message(key=key, medium=Medium.MAIL, to=to, body=said)


@pytest.fixture
def clock():
    return PlayClock()


@pytest.fixture
def post():
    with Post() as server:
        yield server


@pytest.fixture
def open_mail(clock):
    """Gateways that say goodbye after the test."""
    opened = []

    def opening(server, **more):
        quick = Manners(step=1.0, last_answer=0.3)
        given = {"sender": SENDER, "clock": clock, "manners": quick, **more}
        opened.append(Mail(server=server, **given))
        return opened[-1]

    yield opening
    for one in opened:
        one.close()


@pytest.fixture
def mail(post, open_mail):
    return open_mail(post.server())


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """A certificate for 127.0.0.1: its file, and the server's side of it."""
    return certificate(tmp_path_factory.mktemp("tls"))


def not_sent(mail, message=None):
    """Why a letter does not go: nothing private stands in the reason."""
    with pytest.raises(NotSent) as caught:
        mail.send(message or a_letter(), None)
    assert JO not in caught.value.reason
    assert WORD not in caught.value.reason
    assert "Dear" not in caught.value.reason
    return caught.value


def test_a_letter_arrives_with_all_that_mail_programs_need(mail, post):
    """Who writes, to whom, when, and that no machine need answer."""
    receipt = mail.send(a_letter("invite:7:U1", html="<p>Dear Jo</p>"), None)

    (arrived,) = post.delivered
    letter = arrived.letter
    assert (arrived.sender, arrived.to) == ("community@example.org", [JO])
    assert letter["From"] == SENDER
    assert letter["To"] == JO
    assert letter["Date"] == "Tue, 02 Jun 2026 08:00:00 +0000"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "OOF" in letter["X-Auto-Response-Suppress"]
    assert receipt == Receipt(channel=MAIL, ts=letter["Message-ID"])
    assert letter.get_content_type() == "multipart/alternative"
    assert letter.defects == []


def test_one_connection_carries_many_letters(mail, post):
    """A mailing does not greet, encrypt and log in for each of its recipients."""
    for _ in range(3):
        mail.send(a_letter(), None)

    assert (len(post.letters), post.connections) == (3, 1)


def test_a_connection_is_not_kept_for_ever(post, open_mail):
    """Servers limit the letters on one connection; we stay below without being told."""
    mail = open_mail(post.server(), manners=Manners(letters=2))
    for _ in range(5):
        mail.send(a_letter(), None)

    assert (len(post.letters), post.connections) == (5, 3)


def test_an_idle_connection_is_closed_with_a_goodbye(post, open_mail):
    """Nobody's server keeps a place for us when there is nothing to send."""
    mail = open_mail(post.server(), manners=Manners(idle=0.05))
    mail.send(a_letter(), None)

    patience = monotonic() + 5
    while "QUIT" not in post.heard and monotonic() < patience:
        sleep(0.01)
    assert post.heard[-1] == "QUIT"
    mail.send(a_letter(), None)
    assert len(post.letters) == 2


@pytest.mark.parametrize("step", ["hung up", "421", "452"])
def test_a_connection_that_went_stale_is_opened_anew(mail, post, step):
    """A letter does not fail because the one before it was long ago."""
    mail.send(a_letter(), None)
    if step == "hung up":
        post.hang_up()
    else:
        post.refuse("MAIL", f"{step} that was enough", times=1)
    mail.send(a_letter(), None)

    assert (len(post.letters), post.connections) == (2, 2)


def test_several_threads_may_send_at_once(mail, post):
    """Letters do not get into one another."""
    threads = [Thread(target=mail.send, args=(a_letter(), None)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len({one["Message-ID"] for one in post.letters}) == 8


def test_encrypted_and_logged_in(open_mail, tls):
    """The usual way: STARTTLS, the certificate checked, then the password."""
    file, context = tls
    trust = ssl.create_default_context(cafile=file)
    with Post(tls=context, users={"bot": WORD}) as post:
        server = post.server("smtp+starttls", user="bot", password=WORD)
        open_mail(server, trust=trust).send(a_letter(), None)

        (arrived,) = post.delivered
        assert (arrived.encrypted, arrived.user) == (True, "bot")


def test_encrypted_from_the_start(open_mail, tls):
    """The other way, smtps."""
    file, context = tls
    trust = ssl.create_default_context(cafile=file)
    with Post(tls=context, from_the_start=True) as post:
        open_mail(post.server("smtps"), trust=trust).send(a_letter(), None)

        assert len(post.letters) == 1


@pytest.mark.parametrize("told", ["nobody vouches", "another name"])
def test_a_certificate_that_is_not_believed(open_mail, tls, told):
    """Neither the password nor a letter is given to somebody else; it can be mended."""
    file, context = tls
    trust = ssl.create_default_context(cafile=file)
    more = {"trust": trust, "host": "localhost"} if told == "another name" else {}
    with Post(tls=context, users={"bot": WORD}) as post:
        server = post.server(
            "smtp+starttls",
            user="bot",
            password=WORD,
            host=more.pop("host", "127.0.0.1"),
        )
        why = not_sent(open_mail(server, **more))

        assert "certificate that cannot be trusted" in why.reason
        assert not why.permanent
        assert "AUTH" not in post.heard
        assert "MAIL" not in post.heard


def test_a_server_without_encryption_gets_no_letter(post, open_mail):
    """Never in the clear because it was easier; it waits until it is mended."""
    why = not_sent(open_mail(post.server("smtp+starttls")))

    assert "does not offer STARTTLS" in why.reason
    assert not why.permanent
    assert "MAIL" not in post.heard


def test_encryption_that_fails_just_now_is_not_done_without(open_mail, tls):
    """Nor is it when the server says that it is only for today."""
    with Post(tls=tls[1]) as post:
        post.refuse("STARTTLS", "454 not today")
        why = not_sent(open_mail(post.server("smtp+starttls")))

        assert "cannot be used (454)" in why.reason
        assert "MAIL" not in post.heard


@pytest.mark.parametrize("password", ["wrong", "pässword"])
def test_a_password_that_is_wrong(open_mail, tls, password):
    """It is about us: letters wait, and the reason names the setting to mend."""
    file, context = tls
    trust = ssl.create_default_context(cafile=file)
    with Post(tls=context, users={"bot": WORD}) as post:
        server = post.server("smtp+starttls", user="bot", password=password)
        why = not_sent(open_mail(server, trust=trust))

    assert "password" in why.reason
    assert password not in why.reason
    assert "SMTP_URL" in why.reason
    assert (why.permanent, why.uncertain) == (False, False)
    assert password not in repr(server)


@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("GREETING", "554 go away"),
        ("GREETING", "421 too busy"),
        ("EHLO", "421 not now"),
        ("MAIL", "550 5.7.1 sender refused"),
        ("MAIL", "451 not now"),
        ("RCPT", "530 5.7.0 log in first"),
        ("RCPT", "421 closing"),
    ],
)
def test_a_server_that_does_not_want_us_leaves_letters_waiting(mail, post, step, reply):
    """Nothing is wrong with the letter or its reader: it goes once that is mended."""
    post.refuse(step, reply)
    why = not_sent(mail)

    assert (why.permanent, why.uncertain) == (False, False)
    assert why.retry_after
    assert post.letters == []


@pytest.mark.parametrize("step", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"])
def test_what_breaks_off_before_the_last_dot_did_not_go(mail, post, step, clock):
    """It is tried again without asking anybody, and arrives once."""
    post.drop(step, times=1)
    why = not_sent(mail, a_letter("once"))
    assert (why.permanent, why.uncertain) == (False, False)

    clock.moment += why.retry_after
    mail.send(a_letter("once"), None)
    assert len(post.letters) == 1


def test_what_breaks_off_in_the_middle_of_the_text_did_not_go(mail, post):
    """Without its last dot no server may deliver it, and a person need not decide."""
    post.drop("BODY")
    why = not_sent(mail, a_letter(text="Dear Jo,\n" * 400_000))

    assert (why.permanent, why.uncertain) == (False, False)


@pytest.mark.parametrize("how", ["drop", "stall"])
def test_what_is_lost_after_the_last_dot_is_uncertain(mail, post, how):
    """The server may have it, and here it has: nobody sends it twice on a guess."""
    if how == "drop":
        post.drop("END")
    else:
        post.stall("END", 1.0)

    assert not_sent(mail).uncertain
    assert len(post.letters) == 1
    assert not_sent(mail).retry_after == FIRST_REST  # the next is not tried at once
    assert post.connections == 1


def test_an_answer_after_the_last_dot_that_is_none_is_uncertain(mail, post, clock):
    """Only a yes is a yes, and only a no is a no."""
    post.refuse("END", "hello", times=1)

    assert not_sent(mail).uncertain
    clock.moment += timedelta(minutes=1)
    mail.send(a_letter(), None)
    assert post.connections == 2  # who knows what else the first would have said


def test_a_late_answer_does_not_pass_for_the_next_letters(mail, post, clock):
    """After a doubt the connection is a new one."""
    post.stall("END", 0.5, times=1)
    why = not_sent(mail)
    clock.moment += timedelta(minutes=1)
    post.refuse("RCPT", "550 5.1.1 nobody", to="gone@surgery.example")

    assert why.uncertain
    assert not_sent(mail, a_letter(to="gone@surgery.example")).permanent


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (f"550 5.1.1 <{JO}>: no such user", "the mailbox does not exist (550)"),
        ("552 5.2.2 over quota", "the mailbox is full (552)"),
        ("550 no", "the mailbox does not exist, or takes no letters from us (550)"),
        ("554 5.7.1 relay denied", "may not deliver to this address"),
        ("599 5.9.99 surprise", "the mail server refuses this address (599)"),
    ],
)
def test_a_mailbox_that_takes_no_letters(mail, post, reply, words):
    """A coordinator reads what is wrong; the next letter goes all the same."""
    post.refuse("RCPT", reply, to=JO)
    why = not_sent(mail)
    mail.send(a_letter(to="ben@surgery.example"), None)

    assert words in why.reason
    assert why.permanent
    assert (len(post.letters), post.connections) == (1, 1)


@pytest.mark.parametrize("step", ["DATA", "END"])
def test_a_letter_that_the_server_refuses(mail, post, step):
    """A no is an answer: it is known not to have gone, and trying again is no use."""
    post.refuse(step, "554 5.6.0 looks odd", times=1)
    why = not_sent(mail)
    mail.send(a_letter(), None)

    assert (why.permanent, why.uncertain) == (True, False)
    assert "refuses what the letter says" in why.reason
    assert len(post.letters) == 1


def test_a_letter_larger_than_the_server_takes(open_mail):
    """It is said before a byte of it is sent."""
    with Post(size=1000) as post:
        why = not_sent(open_mail(post.server()), a_letter(text="Dear Jo\n" * 1000))

        assert why.permanent
        assert "larger than the mail server takes (552)" in why.reason


@pytest.mark.parametrize("step", ["RCPT", "DATA", "END"])
def test_a_server_that_asks_for_patience_is_not_pressed(mail, post, clock, step):
    """Greylisting passes in minutes and counts for nothing, but not for ever.

    After some hours each refusal counts as a try, so that a coordinator is told.
    """
    post.refuse(step, "451 4.7.1 come back later")
    first = not_sent(mail, a_letter("slow"))
    clock.moment += WAITED_OUT
    last = not_sent(mail, a_letter("slow"))

    assert first.retry_after == GREYLISTED
    assert (first.permanent, first.uncertain) == (False, False)
    assert last.retry_after is None
    assert not last.permanent


def test_patience_with_one_letter_holds_up_no_other(mail, post):
    """One address that is greylisted is one address."""
    post.refuse("RCPT", "450 4.2.0 greylisted", to=JO)
    not_sent(mail)
    mail.send(a_letter(to="ben@surgery.example"), None)

    assert len(post.letters) == 1


def test_a_server_in_trouble_is_left_alone_for_a_while(mail, post, clock):
    """Letters do not queue up behind a server that does not answer, one by one."""
    post.refuse("GREETING", "421 too busy")
    waits = []
    for _ in range(7):
        waits.append(not_sent(mail).retry_after)
        before = post.connections
        not_sent(mail)  # at once, without being tried
        assert post.connections == before
        clock.moment += waits[-1]
    post.clear()
    mail.send(a_letter(), None)

    assert [one.total_seconds() for one in waits] == [5, 10, 20, 40, 80, 120, 120]
    assert len(post.letters) == 1


def test_a_server_in_trouble_for_hours_is_told_of(mail, post, clock):
    """From then on failures count, and what cannot go is shown to a coordinator."""
    post.refuse("GREETING", "421 too busy")
    not_sent(mail)
    clock.moment += WAITED_OUT

    assert not_sent(mail).retry_after is None
    assert not_sent(mail).retry_after is None  # nor for those that were not tried


def test_a_server_that_answers_again_is_trusted_again(mail, post, clock):
    """Even if its answer is to wait: the next trouble is a new one."""
    post.refuse("GREETING", "421 too busy", times=2)
    for _ in range(2):
        clock.moment += not_sent(mail).retry_after
    post.refuse("RCPT", "450 4.2.0 greylisted", times=1)
    not_sent(mail)
    post.drop("MAIL")

    assert not_sent(mail).retry_after == FIRST_REST


def test_patience_begins_anew_with_what_has_gone(clock):
    """Neither letters nor memory pile up with what once had to wait."""
    patience, later = Patience(), clock.moment + WAITED_OUT
    patience.letter("slow", clock.moment)
    patience.answered("slow")
    assert patience.letter("slow", later) == GREYLISTED

    for number in range(REMEMBERED):
        patience.letter(f"other:{number}", later)
    assert patience.letter("slow", later + WAITED_OUT) == GREYLISTED


def test_a_whole_community_asked_to_wait_is_told_of(clock):
    """However many letters wait at once, none waits for ever and nobody knows."""
    patience, everyone = Patience(), range(50_000)
    for waited in (timedelta(0), WAITED_OUT):
        last = [
            patience.letter(f"edition:{n}", clock.moment + waited) for n in everyone
        ]
    assert set(last) == {None}


def test_nobody_there(open_mail):
    """A server that is not there is a wait, not a lost letter."""
    with Post() as post:
        pass
    why = not_sent(open_mail(post.server()))

    assert why.retry_after
    assert "ConnectionRefusedError" in why.reason


def test_an_address_with_accents_on_a_server_that_takes_it(open_mail):
    """SMTPUTF8 is used where it is offered, and only where it is needed."""
    with Post(utf8=True) as post:
        open_mail(post.server()).send(a_letter(to="zoë@surgery.example"), None)

        assert post.delivered[0].to == ["zoë@surgery.example"]
        assert post.letters[0]["To"] == "zoë@surgery.example"


def test_an_address_with_accents_on_a_server_that_does_not(mail, post):
    """A coordinator is told what to ask for."""
    why = not_sent(mail, a_letter(to="zoë@surgery.example"))

    assert why.permanent
    assert "ask for another address" in why.reason
    assert "MAIL" not in post.heard


def test_a_domain_with_accents_goes_by_its_other_name(mail, post):
    """Every server takes those, and none is mistaken for another."""
    mail.send(a_letter(to="jo@straße.example.com"), None)

    assert post.delivered[0].to == ["jo@xn--strae-oqa.example.com"]


def test_lines_that_begin_with_a_dot_arrive_with_it(mail, post):
    """A dot alone on a line does not end the letter early."""
    text = "One\n.\n..\n.two\nQUIT\n"
    mail.send(a_letter(text=text, html=f"<pre>{text}</pre>"), None)

    body = post.letters[0].get_body(("plain",))
    assert body.get_content().replace("\r\n", "\n") == text


def test_what_is_no_letter_is_refused_before_anybody_is_called(mail, post):
    """A mistake of ours is told, and is no doubt: it has not gone."""
    odd = Message(key="x", medium=Medium.MAIL, to=JO, body={"text": "no subject"})
    changed = Message(key="y", act=Act.UPDATE, to=JO, body={})

    assert not_sent(mail, odd).permanent
    assert not_sent(mail, changed).permanent
    assert not_sent(mail, a_letter(to="jo@surgery.example\r\nBcc: all")).permanent
    assert post.connections == 0


def test_letters_are_neither_looked_for_nor_taken_back(mail):
    """To say "none found" would have it sent twice."""
    with pytest.raises(NotSent) as looked:
        mail.find(a_letter(), None, since=PlayClock().now())
    with pytest.raises(NotSent) as removed:
        mail.remove(Receipt(channel=MAIL, ts="<x@example.org>"))

    assert looked.value.permanent
    assert removed.value.permanent


def test_a_pace_is_kept_where_the_server_asks_for_one(post, mail, open_mail):
    """Some providers count letters a second."""
    paced = open_mail(post.server(), pause=timedelta(seconds=2))

    assert mail.paces(a_letter()) == ()
    assert paced.paces(a_letter()) == (("mail:127.0.0.1", timedelta(seconds=2)),)


def test_a_sender_without_an_address_is_told_at_the_start(post, open_mail):
    """Not with the first letter, weeks later."""
    with pytest.raises(Unfit):
        open_mail(post.server(), sender="Our community")
