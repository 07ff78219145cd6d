"""What is no fault: letters that the judge must not mistake for what they are not."""

from bot.demo.contacted import by_person, contacts
from bot.demo.contacts import Kind, letter_parts
from bot.demo.letters import Letter
from tests.demo.judged import broken
from tests.demo.kept import CALL, MOVED_TO, a_month
from tests.demo.known import (
    ADDRESSES,
    AMINA,
    ASKED,
    BEN,
    DEV,
    JOAN,
    JOANS,
    QUESTIONS,
    RUTH,
)
from tests.demo.mailbag import (
    CLOSING,
    REMINDER,
    ask,
    ask_part,
    check_part,
    entry,
    need_part,
    plain,
    several,
)
from tests.demo.shown import button, invitation, mailed_answer


def contacted(diary, user):
    """When somebody was contacted, and in which way."""
    theirs = by_person(diary.evidence()).get(user, [])
    return [
        (f"{one.when:%d %b %H:%M}", "letter" if _is_letter(one) else "Slack")
        for one in theirs
    ]


def _is_letter(contact):
    return isinstance(contact.source, Letter)


def test_a_message_and_its_twin_by_letter_are_one_contact():
    """Ben is asked, and hears of the call, by both ways at once: each counts once."""
    assert contacted(a_month(), BEN) == [
        ("18 May 12:30", "Slack"),
        ("26 May 12:40", "Slack"),
        ("02 Jun 07:30", "letter"),
        ("02 Jun 12:35", "Slack"),
        ("04 Jun 12:35", "Slack"),
    ]


def test_a_twin_may_come_a_moment_before_its_message():
    """Letters and Slack race one another: whichever comes first is the contact."""
    diary = a_month()
    diary.twin.entry["at"] -= 30

    assert contacted(diary, BEN)[:2] == [
        ("18 May 12:29", "letter"),
        ("26 May 12:40", "Slack"),
    ]


def test_news_of_their_own_appointment_is_no_contact():
    """Ruth and Amina have said that they come: that it moves, they hear at once."""
    diary = a_month()

    for user in (RUTH, AMINA):
        assert contacted(diary, user)[-1][0] == "02 Jun 12:35"
    assert contacted(diary, JOAN)[-1][0] == "04 Jun 12:35"


def test_whoever_may_come_hears_of_it_at_once():
    """A maybe is an appointment too."""
    diary = a_month()
    diary.coming["action_id"] = "call_answer:maybe"

    assert broken(diary) == []


def test_the_update_is_a_contact_of_members_alone():
    """It counts like any other letter; the partner has no week to keep."""
    mailed = [one for one in contacts(a_month().evidence()) if one.by_mailing]

    assert {one.user for one in mailed} == set(ADDRESSES)


def test_a_letter_waits_no_longer_than_three_working_days():
    """They run from the first letter that asks, not from its reminder."""
    diary = a_month()
    diary.mails("2026-05-21 12:40", RUTH, ask(2))

    assert broken(diary) == []


def test_a_letter_that_waits_makes_room_over_a_bank_holiday():
    """Asked on Friday: free on Thursday, since Monday was a day off."""
    diary = a_month()
    diary.mails("2026-05-22 12:40", JOAN, ask(3))
    diary.mails("2026-05-28 12:40", JOAN, ask(4))
    diary.moves[JOAN].entry["at"] += 24 * 60 * 60  # three a week, all the same

    assert broken(diary) == []


def test_a_reminder_is_no_other_question():
    """While one waits, a reminder of it may come, and its twin in Slack."""
    diary = a_month()
    diary.bot("2026-05-19 12:40", f"D{DEV}", invitation("question 2"))
    diary.mails("2026-05-21 12:40", ADDRESSES[DEV], ask(2, lead=REMINDER))

    assert broken(diary) == []


def test_an_answer_by_e_mail_may_carry_no_name():
    """It was Joan's, came by e-mail, and is posted as she wished."""
    diary = a_month()
    diary.from_joan["blocks"] = mailed_answer("A member", JOANS)

    assert broken(diary) == []


def test_one_answer_by_e_mail_lets_nobodys_other_words_be_posted():
    """What Ben typed was not e-mailed: posted a second time, it needs his tap."""
    diary = a_month()
    bens = next(said for who, said in diary.facts.typed if who == "Ben Carter")
    diary.bot(
        "2026-05-21 12:40",
        QUESTIONS,
        mailed_answer("Ben Carter (West Midlands)", bens),
    )

    assert broken(diary) == ["by a tap"]


def test_a_call_may_be_cancelled():
    """Its entries go, by the same name and a higher number."""
    diary = a_month()
    for to in ADDRESSES.values():
        gone = entry(to, sequence=2, starts=MOVED_TO, method="CANCEL")
        diary.mails("2026-06-12 12:40", to, plain("There is no call."), ics=gone)

    assert broken(diary) == []


def test_a_call_that_was_never_moved_needs_one_invitation():
    """Who knows the first date knows enough."""
    diary = a_month()
    diary.knows(moves=0)
    for letter in diary.moves.values():
        diary.loses(letter)

    assert broken(diary) == []


def test_letters_may_say_where_answers_go():
    """The coordinator's address stands in them all, and is nobody else's."""
    diary = a_month()
    diary.mails("2026-06-10 12:40", RUTH, plain(f"Write to {ADDRESSES['U0CARYS']}."))

    assert broken(diary) == []


def test_the_same_words_may_go_to_several_people_and_on_several_days():
    """A letter comes twice only to one reader on one day."""
    diary = a_month()
    for day in (10, 11):
        for to in (JOAN, RUTH):
            diary.mails(f"2026-06-{day} 12:40", to, CALL)

    assert broken(diary) == []


def test_a_letter_that_asks_is_read_as_its_reader_reads_it():
    """Who asks, what, which question it is, and why its reader."""
    (said,) = letter_parts(ask(7).text)

    assert (said.kind, said.ask) == (Kind.INVITATION, "question 7")
    assert (said.asker, said.question) == ("Amina Yusuf (Northern)", ASKED)
    assert said.why == "lists FIT"


def test_every_part_of_a_letter_is_read_and_none_by_its_heading():
    """“Closes on Thursday” over a part does not make a closing notice of it."""
    letter = several(
        ask_part(1),
        ask_part(2, lead=REMINDER),
        ask_part(3, lead=CLOSING),
        check_part(),
        need_part(),
    )

    said = list(letter_parts(letter.text))

    assert [one.kind for one in said] == [
        *(Kind.INVITATION, Kind.REMINDER, Kind.CLOSING, Kind.CHECK, Kind.NEEDED)
    ]
    assert [one.ask for one in said][:3] == [f"question {n}" for n in (1, 2, 3)]
    assert {one.question for one in said[:3]} == {ASKED}


def test_two_parts_come_to_a_reader_of_both_as_one_contact():
    """The same two things in Slack and by letter are twins."""
    diary = a_month()
    both = [*invitation("2"), {"type": "divider"}, button("line_ok")]
    diary.bot("2026-05-20 12:40", f"D{DEV}", both)
    letter = several(ask_part(2), check_part())
    diary.mails("2026-05-20 12:40", ADDRESSES[DEV], letter)

    assert contacted(diary, DEV)[0] == ("20 May 12:40", "Slack")
    assert contacted(diary, DEV)[1][0] != "20 May 12:40"
