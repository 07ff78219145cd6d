"""Control verbs: letters, and the post office's weather."""

from pathlib import Path

from bot.simulator.arguments import Arguments
from bot.simulator.control import verb
from bot.simulator.errors import Json
from bot.simulator.letters import Letter
from bot.simulator.post_office import Weather
from bot.simulator.world import World


@verb("letters")
def letters(world: World, args: Arguments) -> Json:
    """List letters, with everything in them unless `brief`."""
    found = world.post_office.to(args.text("to"), args.number("after", 0))
    brief = args.flag("brief")
    return {"letters": [one.summary() if brief else one.parsed() for one in found]}


@verb("letter")
def letter(world: World, args: Arguments) -> Json:
    """Give everything in one letter."""
    return {"letter": find(world, args.required("id")).parsed()}


@verb("letter_source")
def letter_source(world: World, args: Arguments) -> Json:
    """Give one letter as it travelled."""
    return {"source": find(world, args.required("id")).source}


@verb("letters_save")
def letters_save(world: World, args: Arguments) -> Json:
    """Write every letter and every calendar part to a folder."""
    return {"files": world.post_office.save(Path(args.required("folder")))}


@verb("mail_weather")
def mail_weather(world: World, args: Arguments) -> Json:
    """Let something go wrong with letters, or (`clear`) nothing any more."""
    if args.text("kind") == "clear":
        world.post_office.clear()
    else:
        world.post_office.forecast(Weather(**args.given))
    return {}


def find(world: World, number: str) -> Letter:
    """Find a letter by its number.

    Raises:
        ValueError: there is none.
    """
    kept = world.post_office.letters
    if not number.isdecimal() or not 1 <= int(number) <= len(kept):
        raise ValueError(f"There is no letter {number}.")
    return kept[int(number) - 1]
