"""Promises about letters, and about the month's update."""

from bot.demo.times import local, unix
from tests.demo.breaking import doctored
from tests.demo.known import (
    ADDRESSES,
    BEN,
    BETWEEN_US,
    BOARD,
    DEV,
    JOAN,
    OUT,
    RUTH,
    STRANGER,
)
from tests.demo.mailbag import LEAVE, entry, plain

LATER = "2026-06-10 12:40"


@doctored("one address")
def a_letter_to_two_people(diary):
    diary.letter.rcpt.append(STRANGER)


@doctored("one address")
def somebody_elses_address_is_read(diary):
    diary.letter.text += f"\nBen is at {ADDRESSES[BEN]}.\n"


@doctored("one address")
def somebody_elses_address_is_linked(diary):
    diary.letter.html += f'<a href="mailto:{ADDRESSES[BEN].title()}">Ben</a>'


@doctored("one address")
def somebody_elses_address_is_in_the_header(diary):
    diary.letter.headers["Cc"] = RUTH


@doctored("one address")
def somebody_elses_address_is_folded_in_an_invitation(diary):
    about = f"{'x' * 56} {ADDRESSES[DEV]}"
    folded = entry(RUTH, about=about)
    assert ADDRESSES[DEV] not in folded, "the line is broken within it"
    diary.invitations[RUTH].ics = folded


@doctored("well formed")
def no_word_that_a_machine_wrote_it(diary):
    del diary.letter.headers["Auto-Submitted"]


@doctored("well formed")
def nowhere_to_answer(diary):
    del diary.letter.headers["Reply-To"]


@doctored("well formed")
def no_id(diary):
    del diary.letter.headers["Message-ID"]


@doctored("well formed")
def no_text(diary):
    diary.updates[JOAN].text = ""


@doctored("well formed")
def no_html(diary):
    diary.letter.html = ""


@doctored("letters once")
def the_same_letter_again(diary):
    for at in ("2026-06-10 12:40", "2026-06-10 13:10"):
        diary.mails(at, RUTH, plain("Did you know?"))


@doctored("letters once")
def the_same_letter_in_other_words(diary):
    again = diary.mails(LATER, RUTH, plain("Did you know?"))
    again.headers["Message-ID"] = diary.updates[RUTH].headers["Message-ID"]


@doctored("the update once")
def somebody_has_no_update(diary):
    diary.loses(diary.updates[JOAN])


@doctored("the update once")
def the_partner_has_no_update(diary):
    diary.loses(diary.updates[BOARD])


@doctored("the update once")
def the_update_again(diary):
    diary.mails(LATER, JOAN, plain("More of May."), **LEAVE)


@doctored("the update once")
def the_update_to_a_stranger(diary):
    diary.mails(LATER, STRANGER, plain("News of May."), **LEAVE)


@doctored("the update approved")
def nobody_approved_the_update(diary):
    diary.knows(update_approved=None)


@doctored("the update approved")
def the_update_left_on_the_day_of_its_approval(diary):
    diary.knows(update_approved=local("2026-06-02 07:00"))


@doctored("the update approved")
def one_copy_left_before_the_approval(diary):
    diary.updates[BOARD].entry["at"] = unix(local("2026-06-01 07:30"))


@doctored("the update approved")
def a_partners_update_left_in_the_night(diary):
    diary.updates[BOARD].entry["at"] = unix(local("2026-06-02 05:00"))


@doctored("the update approved")
def a_partners_update_left_on_a_saturday(diary):
    diary.updates[BOARD].entry["at"] = unix(local("2026-06-06 07:30"))


@doctored("the update approved")
def a_partners_update_left_on_a_bank_holiday(diary):
    diary.knows(update_approved=local("2026-05-22 10:00"))
    diary.updates[BOARD].entry["at"] = unix(local("2026-05-25 07:30"))


@doctored("the update left")
def the_update_cannot_be_left_by_a_link(diary):
    diary.updates[RUTH].headers["List-Unsubscribe"] = "<mailto:carys@example.org>"


@doctored("the update left")
def the_update_cannot_be_left_by_a_letter(diary):
    diary.updates[RUTH].headers["List-Unsubscribe"] = "<https://example.org/leave/7>"


@doctored("the update left")
def the_update_cannot_be_left_in_one_click(diary):
    del diary.updates[BOARD].headers["List-Unsubscribe-Post"]


@doctored("no names beyond")
def a_partner_reads_a_name(diary):
    diary.updates[BOARD].text += "\nBen Carter told us so.\n"


@doctored("no names beyond")
def a_partner_reads_a_name_in_colours(diary):
    diary.updates[BOARD].html += "<p>Ben Carter told us so.</p>"


@doctored("no names beyond")
def a_partner_reads_a_name_over_two_lines(diary):
    diary.updates[BOARD].text += "\nThis is what we were told by Ben\nCarter.\n"


@doctored("private")
def a_private_note_is_in_the_update(diary):
    diary.updates[RUTH].text += f"\nDev says:\n\n    {BETWEEN_US}\n"


@doctored("no patient")
def a_number_is_in_a_letter(diary):
    diary.letter.text += "\nAbout NHS 943\n476 5919.\n"


@doctored("left out")
def whoever_asked_to_be_left_out_is_in_the_update(diary):
    first, between, last = OUT.partition(" were ")
    diary.updates[RUTH].text += f"\n    {first}{between.rstrip()}\n    {last}\n"
