"""Letters read from files: what their writers wrote, and nothing else."""

import base64
import quopri
from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateways.eml import NotRead, parse, read_eml
from tests.gateways.letters_received import (
    HISTORIES,
    OUTLOOK,
    OUTLOOK_READS,
    OWN,
    QUESTION,
    SIGNATURES,
    letter,
    several,
)

QUICK = settings(max_examples=100, deadline=None)
PNG = "image/png; name=logo.png\r\nContent-ID: <logo>\r\nContent-Disposition: inline"


def test_an_html_only_letter_from_outlook_reads_as_it_looked():
    """Windows' quotes, nested tables, lists and links; no style sheet, no history."""
    read = parse(OUTLOOK)

    assert read.text == OUTLOOK_READS
    assert QUESTION in read.rest
    assert "Kind regards" in read.rest
    assert "behavior" not in read.whole


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_what_is_answered_is_left_out(history):
    """As each mail program writes it."""
    read = parse(letter(f"{OWN}\n\n{history}\n"))

    assert read.text == OWN
    assert QUESTION in read.rest


@pytest.mark.parametrize("signature", SIGNATURES, ids=range(len(SIGNATURES)))
def test_signatures_are_left_out(signature):
    """And whatever a mail server puts beneath them."""
    read = parse(letter(f"{OWN}\n\n{signature}\n"))

    assert read.text == OWN


def test_a_telephones_word_beneath_a_quotation_is_not_an_answer():
    """Else all that was quoted would be taken for answers between the lines."""
    quoted = f"On Mon, 18 May 2026 at 12:30, The network wrote:\n> {QUESTION}"

    read = parse(letter(f"{OWN}\n\n{quoted}\n\nSent from my iPhone\n"))

    assert read.text == OWN


@pytest.mark.parametrize(
    "own",
    [
        "Thanks,\n\nwe repeat it at six weeks.",
        "Three things:\n- a leaflet\n-- and a phone call\n- a recall",
        "From: our lab we get nothing.\nTo: patients we send a leaflet.",
        "We say:\nBest wishes\n\nand then we phone them.",
        "NICE says:\n> Offer it to everyone.",
        f"> {QUESTION}\nWe phone them.\n> And then?\nWe refer.",
    ],
    ids=range(6),
)
def test_nobodys_words_are_cut_off(own):
    """A list, a courtesy, a header's name or a quotation is not the letter's end."""
    assert parse(letter(own)).text == own


def test_answers_between_and_beneath_the_lines_are_kept():
    """With the lines they answer where they stand between them."""
    intro = "On 2 Jun 2026, at 12:30, Network <a@example.org> wrote:"

    beneath = parse(letter(f"{intro}\n> {QUESTION}\n\n{OWN}"))
    between = parse(letter(f"See below.\n{intro}\n> One?\nYes.\n> Two?\nNo.\n> Bye"))

    assert beneath.text == OWN
    assert between.text == "See below.\n> One?\nYes.\n> Two?\nNo."


@pytest.mark.parametrize(
    "markup",
    [
        f"{OWN}<br><blockquote>On 2 Jun 2026, at 12:30, X wrote:<p>{QUESTION}",
        f"<![if !mso]><!--[if mso]>Twice.<![endif]--><!--[if !mso]><!-->{OWN}",
        f"<pre>{OWN}</pre><p style='display:none'>Preview",
        f"<STYLE>p {{}}</STYLE><div>{OWN}</div><hr><div>-- <br>Joan</div>",
    ],
    ids=["apple", "for others than outlook", "as typed, and unseen", "ruled off"],
)
def test_html_reads_as_each_program_writes_it(markup):
    """The same words, whatever they stand in."""
    assert parse(letter(markup, kind="text/html; charset=utf-8")).text == OWN


@pytest.mark.parametrize(
    "again",
    ["<a href='", "<!--", "<p ", "On a\n", "Thanks\n", "> On 1 X wrote:\n", "\n"],
    ids=["links", "comments", "tags", "intros", "closings", "quotations", "blank"],
)
def test_no_letter_takes_long_to_read(again):
    """Whatever it is made of, a command does not hang on it."""
    begun = perf_counter()

    for kind in ("text/plain", "text/html"):
        parse(letter(f"{again * 12_000}Yes", kind=kind))

    assert perf_counter() - begun < 20  # a fraction of a second, on a quiet machine


def test_who_wrote_it_and_when():
    """The address in small letters, the time in UTC, the subject in words."""
    read = parse(letter(OWN, Subject="=?utf-8?q?Re:_Chlo=C3=A9=E2=80=99s_question?="))

    assert read.sender == "joan.thackray@example.org"
    assert read.sent_at == datetime(2026, 6, 2, 13, 5, tzinfo=UTC)
    assert read.subject == "Re: Chloé’s question"


@pytest.mark.parametrize(
    ("body", "kind", "encoding"),
    [
        (quopri.encodestring(OWN.encode()), "charset=utf-8", "quoted-printable"),
        (base64.encodebytes(OWN.encode()), "charset=utf-8", "base64"),
        (OWN.encode(), "charset=no-such-letters", "8bit"),
        (OWN.replace(", and ", ", \r\nand ").encode(), "format=flowed", "7bit"),
    ],
    ids=["quoted-printable", "base64", "unknown charset", "flowed"],
)
def test_every_way_to_encode_it_reads_the_same(body, kind, encoding):
    """Lines that the program broke are whole again."""
    assert (
        parse(letter(body, kind=f"text/plain; {kind}", encoding=encoding)).text == OWN
    )


def test_letters_in_the_wrong_character_set_are_read_all_the_same():
    """A program that says UTF-8 and writes Windows' letters is understood."""
    body = "We don’t – it’s £5.".encode("cp1252")

    assert parse(letter(body)).text == "We don’t – it’s £5."


def test_lines_that_a_program_wrapped_are_joined_and_others_are_not():
    """So that a digest can quote whole sentences, and lists stay lists."""
    read = parse(
        letter(
            "We repeat the test at six weeks when the symptoms have not gone by\n"
            "then, and refer.\n\n- a leaflet goes to everyone whose result is "
            "negative, by post\n- a recall\nShort.\nLines."
        )
    )

    assert "gone by then, and refer." in read.text
    assert read.text.endswith("by post\n- a recall\nShort.\nLines.")


def test_the_plain_part_is_preferred_and_files_are_counted_not_kept():
    """A logo in the text is no file; with files, the words alone are the original."""
    plain, html = ("text/plain", OWN), ("text/html", "<p>Other words")
    scan = ("application/pdf; name=mrs-roe.pdf", "%PDF-1.4")

    alone = parse(several(plain, html, kind="alternative"))
    drawn = parse(several(plain, (PNG, "x"), kind="related"))
    with_files = parse(several(plain, scan, scan))

    assert alone.text == drawn.text == with_files.text == OWN
    assert [one.attachments for one in (alone, drawn, with_files)] == [0, 0, 2]
    assert alone.original.kind == "message/rfc822"
    assert with_files.original.kind == "text/plain"
    assert b"roe" not in with_files.original.content


def test_a_letter_passed_on_is_its_first_writers():
    """Whether it is attached or stands in the text; who passed it on is known too."""
    carys = {"From": "Carys Bowen <carys@example.org>", "Subject": "FW: FIT"}
    block = "From: Joan <joan.thackray@example.org>\nSent: 2 June 2026\nTo: Carys\n"

    attached = parse(
        several(("message/rfc822", letter(OWN).decode()), **carys, Date=None)
    )
    inline = parse(letter(f"From Joan.\n\n{block}Subject: FIT\n\n{OWN}", **carys))

    for one in (attached, inline):
        assert one.text == OWN
        assert one.sender == "joan.thackray@example.org"
        assert one.passed_on_by == "carys@example.org"


CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR"
REFUSED = {
    "automatic": (letter("Away", Auto_Submitted="auto-replied"), "by a machine"),
    "out of office": (letter("Away", Subject="Automatic reply: FIT"), "by a machine"),
    "calendar": (letter(CALENDAR, kind="text/calendar"), "convenor calls rsvp"),
    "bounce": (several(("text/plain", "No"), kind="report"), "mail server"),
    "encrypted": (letter("x", kind="application/pkcs7-mime"), "encrypted"),
    "outlook's own": (b"\xd0\xcf\x11\xe0" + b"x" * 99, ".msg"),
    "no e-mail": (b"%PDF-1.4 \x00\xff", "not an e-mail"),
    "nothing": (b"", "not an e-mail"),
    "too large": (letter("x" * (11 * 1024 * 1024)), "at most 10"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_what_no_person_wrote_is_refused_with_advice(content, why):
    """Each with what to do instead."""
    with pytest.raises(NotRead, match=why):
        parse(content)


def test_a_file_that_cannot_be_opened_is_said(tmp_path):
    """With its name."""
    with pytest.raises(NotRead, match=r"none\.eml cannot be opened"):
        read_eml(tmp_path / "none.eml")


def test_an_odd_date_or_none_is_no_date():
    """It is not made up."""
    assert parse(letter(OWN, Date=None)).sent_at is None
    assert parse(letter(OWN, Date="the day after")).sent_at is None


words = st.text(
    st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=60
)


@given(st.lists(words, max_size=8), st.sampled_from(sorted(HISTORIES)))
@QUICK
def test_no_word_is_lost_whatever_is_written_above_a_history(lines, history):
    """What is not in the reply is in the rest: nothing is in neither."""
    read = parse(letter("\n".join([*lines, "", HISTORIES[history]])))

    assert sorted(f"{read.text} {read.rest}".split()) == sorted(read.whole.split())


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [
            "text/plain",
            "text/html",
            "multipart/mixed; boundary=b",
            "message/rfc822",
            "text/plain; charset*=x''%ff",
        ]
    ),
)
@QUICK
def test_no_bytes_whatever_break_it(noise, kind):
    """It reads them, or says that it cannot."""
    for content in (noise, letter(noise, kind=kind), b"From: a@b\nDate: " + noise):
        assert _outcome(content)


def _outcome(content):
    try:
        return parse(content).original.digest
    except NotRead as refused:
        return str(refused)


def test_parts_within_parts_without_end_are_refused():
    """However deep: it says so rather than fail."""
    deep = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"
        for n in range(1500)
    )

    assert _outcome(f"From: a@example.org\r\nTo: b@example.org\r\n{deep}".encode())


@given(st.text(max_size=300))
@QUICK
def test_any_html_is_read(markup):
    """Broken or not, without its marks' names for words."""
    html = f"<div><p>Before</p><style>p {{}}</style>{markup}"
    read = parse(letter(html.encode(errors="replace"), kind="text/html; charset=utf-8"))

    assert read.whole.startswith("Re: A question about FIT\n\nBefore")
    assert "p {}" not in read.whole
