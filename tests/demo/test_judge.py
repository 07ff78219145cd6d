"""The judge is judged: each promise is broken once, and the judge must say so."""

import pytest

from bot.demo.judge import PROMISES, judge
from tests.demo.diary import (
    AMINA,
    ASKED,
    BEN,
    BENS,
    BETWEEN_US,
    CARYS,
    DEV,
    DEVS,
    EFUA,
    EFUAS,
    LINES,
    MISTAKE,
    NUMBER,
    OUT,
    QUESTIONS,
    a_fortnight,
    answer,
    digest,
    invitation,
    text,
)


def broken(diary):
    """The names of the promises that the judge finds broken."""
    return [v.promise.name for v in judge(diary.evidence()) if not v.held]


def test_a_fortnight_as_it_should_be_breaks_nothing():
    """The judge finds no fault where there is none."""
    assert broken(a_fortnight()) == []


DOCTORED = {}


def doctored(promise):
    """A way to break *promise*, and it alone."""

    def keep(how):
        DOCTORED.setdefault(promise, []).append(how)
        return how

    return keep


@doctored("whole")
def nobody_is_reminded(diary):
    diary.entries.remove(diary.vain["2026-05-22 12:30"])


@doctored("whole")
def nobody_hears_that_it_closes(diary):
    diary.entries.remove(diary.vain["2026-05-27 12:30"])


@doctored("whole")
def nobody_sees_their_line(diary):
    diary.entries.remove(diary.check)


@doctored("whole")
def nobody_is_needed(diary):
    diary.entries.remove(diary.need)


@doctored("whole")
def nobody_edits(diary):
    diary.entries.remove(diary.edit)


@doctored("whole")
def the_guard_refuses_nothing(diary):
    diary.entries.remove(diary.refusal)


@doctored("resources")
def a_link_is_lost(diary):
    diary.digest["blocks"] = [
        block for block in diary.digest["blocks"] if "Resources" not in str(block)
    ]


@doctored("accepted")
def slack_refuses_a_message(diary):
    diary.note(
        "2026-05-20 10:00",
        "call",
        method="chat.postMessage",
        ok=False,
        error="invalid_blocks",
    )


@doctored("accepted")
def slack_gets_no_answer(diary):
    diary.note("2026-05-20 10:00", "missed", type="interactive", reason="no ack")


@doctored("not doubled")
def one_key_twice(diary):
    copy = diary.bot("2026-05-18 10:01", QUESTIONS, [text("Another wording")])
    copy["metadata"] = diary.root["metadata"]


@doctored("not doubled")
def the_same_words_in_one_place(diary):
    diary.bot("2026-05-18 10:05", QUESTIONS, diary.root["blocks"])


@doctored("a person approved")
def nobody_approved(diary):
    diary.entries.remove(diary.approval)


@doctored("a person approved")
def taken_back_and_posted_all_the_same(diary):
    diary.uses("2026-05-27 15:15", CARYS, "digest_take_back")


@doctored("a person approved")
def within_the_hold(diary):
    diary.approval["at"] += 5 * 60


@doctored("a person approved")
def approved_by_a_member(diary):
    diary.approval["user"] = BEN


@doctored("by a tap")
def posted_without_a_tap(diary):
    for act in [e for e in diary.entries if e.get("action_id") == "post_nameless"]:
        diary.entries.remove(act)


@doctored("all accounted for")
def a_reply_is_not_counted(diary):
    diary.says("2026-05-20 09:00", BEN, "And one more thing.", thread=diary.root)


@doctored("all accounted for")
def the_ledger_misses_one(diary):
    diary.looks(
        "2026-05-27 15:05",
        CARYS,
        "digest_ledger",
        "4 replies: 4 quoted. Unassigned: 0.",
    )


@doctored("all accounted for")
def the_ledger_has_one_without_a_place(diary):
    diary.looks(
        "2026-05-27 15:05",
        CARYS,
        "digest_ledger",
        "5 replies: 4 quoted. Unassigned: 1.",
    )


@doctored("dissent")
def whoever_differs_is_dropped(diary):
    kept = (LINES[0], LINES[2])
    diary.digest["blocks"] = digest(diary.root, *kept, replies=5)


@doctored("own words")
def a_line_is_altered(diary):
    altered = (BENS.replace("six weeks", "two weeks"), LINES[0][1])
    diary.digest["blocks"] = digest(diary.root, altered, *LINES[1:], replies=5)


@doctored("own words")
def a_line_is_under_somebody_elses_name(diary):
    swapped = (BENS, "Amina Yusuf (Northern)")
    diary.digest["blocks"] = digest(diary.root, swapped, *LINES[1:], replies=5)


@doctored("own words")
def a_line_is_invented_without_a_name(diary):
    invented = ("We refer everybody at once.", "A member")
    diary.digest["blocks"] = digest(diary.root, *LINES, invented, replies=5)


@doctored("own words")
def a_published_line_is_altered_later(diary):
    altered = (BENS.replace("six", "ten"), LINES[0][1])
    after = digest(diary.root, altered, *LINES[1:], replies=5)
    diary.changes("2026-05-27 16:00", diary.digest, after)


@doctored("left out")
def whoever_asked_to_be_left_out_is_quoted(diary):
    more = (OUT, "Amina Yusuf (Northern)")
    diary.digest["blocks"] = digest(diary.root, *LINES, more, replies=5)


@doctored("left out")
def what_was_deleted_is_quoted(diary):
    more = (MISTAKE, "Ben Carter (West Midlands)")
    diary.digest["blocks"] = digest(diary.root, *LINES, more, replies=5)


@doctored("nameless")
def a_name_stands_in_the_digest(diary):
    named = (EFUAS, "Efua Mensah (Peninsula)")
    diary.digest["blocks"] = digest(diary.root, *LINES[:2], named, replies=5)


@doctored("private")
def a_private_note_is_posted(diary):
    diary.bot("2026-05-28 12:45", QUESTIONS, [text(f"Dev says: {BETWEEN_US}")])


@doctored("no patient")
def a_number_is_shown(diary):
    diary.bot("2026-05-28 12:45", QUESTIONS, [text(f"About {NUMBER}: thank you.")])


@doctored("no patient")
def a_number_is_shown_without_its_spaces(diary):
    diary.bot("2026-05-28 12:45", QUESTIONS, [text("About 9434765919: thank you.")])


@doctored("no patient")
def a_number_is_kept(diary):
    diary.kept["convenor.db"] = b"..." + NUMBER.encode() + b"..."


@doctored("quiet notifications")
def a_notification_shows_the_question(diary):
    diary.ask["text"] = f"Amina asks: {ASKED}"


@doctored("quiet notifications")
def a_changed_notification_shows_an_answer(diary):
    diary.changes("2026-05-18 13:00", diary.root, diary.root["blocks"], text=DEVS)


@doctored("discreet")
def a_decline_is_told(diary):
    told = [text("Efua Mensah has nothing to add.")]
    diary.bot("2026-05-20 12:45", QUESTIONS, told, thread=diary.root)


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


@pytest.mark.parametrize(
    ("promise", "how"),
    [(promise, how) for promise, ways in DOCTORED.items() for how in ways],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_broken_promise_is_found_and_no_other(promise, how):
    """The judge names the promise, and what in the transcript breaks it."""
    diary = a_fortnight()
    how(diary)

    verdicts = {v.promise.name: v for v in judge(diary.evidence())}

    assert [name for name, v in verdicts.items() if not v.held] == [promise]
    fault = verdicts[promise].faults[0]
    assert fault.words
    assert NUMBER not in str(fault)


def test_every_promise_can_be_broken():
    """There is no check that cannot fail."""
    assert {promise.name for promise in PROMISES} == set(DOCTORED)


def test_what_answers_its_reader_is_no_contact():
    """A word at night to somebody who has just pressed a button is an answer."""
    diary = a_fortnight()
    diary.uses("2026-05-21 23:00", DEV, "line_ok")
    diary.bot("2026-05-21 23:01", f"D{DEV}", [text("Thank you.")])

    assert broken(diary) == []


def test_an_ask_that_has_ended_makes_room_for_another():
    """Ben has answered: his message has no buttons any more, and he may be asked."""
    diary = a_fortnight()
    diary.bot("2026-05-20 12:30", f"D{BEN}", invitation("2"))

    assert broken(diary) == []


def test_an_answer_is_quoted_as_it_was_typed():
    """What Slack escapes, and a link, read as their author wrote them."""
    diary = a_fortnight()
    kept = "Below &lt;5 &amp; above 10: see <https://example.org/fit> for more"
    diary.says("2026-05-28 12:31", BEN, kept, thread=diary.root)
    shown = "Below &lt;5 &amp; above 10: see https://example.org/fit for more"
    diary.uses("2026-05-28 12:32", BEN, "post_as_me")
    diary.bot(
        "2026-05-28 12:33",
        QUESTIONS,
        answer("Ben Carter (West Midlands)", shown),
        thread=diary.root,
    )

    assert broken(diary) == []


def test_a_digest_that_leads_nowhere_is_not_believed():
    """Without its thread nobody can count its replies."""
    diary = a_fortnight()
    diary.digest["blocks"] = [
        block for block in diary.digest["blocks"] if "see the thread" not in str(block)
    ]

    assert broken(diary) == ["all accounted for"]
