"""How a letter is written: hostile words in, what mail programs expect out."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32, default
from email.utils import getaddresses

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.gateways.mail_headers import (
    AS_WRITTEN,
    Unfit,
    message_id,
    name_and_address,
    one_line,
)
from bot.gateways.mail_mime import Letterhead
from bot.ports import Medium, Message, Receipt

HEAD = Letterhead("Our community <community@example.org>")
AT = datetime(2026, 6, 2, 12, 30, tzinfo=UTC)
JO = "jo@surgery.example"
ICS = "BEGIN:VCALENDAR\r\nSUMMARY:Keeping in touch – café\r\nEND:VCALENDAR\r\n"
HOSTILE = "Hello\r\nBcc: everyone@surgery.example\r\n\r\n<script>"
ENCODED = "=?utf-8?q?Hello=0D=0ABcc:_everyone=40surgery.example?="


def written(*, to=JO, key="invite:7:U1", head=HEAD, answers=None, **body):
    said = {"subject": "A question", "text": "Dear Jo,\n", **body}
    message = Message(key=key, medium=Medium.MAIL, to=to, body=said)
    return head.write(message, at=AT, answers=answers)


def read(letter):
    return message_from_bytes(letter.raw, policy=default)


def plainly(letter, name):
    """A header as the older of the two parsers in Python reads it."""
    value = message_from_bytes(letter.raw, policy=compat32)[name]
    return str(make_header(decode_header(re.sub(r"\r\n(?=[ \t])", "", str(value)))))


def part(letter, kind):
    (found,) = [p for p in read(letter).walk() if p.get_content_type() == kind]
    return found


ANY = st.text(max_size=200) | st.text('aé €,"\\<>@=?_\r\n\t\0', max_size=120)
EXPECTED = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"}
EXPECTED |= {"X-Auto-Response-Suppress", "MIME-Version", "Content-Type"}


@settings(max_examples=60, deadline=None)
@given(subject=ANY, name=ANY)
@example(subject=HOSTILE, name=HOSTILE)
@example(subject=ENCODED, name=ENCODED)
@example(subject="=?utf-8?q?a=0D=0Ab?=", name="=?utf-8?q?a=2C_b?=")
@example(subject="=?", name='Dr "Jo" O\'Neil, Surgery (London) <jo@elsewhere.example>')
@example(subject="FIT " * 100, name="Joséphine de Beauharnais, " * 10)
@example(subject="x" * 900, name="x" * 900)
@example(subject="\ud83d half a character", name="\u202e\u2028")
def test_any_subject_and_name_arrive_and_add_nothing(subject, name):
    """What people are called and ask about is theirs; the headers are ours."""
    letter = written(subject=subject, name=name)
    head, _, _ = letter.raw.partition(b"\r\n\r\n")
    parsed = message_from_bytes(letter.raw, policy=compat32)

    assert {*parsed.keys()} == EXPECTED
    assert len(parsed.keys()) == len(EXPECTED)
    assert plainly(letter, "Subject").strip() == one_line(subject)
    assert read(letter)["Subject"] is not None
    [(phrase, address)] = getaddresses([parsed["To"]])
    assert address == JO
    assert str(make_header(decode_header(phrase))).strip() == one_line(name)
    assert [one.addr_spec for one in read(letter)["To"].addresses] == [JO]
    assert max(map(len, head.split(b"\r\n"))) <= 80
    assert letter.raw.isascii()


@settings(max_examples=60, deadline=None)
@given(text=ANY, html=ANY)
@example(text="x" * 5000, html="é" * 5000)
@example(text="From me\n.\n..\n \n\t", html="<p>\r</p>\r\n")
def test_any_text_arrives_in_short_lines(text, html):
    """No server on the way has a reason to cut a line or to rewrite a part."""
    letter = written(text=text, html=html or "-")

    def sound(words):
        lines = words.replace("\r\n", "\n").replace("\r", "\n")
        return lines.encode("utf-8", "replace").decode()

    for kind, words in (("text/plain", text), ("text/html", html or "-")):
        arrived = part(letter, kind).get_payload(decode=True).decode()
        assert sound(arrived) == sound(words)
    assert max(map(len, letter.raw.split(b"\r\n"))) <= 80
    assert b"\n" not in letter.raw.replace(b"\r\n", b"")


def test_line_breaks_in_a_subject_become_spaces():
    """Nobody is written to because a question said so."""
    headers = read(written(subject=f"Ünïcode {HOSTILE}", name=HOSTILE))

    assert headers["Subject"] == (
        "Ünïcode Hello Bcc: everyone@surgery.example <script>"
    )
    assert "Bcc" not in headers


def test_a_header_that_breaks_into_another_is_never_written():
    """A last check, should anything above it be forgotten."""
    with pytest.raises(ValueError, match="Subject would break"):
        AS_WRITTEN.header_store_parse("Subject", "Hello\r\nBcc: x@surgery.example")

    folded = "Hello,\r\n Jo"
    assert AS_WRITTEN.header_store_parse("Subject", folded) == ("Subject", folded)


def test_a_name_with_commas_and_quotes_is_one_person():
    """Two parsers read the same one recipient."""
    name = 'O\'Neil, "Jo" (Dr)'
    letter = written(name=name)

    (only,) = read(letter)["To"].addresses
    assert (only.display_name, only.addr_spec) == (name, JO)
    assert plainly(letter, "To").endswith(f"<{JO}>")


def test_a_calendar_entry_is_shown_and_can_be_imported():
    """Accept and Decline need the alternative; calendars that import, the file."""
    entry = {"method": "REQUEST", "ics": ICS}
    letter = written(html="<p>Dear Jo</p>", calendar=entry)

    assert [one.get_content_type() for one in read(letter).walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    shown, file = part(letter, "text/calendar"), part(letter, "application/ics")
    assert shown.get_param("method") == "REQUEST"
    assert shown.get_content_charset() == "utf-8"
    assert shown.get_payload(decode=True).decode() == ICS
    assert file.get_filename() == "invite.ics"
    assert file.get_payload(decode=True).decode() == ICS
    assert read(letter).defects == []


def test_the_lines_of_a_calendar_end_as_the_standard_has_it():
    """However it was kept, it leaves with CRLF."""
    letter = written(calendar={"method": "CANCEL", "ics": ICS.replace("\r\n", "\n")})

    assert part(letter, "application/ics").get_payload(decode=True).decode() == ICS


def test_no_boundary_begins_like_the_one_around_it():
    """Some programs compare only the beginning, and would show the parts as files."""
    letter = written(calendar={"method": "REQUEST", "ics": ICS})
    outer, inner = (
        one.get_boundary() for one in read(letter).walk() if one.is_multipart()
    )

    assert not inner.startswith(outer)


def test_a_mailing_says_that_it_is_one():
    """The button to unsubscribe is the mail program's own (RFC 8058)."""
    page = "https://community.example.org/unsubscribe/" + "t" * 120
    letter = written(
        bulk=True,
        text="Unsubscribe: @@unsubscribe@@ or @@unsubscribe@@x",
        html='<a href="@@unsubscribe@@">Unsubscribe</a>',
        headers={
            "List-Id": "Our community <update.example.org>",
            "List-Unsubscribe": "<@@unsubscribe@@>, <mailto:community@example.org>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        fill={
            "@@unsubscribe@@": f"{page}?a=1&b=@@unsubscribe@@x",
            "@@unsubscribe@@x": "the other",
        },
    )
    link = f"{page}?a=1&b=@@unsubscribe@@x"

    headers = read(letter)
    assert headers["Precedence"] == "bulk"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Id"] == "Our community <update.example.org>"
    assert headers["List-Unsubscribe"] == f"<{link}>, <mailto:community@example.org>"
    text = part(letter, "text/plain").get_content()
    assert text == f"Unsubscribe: {link} or the other"
    assert f'"{link.replace("&", "&amp;")}"' in part(letter, "text/html").get_content()


def test_a_letter_to_one_person_does_not_pass_for_a_mailing():
    """Such letters are filed where nobody looks."""
    headers = read(written())

    assert "Precedence" not in headers
    assert not [one for one in headers if one.startswith("List-")]


@pytest.mark.parametrize(
    "name",
    ["Bcc", "cc", "To", "FROM", "Content-Type", "Resent-To", "X: y\r\nBcc", "", "Été"],
)
def test_no_letter_brings_a_header_that_is_ours(name):
    """One recipient, one sender, and nobody else's address."""
    with pytest.raises(Unfit) as caught:
        written(headers={name: JO})
    assert JO not in str(caught.value)


def test_a_header_that_is_brought_stays_one_header():
    """Whatever stands in it."""
    letter = written(headers={"X-Topic": "FIT\r\nBcc: x@surgery.example"})
    accents = written(headers={"X-Topic": "Café"})

    assert read(letter)["X-Topic"] == "FIT Bcc: x@surgery.example"
    assert "Bcc" not in read(letter)
    assert plainly(accents, "X-Topic") == "Café"


def test_a_header_that_is_too_long_is_refused():
    """A line that a server would cut is a link that would not work."""
    with pytest.raises(Unfit):
        written(headers={"List-Unsubscribe": f"<https://example.org/{'t' * 1000}>"})


def test_one_letter_has_one_id_that_says_nothing():
    """Sent twice by mistake it is the same letter; the key stays ours."""
    once, again, other = written(), written(), written(key="invite:8:U1")

    assert once.raw == again.raw
    assert (
        once.id == read(once)["Message-ID"] == message_id("invite:7:U1", "example.org")
    )
    assert once.id != other.id
    assert "invite" not in once.id
    assert once.id.endswith("@example.org>")


def test_a_reminder_is_shown_under_its_invitation():
    """Only a letter can be answered by a letter."""
    first = Receipt(channel="mail", ts="<1@example.org>")
    reminder = read(written(answers=first))
    twin = read(written(answers=Receipt(channel="C0QUESTIONS", ts="1.2")))

    assert reminder["In-Reply-To"] == reminder["References"] == "<1@example.org>"
    assert "In-Reply-To" not in twin


def test_replies_go_to_whom_the_letter_says():
    """To the coordinator, unless the letter names another."""
    head = Letterhead("c@example.org", reply_to="Zoë, for all <zoe@example.org>")

    (usual,) = read(written(head=head))["Reply-To"].addresses
    assert (usual.display_name, usual.addr_spec) == ("Zoë, for all", "zoe@example.org")
    other = written(head=head, reply_to="desk@example.org")
    assert read(other)["Reply-To"] == "desk@example.org"


def test_a_coordinator_whose_address_has_accents_stops_no_letter():
    """Plain servers cannot carry that address: replies then reach the sender's."""
    letter = written(reply_to="renée@example.org")
    assert letter.raw.isascii()
    assert read(letter)["Reply-To"] is None


@pytest.mark.parametrize(
    ("said", "name", "address"),
    [
        ("c@example.org", None, "c@example.org"),
        ("<c@example.org>", None, "c@example.org"),
        ("GPs, London <c@example.org>", "GPs, London", "c@example.org"),
        ('"GPs, \\"London\\"" <c@example.org>', 'GPs, "London"', "c@example.org"),
        ("Café <c@example.org> ", "Café", "c@example.org"),
    ],
)
def test_how_a_sender_may_be_written(said, name, address):
    """As people write it, with or without quotes."""
    assert name_and_address(said) == (name, address)


@pytest.mark.parametrize(
    "to",
    [
        *("", "jo", "jo@", "@x", "a@b@c", "a b@x.example", '"jo"@x.example'),
        *("jo@x.example>", "jo@x\n.example", "jo@-é.example"),
        "jo@x.example, ben@x.example",
    ],
)
def test_what_is_not_an_address_gets_no_letter(to):
    """And the reason does not repeat it."""
    with pytest.raises(Unfit) as caught:
        written(to=to)
    assert not to or to not in str(caught.value)


def test_a_calendar_entry_that_asks_for_something_else_is_refused():
    """A method that mail programs do not know shows as garbage."""
    with pytest.raises(Unfit):
        written(calendar={"method": "DANCE", "ics": ICS})
