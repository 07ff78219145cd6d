"""A small fortnight, written down by hand as the simulator would, to be doctored.

Machine time and community time are the same here, so that a story says when it was.
"""

from copy import deepcopy

from bot.demo.cast import Hours
from bot.demo.evidence import Evidence, Facts, Who
from bot.demo.times import PlayedTime, Stretch, local, unix

QUESTIONS, DIGESTS = "C0QUESTIONS", "C0DIGESTS"
AMINA, BEN, DEV, EFUA, CARYS = "U0AMINA", "U0BEN", "U0DEV", "U0EFUA", "U0CARYS"
GEORGE = "U0GEORGE"
BOT = "U0BOT"
ASKED = "How do you safety-net a negative FIT when symptoms go on?"
BENS = "We book a review at six weeks. We repeat the FIT once."
DEVS = "I disagree with repeating it, since a second test only delays things."
EFUAS = "It depends on how far people live from the hospital, and we phone them."
BETWEEN_US = "Between us: our lab has lost samples this spring."
MISTAKE = "Does the rota for Thursday still stand?"
OUT = "In our area two diagnoses were delayed after a negative test."
GUIDE = "https://example.org/guide"
NUMBER = "943 476 5919"
NAMES = {
    AMINA: ("Amina Yusuf", "Northern"),
    BEN: ("Ben Carter", "West Midlands"),
    DEV: ("Dev Patel-Jones", "Greater Manchester"),
    EFUA: ("Efua Mensah", "Peninsula"),
    GEORGE: ("George Penhale", "Kent and Medway"),
    CARYS: ("Carys Bowen", ""),
}
DMS = {f"D{user}": user for user in NAMES}


class Diary:
    """What happened, entry by entry."""

    def __init__(self):
        self.entries = []
        self.kept = {}

    def note(self, when, kind, **what):
        """Write something down; returns the entry, which a story may doctor."""
        at = unix(local(when))
        entry = {"seq": len(self.entries) + 1, "at": at, "kind": kind, **what}
        self.entries.append(entry)
        return entry

    def says(self, when, user, text, *, channel=QUESTIONS, thread=None):
        """A person writes."""
        return self._posted(when, user, text, channel=channel, thread=thread)

    def bot(self, when, channel, blocks, *, text="Something for you", thread=None):
        """The bot posts."""
        return self._posted(
            when, BOT, text, blocks=blocks, channel=channel, thread=thread
        )

    def changes(self, when, entry, blocks, text=None):
        """A message is shown otherwise from now on."""
        kept = {k: v for k, v in entry.items() if k not in {"seq", "at", "kind"}}
        kept |= {"blocks": blocks, "text": entry["text"] if text is None else text}
        return self.note(when, "updated", **kept)

    def deletes(self, when, entry):
        """A message is gone."""
        return self.note(when, "deleted", channel=entry["channel"], ts=entry["ts"])

    def uses(self, when, user, action):
        """A person presses a button."""
        return self.note(when, "act", verb="used", user=user, action_id=action)

    def submits(self, when, user, callback, blocks=()):
        """A person is shown a form, and sends it."""
        view = {"callback_id": callback, "blocks": list(blocks)}
        form = f"V{len(self.entries)}"
        self.note(when, "view", verb="opened", user=user, view_id=form, view=view)
        return self.note(when, "act", verb="submitted", user=user, view_id=form)

    def looks(self, when, user, callback, *shown):
        """A person is shown a form."""
        view = {"callback_id": callback, "blocks": [text(one) for one in shown]}
        form = f"V{len(self.entries)}"
        self.note(when, "view", verb="opened", user=user, view_id=form, view=view)

    def evidence(self):
        """The diary as a judge reads it."""
        played = PlayedTime((Stretch(0.0, local("1970-01-01 01:00")),))
        ordered = sorted(deepcopy(self.entries), key=lambda entry: entry["at"])
        for seq, entry in enumerate(ordered, 1):
            entry["seq"] = seq
        return Evidence(ordered, played, FACTS, self.kept)

    def _posted(self, when, user, words, *, channel, thread, blocks=()):
        number, by_app = len(self.entries), user == BOT
        return self.note(
            when,
            "posted",
            channel=channel,
            ts=f"1779000000.{number:06d}",
            thread_ts=thread["ts"] if thread else None,
            user=user,
            by_app=by_app,
            text=words,
            blocks=list(blocks) or [text(words)],
            metadata={"event_payload": {"key": f"k{number}"}} if by_app else None,
        )


FACTS = Facts(
    people={
        user: Who(
            name=name,
            region=region,
            hours=Hours(),
            away=(
                ((local("2026-05-18 12:40"), local("2026-05-27 00:00")),)
                if user == EFUA
                else ()
            ),
        )
        for user, (name, region) in NAMES.items()
    },
    questions=QUESTIONS,
    digests=DIGESTS,
    coordinators=frozenset({CARYS}),
    direct=DMS,
    holidays=frozenset({"2026-05-25"}),
    asked=(("Amina Yusuf", ASKED),),
    typed=(("Ben Carter", BENS),),
    secrets=(NUMBER,),
    private=(BETWEEN_US,),
    nameless=(("Efua Mensah", EFUAS, QUESTIONS), ("Efua Mensah", EFUAS, DIGESTS)),
    left_out=(OUT,),
    resources=(GUIDE,),
    dissent=(DEVS,),
    declined=(("Efua Mensah", ASKED),),
)


def text(words):
    """A paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def small(words):
    """Small print."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": words}]}


def button(action, value="1"):
    """A row of one button."""
    shown = {"type": "plain_text", "text": action}
    element = {"type": "button", "text": shown, "action_id": action, "value": value}
    return {"type": "actions", "elements": [element]}


def invitation(ask="1", *, lead="", why="lists FIT", asker="Amina Yusuf (Northern)"):
    """An ask as it is shown to a peer."""
    shown = [text(f"{lead}*{asker} asks about FIT* · needed by Thu 28 May")]
    shown += [text(f">{ASKED}"), small(f"Why you: {why}" if why else "see the thread")]
    return [*shown, button("decline", ask)]


def answer(who, words):
    """An answer as the bot quotes it in a thread."""
    return [text(f"*{who} answers:*"), text(f">{words}")]


def digest(root, *lines, replies):
    """A digest as it is posted: lines of (words, who)."""
    ts = root["ts"].replace(".", "")
    see = f"<https://play.slack.com/archives/{QUESTIONS}/p{ts}|see the thread>"
    said = [
        text(f">{words}\n— {who} · <https://x.invalid|in the thread>")
        for words, who in lines
    ]
    said.append(text(f"*Resources*\n• <{GUIDE}|example.org/guide>"))
    foot = f"{replies} replies from 4 people: all shown or accounted for."
    return [text("*What was asked*"), small(see), *said, small(foot)]


LINES = (
    (BENS, "Ben Carter (West Midlands)"),
    (DEVS, "Dev Patel-Jones (Greater Manchester)"),
    (EFUAS, "A member"),
)


def a_fortnight(*, lines=LINES, replies=5):
    """Everything that can be judged, once, as it should be. Its parts by name."""
    diary = Diary()
    _asked_and_answered(diary)
    _said_in_the_thread(diary)
    _asked_in_vain(diary)
    _answered_without_a_name(diary)
    _collated(diary, digest(diary.root, *lines, replies=replies))
    return diary


def _asked_and_answered(diary):
    diary.refusal = diary.note("2026-05-18 09:59", "view", verb="errors", user=AMINA)
    diary.root = diary.bot(
        "2026-05-18 10:00", QUESTIONS, [text(f"<@{AMINA}> *asks*"), text(f">{ASKED}")]
    )
    diary.ask = diary.bot("2026-05-18 12:30", f"D{BEN}", invitation())
    diary.submits("2026-05-18 12:35", BEN, "answer_form")
    diary.bot(
        "2026-05-18 12:36",
        QUESTIONS,
        answer("Ben Carter (West Midlands)", BENS),
        thread=diary.root,
    )
    diary.changes("2026-05-18 12:36", diary.ask, [small("Thank you.")])


def _said_in_the_thread(diary):
    """A dissent, edited; a mistake, deleted; something to be left out."""
    dissent = diary.says("2026-05-19 09:00", DEV, DEVS, thread=diary.root)
    diary.edit = diary.changes("2026-05-20 09:40", dissent, [text(DEVS)])
    gone = diary.says("2026-05-19 09:10", BEN, MISTAKE, thread=diary.root)
    diary.deletes("2026-05-19 09:12", gone)
    diary.says("2026-05-19 09:20", AMINA, OUT, thread=diary.root)


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
        "5 replies: 3 quoted, 1 kept, not quoted, 1 withdrawn. Unassigned: 0.",
    )
    diary.approval = diary.submits("2026-05-27 15:10", CARYS, "digest_desk")
    diary.digest = diary.bot("2026-05-27 15:21", DIGESTS, shown)


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
