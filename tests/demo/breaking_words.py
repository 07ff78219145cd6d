"""Promises about what Slack took, what was published, and whose words it was."""

from tests.demo.breaking import doctored
from tests.demo.known import (
    ASKED,
    BEN,
    BENS,
    BETWEEN_US,
    CARYS,
    DEVS,
    EFUAS,
    JOANS,
    MISTAKE,
    NUMBER,
    OUT,
    QUESTIONS,
)
from tests.demo.shown import LINES, digest, mailed_answer, text


@doctored("whole")
def nobody_is_reminded(diary):
    diary.entries.remove(diary.vain["2026-05-22 12:30"])
    diary.loses(diary.reminder)


@doctored("whole")
def nobody_hears_that_it_closes(diary):
    diary.entries.remove(diary.vain["2026-05-27 12:30"])
    diary.loses(diary.closing)


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
        "5 replies: 5 quoted. Unassigned: 0.",
    )


@doctored("all accounted for")
def the_ledger_has_one_without_a_place(diary):
    diary.looks(
        "2026-05-27 15:05",
        CARYS,
        "digest_ledger",
        "6 replies: 5 quoted. Unassigned: 1.",
    )


@doctored("dissent")
def whoever_differs_is_dropped(diary):
    kept = (LINES[0], LINES[2])
    diary.digest["blocks"] = digest(diary.root, *kept)


@doctored("own words")
def a_line_is_altered(diary):
    altered = (BENS.replace("six weeks", "two weeks"), LINES[0][1])
    diary.digest["blocks"] = digest(diary.root, altered, *LINES[1:])


@doctored("own words")
def a_line_is_under_somebody_elses_name(diary):
    swapped = (BENS, "Amina Yusuf (Northern)")
    diary.digest["blocks"] = digest(diary.root, swapped, *LINES[1:])


@doctored("own words")
def a_line_is_invented_without_a_name(diary):
    invented = ("We refer everybody at once.", "A member")
    diary.digest["blocks"] = digest(diary.root, *LINES, invented)


@doctored("own words")
def a_published_line_is_altered_later(diary):
    altered = (BENS.replace("six", "ten"), LINES[0][1])
    after = digest(diary.root, altered, *LINES[1:])
    diary.changes("2026-05-27 16:00", diary.digest, after)


@doctored("left out")
def whoever_asked_to_be_left_out_is_quoted(diary):
    more = (OUT, "Amina Yusuf (Northern)")
    diary.digest["blocks"] = digest(diary.root, *LINES, more)


@doctored("left out")
def what_was_deleted_is_quoted(diary):
    more = (MISTAKE, "Ben Carter (West Midlands)")
    diary.digest["blocks"] = digest(diary.root, *LINES, more)


@doctored("nameless")
def a_name_stands_in_the_digest(diary):
    named = (EFUAS, "Efua Mensah (Peninsula)")
    diary.digest["blocks"] = digest(diary.root, *LINES[:2], named)


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


@doctored("by a tap")
def an_answer_by_e_mail_that_nobody_sent(diary):
    diary.knows(answered_by_mail=())
    diary.loses(diary.next_letter)


@doctored("by a tap")
def an_answer_by_e_mail_before_it_came(diary):
    diary.from_joan["at"] -= 60 * 60


@doctored("own words")
def an_answer_by_e_mail_is_altered(diary):
    altered = mailed_answer("Joan Thackray (Lancashire)", f"{JOANS} Or nearly.")
    diary.changes("2026-05-19 10:00", diary.from_joan, altered)


@doctored("own words")
def a_line_by_e_mail_is_not_its_authors(diary):
    altered = (JOANS.replace("fortnight", "month"), LINES[3][1])
    diary.digest["blocks"] = digest(diary.root, *LINES[:3], altered)


@doctored("own words")
def a_line_by_e_mail_is_under_somebody_elses_name(diary):
    swapped = (JOANS, "Ruth Ellery (London), by e-mail")
    diary.digest["blocks"] = digest(diary.root, *LINES[:3], swapped)
