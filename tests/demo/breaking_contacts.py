"""Promises about when, how often and why people are contacted."""

from dataclasses import replace

from bot.demo.times import local, unix
from tests.demo.breaking import doctored
from tests.demo.known import (
    ADDRESSES,
    AMINA,
    BEN,
    CARYS,
    DEV,
    EFUA,
    JOAN,
    RUTH,
)
from tests.demo.mailbag import REMINDER, ask, ask_part, check_part, plain, several
from tests.demo.shown import invitation, text


@doctored("good times")
def a_contact_at_night(diary):
    diary.bot("2026-05-21 23:00", f"D{DEV}", invitation("2"))


@doctored("good times")
def a_contact_at_the_weekend(diary):
    diary.bot("2026-05-23 12:30", f"D{DEV}", invitation("2"))


@doctored("good times")
def anything_out_of_the_blue(diary):
    diary.bot("2026-05-21 20:00", f"D{AMINA}", [text("Did you know?")])


@doctored("away")
def a_contact_while_away(diary):
    diary.bot("2026-05-21 12:30", f"D{EFUA}", invitation("2"))


@doctored("days off")
def a_contact_on_the_bank_holiday(diary):
    diary.bot("2026-05-25 12:30", f"D{DEV}", invitation("2"))


@doctored("three a week")
def four_contacts_in_seven_days(diary):
    for day in (18, 19, 20, 22):
        diary.bot(f"2026-05-{day} 12:40", f"D{CARYS}", [text(f"{day} wait for you")])


@doctored("one open ask")
def a_second_question_while_one_waits(diary):
    diary.bot("2026-05-19 12:30", f"D{DEV}", invitation("2"))
    diary.bot("2026-05-21 12:30", f"D{DEV}", invitation("3"))


@doctored("one reminder")
def a_second_reminder(diary):
    lead = "A gentle reminder: your view would still help. "
    diary.bot("2026-05-20 12:30", f"D{DEV}", invitation("2", lead=lead))
    diary.bot("2026-05-22 12:30", f"D{DEV}", invitation("2", lead=f"{lead}Please. "))


@doctored("one reminder")
def a_second_closing_notice(diary):
    lead = "*This question closes tomorrow.* A line or two is enough. "
    diary.bot("2026-05-20 12:30", f"D{DEV}", invitation("2", lead=lead))
    diary.bot("2026-05-22 12:30", f"D{DEV}", invitation("2", lead=f"{lead}Please. "))


@doctored("one reminder")
def a_second_invitation_to_the_same(diary):
    diary.bot("2026-05-20 12:30", f"D{DEV}", invitation("2"))
    diary.bot("2026-05-22 12:30", f"D{DEV}", invitation("2"))


@doctored("not the asker")
def the_asker_is_asked(diary):
    diary.bot("2026-05-20 12:30", f"D{AMINA}", invitation("2"))


@doctored("a reason")
def no_reason_is_given(diary):
    diary.bot("2026-05-20 12:30", f"D{DEV}", invitation("2", why=""))


@doctored("good times")
def a_letter_at_night(diary):
    diary.mails("2026-06-10 23:00", RUTH, plain("Did you know?"))


@doctored("good times")
def a_letter_at_the_weekend(diary):
    diary.mails("2026-06-13 12:40", RUTH, plain("Did you know?"))


@doctored("good times")
def the_update_before_breakfast(diary):
    diary.updates[RUTH].entry["at"] -= 31 * 60


@doctored("good times")
def the_update_outside_hours_that_its_reader_gave(diary):
    diary.updates[ADDRESSES[DEV]].entry["at"] = unix(local("2026-06-02 07:30"))


@doctored("good times")
def news_at_once_to_somebody_who_has_not_answered(diary):
    diary.knows(coming_by_mail=())


@doctored("good times")
def news_at_once_to_somebody_who_answered_only_later(diary):
    diary.knows(coming_by_mail=((RUTH, local("2026-06-04 11:30")),))


@doctored("good times")
def news_at_once_in_slack_to_somebody_who_does_not_come(diary):
    diary.coming["action_id"] = "call_answer:not"


@doctored("good times")
def another_letter_at_once_to_somebody_who_comes(diary):
    diary.mails("2026-06-10 11:00", RUTH, plain("Did you know?"))


@doctored("away")
def a_letter_while_away(diary):
    away = (local("2026-05-19 00:00"), local("2026-05-23 00:00"))
    ruth = replace(diary.facts.people[RUTH], away=(away,))
    diary.knows(people={**diary.facts.people, RUTH: ruth})


@doctored("away")
def the_update_while_away(diary):
    away = (local("2026-06-02 00:00"), local("2026-06-02 12:00"))
    joan = replace(diary.facts.people[JOAN], away=(away,))
    diary.knows(people={**diary.facts.people, JOAN: joan})


@doctored("days off")
def a_letter_on_the_bank_holiday(diary):
    diary.mails("2026-05-25 12:40", RUTH, plain("Did you know?"))


@doctored("three a week")
def a_fourth_letter_in_seven_days(diary):
    diary.mails("2026-06-05 12:40", JOAN, plain("Did you know?"))


@doctored("three a week")
def a_message_after_three_letters(diary):
    diary.bot("2026-06-05 12:40", f"D{DEV}", [text("Did you know?")])


@doctored("three a week")
def the_update_after_three_letters(diary):
    for day in (27, 28, 29):
        diary.mails(f"2026-05-{day} 12:40", JOAN, plain(f"On {day} May."))


@doctored("three a week")
def a_twin_that_comes_later_than_its_message(diary):
    diary.invitations[ADDRESSES[BEN]].entry["at"] += 2 * 60


@doctored("three a week")
def a_letter_beside_a_message_that_says_something_else(diary):
    diary.bot("2026-06-09 12:40", f"D{DEV}", [text("Did you know?")])
    diary.mails("2026-06-09 12:40", ADDRESSES[DEV], several(check_part()))
    diary.mails("2026-06-10 12:40", ADDRESSES[DEV], plain("Did you know?"))
    diary.mails("2026-06-11 12:40", ADDRESSES[DEV], plain("And this?"))


@doctored("three a week")
def two_letters_at_one_time_are_two(diary):
    diary.mails("2026-06-09 12:40", JOAN, plain("Did you know?"))
    diary.mails("2026-06-09 12:40", JOAN, plain("And did you know this?"))
    for day in (10, 11):
        diary.mails(f"2026-06-{day} 12:40", JOAN, plain(f"On {day} June."))


@doctored("one open ask")
def a_second_letter_asks_while_one_waits(diary):
    diary.mails("2026-05-20 12:40", RUTH, ask(2))


@doctored("one open ask")
def a_bank_holiday_is_no_time_to_answer(diary):
    diary.mails("2026-05-22 12:40", JOAN, ask(3))
    diary.mails("2026-05-27 12:40", JOAN, ask(4))


@doctored("one open ask")
def the_next_letter_comes_before_the_answer(diary):
    diary.next_letter.entry["at"] = unix(local("2026-05-18 13:30"))


@doctored("one open ask")
def somebody_elses_answer_frees_nobody(diary):
    diary.mails("2026-05-19 12:40", RUTH, ask(2))


@doctored("one open ask")
def asked_by_letter_and_asked_something_else_in_slack(diary):
    diary.mails("2026-05-20 12:40", ADDRESSES[DEV], ask(2))
    diary.bot("2026-05-21 12:40", f"D{DEV}", invitation("3"))


@doctored("one reminder")
def a_second_reminder_by_letter(diary):
    diary.mails("2026-05-21 12:40", RUTH, ask(lead=f"{REMINDER} Please."))


@doctored("one reminder")
def a_second_letter_asks_the_same(diary):
    diary.mails("2026-05-21 12:40", RUTH, ask(why="lists FIT and is in London"))


@doctored("not the asker")
def the_asker_is_asked_by_letter(diary):
    diary.mails("2026-05-20 12:40", ADDRESSES[AMINA], ask(2))


@doctored("not the asker")
def the_asker_is_asked_by_letter_without_their_name(diary):
    diary.mails("2026-05-20 12:40", ADDRESSES[AMINA], ask(2, asker="A member"))


@doctored("one open ask")
def one_letter_asks_two_things(diary):
    letter = several(ask_part(2), ask_part(3))
    diary.mails("2026-05-20 12:40", ADDRESSES[DEV], letter)


@doctored("a reason")
def a_letter_gives_no_reason(diary):
    diary.mails("2026-05-20 12:40", ADDRESSES[DEV], ask(2, why=""))
