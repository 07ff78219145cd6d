"""The post office: letters are taken whole, shown in parts, and meet bad weather."""

import smtplib
import ssl
import sys
import time
from email.message import EmailMessage

import pytest

from bot.simulator import Player, Refused, SimulatorServer
from tests.post import certificate

BEN, CARYS = "ben@example.org", "carys@example.org"
INVITATION = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19701025T020000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:call-1@example.org
SEQUENCE:2
DTSTART;TZID=Europe/London:20260910T123000
SUMMARY:Quarterly call\\, with a very long name that has to be fol
 ded over two lines
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


@pytest.fixture
def office():
    """A simulated Slack with a post office."""
    with SimulatorServer(mail=True) as running:
        yield running


@pytest.fixture
def clerk(office):
    """Whoever reads what went out."""
    return Player(office.url)


def letter(subject="A question for you", *, html="", calendar="", text="Dear Ben,"):
    """A letter to Ben."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, CARYS, BEN
    made["Message-ID"] = "<invite-7@example.org>"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    if calendar:
        made.add_alternative(calendar, subtype="calendar", params={"method": "REQUEST"})
    return made


def send(office, made, *to):
    """Send a letter on a connection of its own."""
    with smtplib.SMTP("127.0.0.1", office.mail_port, timeout=5) as smtp:
        smtp.send_message(made, from_addr=CARYS, to_addrs=list(to) or [BEN])


def test_a_letter_is_kept_whole_and_shown_in_its_parts(office, clerk):
    """Whoever looks sees headers, text, HTML and the invitation as they were sent."""
    send(office, letter(html="<p>Dear <b>Ben</b>,</p>", calendar=INVITATION))
    (one,) = clerk.letters()

    assert (one["id"], one["mail_from"], one["rcpt"]) == (1, CARYS, [BEN])
    assert one["subject"] == "A question for you"
    assert one["text"].strip() == "Dear Ben,"
    assert one["html"].strip() == "<p>Dear <b>Ben</b>,</p>"
    assert ["Message-ID", "<invite-7@example.org>"] in one["headers"]
    (call,) = one["calendars"]
    assert (call["method"], call["uid"]) == ("REQUEST", "call-1@example.org")
    assert call["sequence"] == 2
    assert call["card"]["DTSTART"] == "20260910T123000 Europe/London"
    assert call["card"]["SUMMARY"].endswith(
        "call, with a very long name that has to be folded over two lines"
    )
    assert "Subject: A question for you\r\n" in clerk.letter_source(1)


def test_the_transcript_tells_of_letters_and_not_what_they_say(office, clerk):
    """A judge sees who was written to and why, and no body."""
    send(office, letter(text="private words", calendar=INVITATION))
    (entry,) = clerk.transcript("letter")
    assert entry["rcpt"] == [BEN]
    assert entry["message_id"] == "<invite-7@example.org>"
    assert entry["calendar"] == {
        "method": "REQUEST",
        "uid": "call-1@example.org",
        "sequence": 2,
    }
    assert "private words" not in str(entry)


def test_letters_are_found_by_address_and_by_number(office, clerk):
    """Each inbox holds its own letters; what was read need not be read again."""
    send(office, letter("One"))
    send(office, letter("Two"), CARYS)
    send(office, letter("Three"), CARYS, BEN)
    assert [one["subject"] for one in clerk.letters(to="BEN@example.org")] == [
        "One",
        "Three",
    ]
    assert [one["subject"] for one in clerk.letters(after=2)] == ["Three"]
    with pytest.raises(Refused, match="no letter 9"):
        clerk.letter_source(9)


def test_letters_are_saved_as_files_that_other_programs_open(office, clerk, tmp_path):
    """Every letter becomes an .eml, every invitation an .ics, named by what it says."""
    send(office, letter("Quarterly call: 10 September", calendar=INVITATION))
    send(office, letter("…"))
    names = clerk.save_letters(str(tmp_path / "out"))
    assert names == [
        "001-quarterly-call-10-september.eml",
        "001-quarterly-call-10-september.ics",
        "002-letter.eml",
    ]
    saved = [(tmp_path / "out" / name).read_bytes() for name in names]
    assert saved[0].startswith(b"Subject: Quarterly call")
    assert saved[1].replace(b"\r\n", b"\n") == INVITATION.encode().replace(
        b"\r\n", b"\n"
    )


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_a_letter_can_be_refused_at_each_step(office, clerk, step):
    """The sender gets the code that was chosen, and nothing is kept."""
    clerk.mail_weather("refuse", step=step, code=552, words="5.2.2 Mailbox full")
    with pytest.raises(smtplib.SMTPException) as refused:
        send(office, letter())
    assert "552" in str(refused.value)
    assert clerk.letters() == []
    clerk.mail_weather("clear")
    send(office, letter())
    assert len(clerk.letters()) == 1


def test_one_mailbox_can_be_missing_while_others_get_their_letters(office, clerk):
    """Weather for one address leaves the rest alone."""
    clerk.mail_weather("refuse", to=CARYS)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(office, letter(), CARYS)
    send(office, letter())
    assert [one["rcpt"] for one in clerk.letters()] == [[BEN]]


def test_greylisting_lets_each_address_in_after_so_many_tries(office, clerk):
    """Trying again later is what helps, for every address anew."""
    clerk.mail_weather("greylist", times=2)
    for _ in range(2):
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            send(office, letter())
        assert refused.value.recipients[BEN][0] == 451
    send(office, letter())
    assert len(clerk.letters()) == 1


@pytest.mark.parametrize(("kind", "kept"), [("die", 1), ("lose", 0), ("down", 0)])
def test_a_server_that_dies_may_have_the_letter_or_not(office, clerk, kind, kept):
    """The sender sees the same broken connection; only we know what became of it."""
    clerk.mail_weather(kind, times=1)
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionError)):
        send(office, letter())
    assert len(clerk.letters()) == kept
    assert all(one["answered"] is False for one in clerk.letters())
    send(office, letter())
    assert len(clerk.letters()) == kept + 1


def test_an_answer_can_come_late(office, clerk):
    """A slow server takes the letter all the same."""
    clerk.mail_weather("delay", seconds=0.1)
    began = time.monotonic()
    send(office, letter())
    assert time.monotonic() - began >= 0.1
    assert len(clerk.letters()) == 1


def test_an_odd_letter_is_still_shown(office, clerk):
    """An unknown character set or a bare body stops nobody from looking."""
    raw = b"Subject: =?utf-8?q?caf=C3=A9?=\r\nContent-Type: text/plain; charset=klingon"
    with smtplib.SMTP("127.0.0.1", office.mail_port, timeout=5) as smtp:
        smtp.sendmail(CARYS, [BEN], raw + b"\r\n\r\nna\xc3\xafve\r\n")
    (one,) = clerk.letters()
    assert (one["subject"], one["text"].strip()) == ("café", "naïve")


@pytest.mark.parametrize(("kind", "step"), [("hail", "rcpt"), ("refuse", "x")])
def test_weather_that_does_not_exist_is_refused(clerk, kind, step):
    """A misspelt fault does not let a test pass in fine weather."""
    with pytest.raises(Refused):
        clerk.mail_weather(kind, step=step)


def test_a_post_office_with_a_certificate_offers_encryption(tmp_path):
    """A bot that insists on STARTTLS and checks the certificate gets its letters in."""
    made, _ = certificate(tmp_path)
    tls = (str(made), str(tmp_path / "key.pem"))
    with SimulatorServer(mail_tls=tls, mail=True) as server:
        with smtplib.SMTP("127.0.0.1", server.mail_port, timeout=5) as smtp:
            smtp.starttls(context=ssl.create_default_context(cafile=str(made)))
            smtp.send_message(letter())
        assert len(Player(server.url).letters()) == 1


def test_without_its_library_the_post_office_says_what_to_install(monkeypatch):
    """Whoever lacks the library reads the one line that mends it."""
    monkeypatch.setitem(sys.modules, "aiosmtpd.smtp", None)
    with pytest.raises(ValueError, match=r"convenor\[demo\]"):
        SimulatorServer(mail=True)
