"""What calendars answer, in the forms in which it reaches a coordinator."""

from email.message import EmailMessage

import pytest

from bot.domain.calls import Answer
from bot.gateways.calendar_reply import NotAReply, read_reply

ICS = """BEGIN:VCALENDAR\r
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r
VERSION:2.0\r
METHOD:REPLY\r
BEGIN:VEVENT\r
ATTENDEE;PARTSTAT=ACCEPTED;CN="Carter, Ben":MAILTO:Ben@Example.org\r
DTSTAMP:20260402T120000Z\r
DTSTART;TZID="GMT Standard Time":20260610T123000\r
UID:one@convenor\r
SEQUENCE:1\r
SUMMARY:Accepted: Quarterly call\r
END:VEVENT\r
END:VCALENDAR\r
"""


def letter(ics, **part):
    """An e-mail that brings *ics*."""
    made = EmailMessage()
    made["From"], made["To"] = "ben@example.org", "carys@example.org"
    made["Subject"] = "Accepted: Quarterly call"
    made.set_content("Ben has accepted.")
    made.add_attachment(ics.encode(), **part)
    return made.as_bytes()


@pytest.mark.parametrize(
    "written",
    [
        ICS.encode(),
        b"\xef\xbb\xbf" + ICS.replace("\r\n", "\n").encode(),
        letter(ICS, maintype="text", subtype="calendar"),
        letter(
            ICS, maintype="application", subtype="octet-stream", filename="Reply.ICS"
        ),
    ],
    ids=["ics", "bom", "mail", "attached"],
)
def test_a_reply_is_read_however_it_was_saved(tmp_path, written):
    """Alone or in an e-mail, from Outlook or not: whose it is and what it says."""
    file = tmp_path / "reply"
    file.write_bytes(written)
    reply = read_reply(file)
    assert (reply.uid, reply.address) == ("one@convenor", "ben@example.org")
    assert (reply.answer, reply.sequence) == (Answer.COMING, 1)


@pytest.mark.parametrize(
    ("standing", "answer"),
    [("TENTATIVE", Answer.MAYBE), ("DECLINED", Answer.NOT)],
)
def test_each_answer_is_known(tmp_path, standing, answer):
    """Maybe and no count as well as yes."""
    file = tmp_path / "reply.ics"
    file.write_text(ICS.replace("ACCEPTED", standing), newline="")
    assert read_reply(file).answer is answer


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b"", "no calendar entry"),
        (b"Dear Carys, I will come. Ben", "no calendar entry"),
        (ICS.replace("REPLY", "REQUEST").encode(), "no reply to an invitation"),
        (ICS.replace("ACCEPTED", "NEEDS-ACTION").encode(), "whether they come"),
        (ICS.replace("UID:one@convenor\r\n", "").encode(), "whether they come"),
        (ICS.replace("ATTENDEE", "X-ATTENDEE").encode(), "who it is from"),
        (ICS[:120].encode(), "cut short"),
        (ICS.encode() + b" " * 5_000_001, "too large"),
    ],
    ids=["empty", "words", "request", "unanswered", "no-uid", "nobody", "cut", "large"],
)
def test_what_is_no_reply_is_told_from_one(tmp_path, written, told):
    """Whoever hands in the wrong file learns which is the right one."""
    file = tmp_path / "reply.eml"
    file.write_bytes(written)
    with pytest.raises(NotAReply, match=told):
        read_reply(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    """A slip in the name of a file says so."""
    with pytest.raises(NotAReply, match="cannot be read"):
        read_reply(tmp_path / "none.eml")
