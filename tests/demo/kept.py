"""A small month in which every promise is kept, to be doctored."""

from bot.demo.times import local
from tests.demo.diary import Diary
from tests.demo.known import (
    ADDRESSES,
    AMINA,
    ASKED,
    BEN,
    BENS,
    BETWEEN_US,
    BOARD,
    CARYS,
    DEV,
    DEVS,
    DIGESTS,
    EFUA,
    EFUAS,
    GEORGE,
    JOAN,
    JOANS,
    MISTAKE,
    OUT,
    QUESTIONS,
    RUTH,
)
from tests.demo.mailbag import CLOSING, LEAVE, REMINDER, ask, entry, plain
from tests.demo.shown import (
    LINES,
    REPLIES,
    about_the_call,
    answer,
    button,
    digest,
    invitation,
    mailed_answer,
    small,
    text,
)

UPDATE = plain("What members told one another in May: reviews are booked at once.")
CALL = plain("You are invited to the summer call, on Wed 17 Jun at 12:30.")
MOVED_TO = local("2026-06-18 12:30")
MOVED = plain("The summer call has moved to Thu 18 Jun at 12:30.")


def a_month(*, lines=LINES, replies=REPLIES):
    """Everything that can be judged, once, as it should be. Its parts by name."""
    diary = Diary()
    _asked_and_answered(diary)
    _asked_by_letter(diary)
    _said_in_the_thread(diary)
    _asked_in_vain(diary)
    _answered_without_a_name(diary)
    _collated(diary, digest(diary.root, *lines, replies=replies))
    _updated(diary)
    _called(diary)
    _moved(diary)
    return diary


def _asked_and_answered(diary):
    """Ben is asked in Slack and, as he wished, by letter as well: one contact."""
    diary.refusal = diary.note("2026-05-18 09:59", "view", verb="errors", user=AMINA)
    diary.root = diary.bot(
        "2026-05-18 10:00", QUESTIONS, [text(f"<@{AMINA}> *asks*"), text(f">{ASKED}")]
    )
    diary.ask = diary.bot("2026-05-18 12:30", f"D{BEN}", invitation())
    diary.twin = diary.mails("2026-05-18 12:30", ADDRESSES[BEN], ask())
    diary.submits("2026-05-18 12:35", BEN, "answer_form")
    diary.bot(
        "2026-05-18 12:36",
        QUESTIONS,
        answer("Ben Carter (West Midlands)", BENS),
        thread=diary.root,
    )
    diary.changes("2026-05-18 12:36", diary.ask, [small("Thank you.")])


def _asked_by_letter(diary):
    """Joan answers by e-mail and may be asked again; Ruth says nothing, ever."""
    diary.letter = diary.mails("2026-05-18 12:30", JOAN, ask())
    diary.from_joan = diary.bot(
        "2026-05-19 09:06",
        QUESTIONS,
        mailed_answer("Joan Thackray (Lancashire)", JOANS),
        thread=diary.root,
    )
    diary.next_letter = diary.mails("2026-05-19 12:40", JOAN, ask(2))
    diary.mails("2026-05-18 12:30", RUTH, ask())
    diary.reminder = diary.mails("2026-05-20 12:30", RUTH, ask(lead=REMINDER))
    diary.closing = diary.mails("2026-05-27 12:30", RUTH, ask(lead=CLOSING))


def _said_in_the_thread(diary):
    """A dissent, edited; a mistake, deleted; something to be left out."""
    dissent = diary.says("2026-05-19 09:00", DEV, DEVS, thread=diary.root)
    diary.edit = diary.changes("2026-05-20 09:40", dissent, [text(DEVS)])
    gone = diary.says("2026-05-19 09:10", BEN, MISTAKE, thread=diary.root)
    diary.deletes("2026-05-19 09:12", gone)
    diary.says("2026-05-19 09:20", AMINA, OUT, thread=diary.root)


def _asked_in_vain(diary):
    """George is asked, reminded once, and told once when it closes."""
    leads = {
        "2026-05-20 12:30": "",
        "2026-05-22 12:30": "A gentle reminder: your view would still help. ",
        "2026-05-27 12:30": "*This question closes tomorrow.* A line is enough. ",
    }
    diary.vain = {
        when: diary.bot(when, f"D{GEORGE}", invitation("9", lead=lead))
        for when, lead in leads.items()
    }


def _answered_without_a_name(diary):
    """Two notes to the bot: one is posted by a tap, the other stays private."""
    diary.says("2026-05-27 12:40", EFUA, EFUAS, channel=f"D{EFUA}")
    diary.uses("2026-05-27 12:41", EFUA, "post_nameless")
    diary.bot(
        "2026-05-27 12:42", QUESTIONS, answer("A member", EFUAS), thread=diary.root
    )
    diary.says("2026-05-27 12:50", DEV, BETWEEN_US, channel=f"D{DEV}")


def _collated(diary, shown):
    """Checked, looked at, approved, held, published."""
    diary.check = diary.bot("2026-05-26 12:40", f"D{BEN}", [button("line_ok")])
    diary.need = diary.bot("2026-05-26 12:40", f"D{CARYS}", [button("need_done")])
    diary.looks(
        "2026-05-27 15:00",
        CARYS,
        "digest_ledger",
        "6 replies: 4 quoted, 1 kept, not quoted, 1 withdrawn. Unassigned: 0.",
    )
    diary.approval = diary.submits("2026-05-27 15:10", CARYS, "digest_desk")
    diary.digest = diary.bot("2026-05-27 15:21", DIGESTS, shown)


def _updated(diary):
    """The update reaches everybody in the morning, but Dev at the hours he gave."""
    diary.updates = {
        to: diary.mails(
            "2026-06-02 12:30" if to == ADDRESSES[DEV] else "2026-06-02 07:30",
            to,
            UPDATE,
            **LEAVE,
        )
        for to in (*ADDRESSES.values(), BOARD)
    }


def _called(diary):
    """Everybody is invited; Amina and Ruth come, and Ben does not."""
    when = "2026-06-02 12:35"
    for user in (AMINA, BEN):
        diary.bot(when, f"D{user}", about_the_call("You are invited."))
    diary.invitations = {
        to: diary.mails(when, to, CALL, ics=entry(to)) for to in ADDRESSES.values()
    }
    diary.coming = diary.uses("2026-06-02 12:50", AMINA, "call_answer:coming")
    diary.uses("2026-06-02 12:50", BEN, "call_answer:not")


def _moved(diary):
    """Those who come hear at once, at eleven; the others when they can be reached."""
    diary.moves = {}
    for user, to in ADDRESSES.items():
        when = "2026-06-04 11:00" if user in {AMINA, RUTH} else "2026-06-04 12:35"
        if user in {AMINA, BEN}:
            diary.bot(when, f"D{user}", about_the_call("The call has moved."))
        diary.moves[to] = diary.mails(
            when, to, MOVED, ics=entry(to, sequence=1, starts=MOVED_TO)
        )
