"""The fortnight, scene by scene: 18 to 31 May 2026, with a bank holiday on the 25th."""

from bot.demo import scenes_asking as first
from bot.demo import scenes_collating as second
from bot.demo import scenes_letters as by_letter
from bot.demo.cast import CARYS, OWEN
from bot.demo.stage import Stage
from bot.simulator.player import Said

BEGINS = "2026-05-18 09:00"
#: Times at which nothing is played and the bot is looked at all the same.
QUIET_TIMES = ("12:30", "21:00")


def play(stage: Stage) -> None:
    """Play it all. The bot is quiet at the end."""
    root = first_week(stage)
    bank_holiday(stage)
    second_week(stage, root)
    stage.teller.day("The weekend")
    _pass(stage, "2026-05-30", *QUIET_TIMES)
    _pass(stage, "2026-05-31", *QUIET_TIMES)
    stage.tell("A quiet weekend: nobody hears anything.")


def first_week(stage: Stage) -> Said:
    """Monday to Friday; returns the question that the fortnight is about."""
    stage.teller.day("Monday")
    first.arrive(stage)
    stage.at("2026-05-18 10:00")
    root = first.ask(stage)
    stage.at("2026-05-18 12:30")
    said = first.first_answers(stage, root)
    stage.at("2026-05-18 17:30")
    first.not_now(stage)
    middle_of_the_week(stage, root, said)
    stage.teller.day("Thursday and Friday")
    stage.at("2026-05-21 10:30")
    first.thank(stage, root)
    _pass(stage, "2026-05-21", "12:30", "21:00")
    _pass(stage, "2026-05-22", "12:30", "15:00")
    by_letter.leila_answers(stage)
    first.route(stage)
    return root


def middle_of_the_week(stage: Stage, root: Said, said: Said) -> None:
    """Tuesday and Wednesday: dissent, an edit, a deletion, the second wave."""
    stage.teller.day("Tuesday")
    _pass(stage, "2026-05-19", "07:30", "12:30")
    stage.at("2026-05-19 17:45")
    first.dissent(stage)
    stage.teller.day("Wednesday")
    stage.at("2026-05-20 09:40")
    first.edit(stage, said)
    _pass(stage, "2026-05-20", "12:30", "13:10")
    first.delete(stage, root)


def bank_holiday(stage: Stage) -> None:
    """Saturday to the bank holiday Monday: nobody is contacted."""
    stage.teller.day("The weekend, and a bank holiday on Monday")
    _pass(stage, "2026-05-23", *QUIET_TIMES)
    _pass(stage, "2026-05-24", *QUIET_TIMES)
    _pass(stage, "2026-05-25", "07:30", "12:30", "17:30")
    stage.tell("Three days on which nobody is contacted.")


def second_week(stage: Stage, root: Said) -> None:
    """Tuesday to Friday."""
    tuesday(stage)
    wednesday(stage)
    stage.teller.day("Thursday and Friday")
    _pass(stage, "2026-05-28", "07:30", "11:00")
    second.reply_late(stage, root)
    _pass(stage, "2026-05-28", "12:30", "17:30")
    _pass(stage, "2026-05-29", "12:30", "13:30", "17:30")
    second.look(stage, OWEN)


def tuesday(stage: Stage) -> None:
    """The day after the bank holiday: all that had to wait, and a draft."""
    stage.teller.day("Tuesday")
    stage.at("2026-05-26 11:00")
    by_letter.joan_answers(stage)
    by_letter.kit_declines(stage)
    _pass(stage, "2026-05-26", "12:30", "12:35")
    second.decline_and_answer(stage)
    second.look(stage, CARYS)
    second.collate(stage)
    second.check(stage)
    stage.at("2026-05-26 13:10")
    second.ask_again(stage)
    stage.at("2026-05-26 13:20")
    second.reply_again(stage)
    stage.at("2026-05-26 17:30")
    second.suggest(stage)
    second.leave_name_off(stage)


def wednesday(stage: Stage) -> None:
    """The day of publication."""
    stage.teller.day("Wednesday")
    _pass(stage, "2026-05-27", "07:30", "12:30", "12:45")
    second.answer_nameless(stage)
    by_letter.both_agree(stage)
    stage.at("2026-05-27 15:00")
    second.edit_draft(stage)
    second.approve(stage)
    stage.at("2026-05-27 15:05")
    second.take_back(stage)
    stage.at("2026-05-27 15:20")
    second.approve(stage)
    stage.at("2026-05-27 15:29")
    stage.at("2026-05-27 15:31")
    second.published(stage)


def _pass(stage: Stage, day: str, *times: str) -> None:
    for time in times:
        stage.at(f"{day} {time}")
