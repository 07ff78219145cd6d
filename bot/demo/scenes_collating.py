"""The second week: a digest is made, checked by those it quotes, and published."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import shorten

from bot.demo import script
from bot.demo.cast import (
    AMINA,
    BEN,
    CARYS,
    CHLOE,
    DEV,
    DIGESTS,
    EFUA,
    IDRIS,
    QUESTIONS,
    Part,
)
from bot.demo.looks import Json, words
from bot.demo.processes import PlayFailed
from bot.demo.scenes_asking import must
from bot.demo.stage import Stage
from bot.demo.telling import spoken
from bot.simulator.player import Said

ITEM = 120  #: characters shown of one thing under Needs you


def collate(stage: Stage) -> None:
    """Tuesday: collated from *Needs you*; contributors see their lines."""
    stage.actor(CARYS).presses_at_home("Collate")
    stage.settle()
    stage.tell(
        f"{CARYS.first} presses Collate. A draft is made of whole sentences, word for "
        "word, and those it quotes see their lines first."
    )


def check(stage: Stage) -> None:
    """Tuesday: those who are quoted say how."""
    stage.actor(BEN).presses("OK", about="This is your line")
    chloe = stage.actor(CHLOE)
    chloe.presses("Change it", about="This is your line")
    must(chloe.submits(words=stage.types(CHLOE, script.CHLOE_CHANGES)))
    stage.actor(AMINA).presses("Leave me out", about="This is your line")
    stage.tell(f"{BEN.first} presses OK. {CHLOE.first} changes hers, in her own words.")
    stage.tell(f"{AMINA.first} asks to be left out. Her reply stays in the ledger.")
    stage.settle()


def leave_name_off(stage: Stage) -> None:
    """Tuesday tea-time: Dev's line stays, his name goes."""
    stage.actor(DEV).presses("Leave my name off", about="This is your line")
    stage.tell(f"{DEV.first} leaves his line in, and his name off.")
    stage.settle()


def answer_nameless(stage: Stage) -> None:
    """Wednesday: Efua is back, and answers without her name."""
    efua = stage.actor(EFUA)
    efua.desk.dm(script.EFUA_ANSWERS)
    stage.settle()
    efua.presses("Post without my name", about=script.EFUA_ANSWERS)
    stage.tell(
        f"{EFUA.first} is back. She types her answer to the bot and presses Post "
        "without my name. The draft takes it in, and she is shown her line."
    )
    stage.settle()
    efua.presses("OK", about="This is your line")
    stage.settle()


def decline_and_answer(stage: Stage) -> None:
    """Tuesday: of the three asked about lung checks one declines, one answers."""
    stage.actor(CHLOE).presses("Not one for me", about=script.ROUTED)
    amina = stage.actor(AMINA)
    amina.presses("Answer", about=script.ROUTED)
    must(amina.submits(answer=stage.types(AMINA, script.AMINA_ON_LUNG)))
    stage.tell(f"{CHLOE.first} presses Not one for me. Only coordinators can see that.")
    stage.tell(f"{AMINA.first} answers: “{script.AMINA_ON_LUNG}”")
    stage.settle()


def suggest(stage: Stage) -> None:
    """Tuesday tea-time: Dev knows somebody better placed."""
    dev = stage.actor(DEV)
    dev.presses("Suggest a colleague", about=script.ROUTED)
    must(dev.submits(someone=script.SOMEONE))
    stage.tell(
        f"{DEV.first} suggests a colleague who is not a member: it is for Carys."
    )
    stage.settle()


def ask_again(stage: Stage) -> None:
    """Tuesday: a question that goes to those who have let one pass."""
    chloe = stage.actor(CHLOE)
    chloe.desk.open_home()
    stage.settle()
    chloe.presses_at_home("Ask a question")
    must(chloe.submits(question=stage.types(CHLOE, script.EVERYDAY)))
    stage.tell(f"{CHLOE.first} asks from the Home tab: “{script.EVERYDAY}”")
    stage.settle()


def reply_again(stage: Stage) -> None:
    """Tuesday: one answer to it comes in the thread."""
    root = stage.post_by(BEN, script.EVERYDAY, QUESTIONS)
    stage.actor(BEN).desk.reply(root, script.BEN_ON_REMINDERS)
    stage.tell(f"{BEN.first} replies there: “{script.BEN_ON_REMINDERS}”")
    stage.settle()


def edit_draft(stage: Stage) -> None:
    """Wednesday: the coordinator reads the ledger, words a heading, moves a line."""
    carys = stage.actor(CARYS)
    _open(stage)
    carys.presses_in_form("Ledger")
    ledger = carys.form_words.split("\n")
    count = next((line for line in ledger if "Unassigned" in line), "")
    stage.tell(f"{CARYS.first} opens the ledger of the draft: {count}")
    carys.presses_in_form("Back to the draft")
    carys.presses_in_form("Reword, add a note")
    note = stage.types(CARYS, script.NOTE)
    must(carys.submits(agree=stage.types(CARYS, script.HEADING), note=note))
    for line in ("four weeks", "six weeks"):
        carys.presses_in_form("Move to…", under=line)
        must(carys.submits(section="agree"))
    if script.HEADING not in carys.form_words:
        raise PlayFailed("The draft does not show what its coordinator changed.")
    stage.tell("She words a heading, moves two lines, and adds a note marked as hers.")


def approve(stage: Stage) -> None:
    """Wednesday: approved; it leaves after the hold."""
    _open(stage)
    must(stage.actor(CARYS).submits())
    stage.tell(f"{CARYS.first} approves. For ten minutes it can still be taken back.")
    stage.settle()


def take_back(stage: Stage) -> None:
    """Wednesday: taken back within the hold."""
    carys = stage.actor(CARYS)
    _open(stage)
    carys.presses_in_form("Take back")
    carys.closes_forms()
    stage.tell(f"{CARYS.first} takes it back after five minutes, to read it once more.")
    stage.settle()


def published(stage: Stage) -> Said:
    """Wednesday: the digest stands in its channel and in the thread."""
    said = stage.post_by(CARYS, script.ASKED, DIGESTS)
    stage.tell("The hold is over: the digest is in #digests, and its thread says so.")
    return said


def reply_late(stage: Stage, root: Said) -> None:
    """Thursday: Idris is back, and has something new to say."""
    stage.actor(IDRIS).desk.reply(root, script.IDRIS_LATE)
    stage.tell(
        f"{IDRIS.first} is back and replies, late, with something new. It is kept, and "
        "Needs you says so."
    )
    stage.settle()


def look(stage: Stage, part: Part) -> None:
    """Read *Needs you* aloud."""
    items = list(_items(stage.home(part)))
    stage.tell(f"{part.first} looks at Needs you: {len(items)} things.")
    for said, owner in items:
        stage.tell(f"· {said} ({owner})")


def _items(home: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """Each thing a coordinator is needed for, and with whom it is."""
    for said, small in pairwise(home):
        owner = words([small])
        if small["type"] == "context" and owner.startswith("With "):
            text = spoken(" ".join(words([said]).split()))
            yield shorten(text, ITEM, placeholder=" …"), owner


def _open(stage: Stage) -> None:
    carys = stage.actor(CARYS)
    carys.closes_forms()
    carys.desk.open_home()
    stage.settle()
    carys.presses_at_home("Open the draft")
