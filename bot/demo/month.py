"""The month: the fortnight of May, and the three weeks of June that follow it."""

from bot.demo import fortnight
from bot.demo import scenes_month as june
from bot.demo.stage import Stage

BEGINS = fortnight.BEGINS


def play(stage: Stage) -> None:
    """Play it all. The bot is quiet at the end."""
    fortnight.play(stage)
    first_of_june(stage)
    rest_of_the_week(stage)
    until_the_call(stage)


def first_of_june(stage: Stage) -> None:
    """Monday: the update is approved, the call confirmed and its invitations leave."""
    stage.teller.day("Monday, the first of June")
    stage.at("2026-06-01 09:00")
    june.confirm_call(stage)
    stage.at("2026-06-01 10:00")
    june.read_update(stage)
    _pass(stage, "2026-06-01", "12:30", "17:30")
    june.say_who_comes(stage)


def rest_of_the_week(stage: Stage) -> None:
    """Tuesday to Friday: the update goes out, and the call is moved."""
    stage.teller.day("Tuesday and Wednesday")
    _pass(stage, "2026-06-02", "07:29", "07:30")
    june.partner_reads(stage)
    _pass(stage, "2026-06-02", "12:30", "17:30")
    june.leave_the_update(stage)
    _pass(stage, "2026-06-03", "07:30", "12:30", "17:30")
    stage.teller.day("Thursday and Friday")
    stage.at("2026-06-04 11:00")
    june.move_call(stage)
    _pass(stage, "2026-06-04", "12:30", "17:30")
    _pass(stage, "2026-06-05", "07:30", "12:30", "17:30")


def until_the_call(stage: Stage) -> None:
    """The reminder a week before, with the agenda; and the day itself."""
    stage.teller.day("The second week of June: a week before the call")
    for day in ("2026-06-08", "2026-06-09", "2026-06-10", "2026-06-11", "2026-06-12"):
        _pass(stage, day, "07:30", "12:30", "17:30")
    stage.teller.day("The week of the call")
    for day in ("2026-06-15", "2026-06-16", "2026-06-17", "2026-06-18"):
        _pass(stage, day, "12:30", "17:30")
    stage.tell("The call has taken place. A month has gone by.")


def _pass(stage: Stage, day: str, *times: str) -> None:
    for time in times:
        stage.at(f"{day} {time}")
