"""The first week: people arrive, one asks, colleagues are asked and answer."""

from bot.demo import script
from bot.demo.cast import (
    AMINA,
    BEN,
    BY_LETTER,
    CARYS,
    CHLOE,
    DEV,
    EFUA,
    IDRIS,
    IN_SLACK,
    QUESTIONS,
    STAFF,
    Part,
    letters_csv,
)
from bot.demo.community import regions
from bot.demo.processes import PlayFailed
from bot.demo.stage import Stage
from bot.simulator.player import Said

BACK = "2026-05-27"  #: the day Efua is back; and a day before Idris is


def arrive(stage: Stage) -> None:
    """Monday: members by letter are imported, the others join and say who they are."""
    (stage.play.folder / "members.csv").write_text(letters_csv(), encoding="utf-8")
    stage.play.workshop.run("members", "import", "members.csv")
    stage.tell(
        f"{CARYS.name} imports {len(BY_LETTER)} members whom only e-mail reaches. A "
        "real mail server takes their letters."
    )
    for one in IN_SLACK:
        stage.actor(one).desk.join(QUESTIONS)
    stage.tell(
        f"{len(IN_SLACK)} members join #questions, and each is welcomed in a DM. With "
        f"{STAFF[0].first} and {STAFF[1].first}, who coordinate, everybody is here."
    )
    stage.settle()
    for one in IN_SLACK:
        _describe(stage, one)
    stage.tell("They set their region, their interests and good times to reach them.")
    stage.tell(f"{DEV.first} can be reached at tea-time only, {DEV.hours}.")
    stage.tell(f"{IDRIS.first} is away until Thu 28 May.")
    stage.settle()


def _describe(stage: Stage, one: Part) -> None:
    actor = stage.actor(one)
    actor.presses("Set my details")
    details = {
        "region": str(regions().index(one.region)),
        "interests": list(one.interests),
        "good_times": str(one.hours),
    }
    if one is IDRIS:
        details["away_until"] = "2026-05-28"
    must(actor.submits(**details))


def ask(stage: Stage) -> Said:
    """Amina asks; the first attempt names a patient's number, and is not taken."""
    amina = stage.actor(AMINA)
    amina.command("/ask", QUESTIONS)
    errors = amina.submits(
        question=script.CARELESS, context=stage.types(AMINA, script.CONTEXT)
    )
    if not errors:
        raise PlayFailed("The guard let an NHS number through.")
    stage.tell(
        f"{AMINA.first} types /ask, with a patient's number in it by mistake. Beside "
        f"the field she reads: “{next(iter(errors.values()))}”"
    )
    must(amina.submits(question=stage.types(AMINA, script.ASKED)))
    stage.tell(
        "She mends it, nothing else she typed is lost, and it is posted: "
        f"“{script.ASKED}”"
    )
    stage.settle()
    return stage.post_by(AMINA, script.ASKED, QUESTIONS)


def first_answers(stage: Stage, root: Said) -> Said:
    """Monday lunchtime: an answer by the form, one in the thread, and one is away."""
    ben = stage.actor(BEN)
    ben.presses("Answer")
    must(ben.submits(answer=stage.types(BEN, script.BEN_ANSWERS)))
    stage.tell(f"{BEN.first} presses Answer. In the thread he is quoted by name.")
    stage.settle()
    said = stage.actor(CHLOE).desk.reply(root, script.CHLOE_ANSWERS)
    stage.tell(f"{CHLOE.first} answers in the thread itself. That counts as well.")
    stage.settle()
    efua = stage.actor(EFUA)
    efua.presses("Away until…")
    must(efua.submits(away_until=BACK))
    stage.tell(f"{EFUA.first} is asked and presses Away until… Wed 27 May.")
    stage.settle()
    return said


def not_now(stage: Stage) -> None:
    """Monday tea-time: Dev puts it off."""
    stage.actor(DEV).presses("Later")
    stage.tell(f"{DEV.first} presses Later: it comes back in a working day.")
    stage.settle()


def dissent(stage: Stage) -> None:
    """Tuesday tea-time: Dev writes to the bot twice, and chooses what is posted."""
    dev = stage.actor(DEV)
    dev.desk.dm(script.DEV_IN_CONFIDENCE)
    stage.settle()
    dev.presses("Keep private", about=script.DEV_IN_CONFIDENCE)
    stage.tell(f"{DEV.first} writes something to the bot and presses Keep private.")
    stage.settle()
    dev.desk.dm(script.DEV_DISSENTS)
    stage.settle()
    dev.presses("Post as me", about=script.DEV_DISSENTS)
    stage.tell(
        f"Then he disagrees, strongly, and presses Post as me: “{script.DEV_DISSENTS}”"
    )
    stage.settle()


def edit(stage: Stage, said: Said) -> None:
    """Wednesday: Chloé mends a figure."""
    stage.actor(CHLOE).desk.edit(said, script.CHLOE_EDITS)
    stage.tell(f"{CHLOE.first} edits what she wrote: four weeks, not six.")
    stage.settle()


def delete(stage: Stage, root: Said) -> None:
    """Wednesday: Ben writes in the wrong thread."""
    ben = stage.actor(BEN)
    mistake = ben.desk.reply(root, script.BEN_MISTAKES)
    stage.settle()
    ben.desk.delete(mistake)
    stage.tell(f"{BEN.first} writes in the wrong thread, and deletes it.")
    stage.settle()


def thank(stage: Stage, root: Said) -> None:
    """Thursday: the asker adds something of her own, and thanks everyone."""
    amina = stage.actor(AMINA)
    amina.desk.reply(root, script.AMINA_ADDS)
    amina.desk.reply(root, script.AMINA_THANKS)
    stage.tell(f"{AMINA.first} adds what happened in her area, and thanks everybody.")
    stage.settle()


def route(stage: Stage) -> Said:
    """Friday afternoon: a message in the channel is routed by its own shortcut."""
    ben = stage.actor(BEN)
    said = ben.desk.post(QUESTIONS, script.ROUTED)
    stage.settle()
    ben.shortcut("route_question", said)
    must(ben.submits())
    stage.tell(
        f"{BEN.first} writes in #questions, and from the message's menu chooses Route "
        f"this question: “{script.ROUTED}” It is Friday afternoon, and Monday is a "
        "bank holiday: nobody hears of it before Tuesday."
    )
    stage.settle()
    return said


def must(errors: object) -> None:
    """Make sure that a form was taken.

    Raises:
        PlayFailed: it came back with *errors*.
    """
    if errors:
        raise PlayFailed(f"A form was not taken: {errors}")
