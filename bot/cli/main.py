"""Every command in one place, and what an operator reads when one is refused."""

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer
from typer.main import get_command

from bot import logs
from bot.cli import (
    ask,
    backlog,
    calls,
    check,
    db,
    edition,
    erase,
    export,
    members,
    reply,
    retention,
    run,
)
from bot.cli.terminal import Refused, complain
from bot.demo import command as play
from bot.domain.errors import CommunityError
from bot.gateways.clock import BrokenClock
from bot.gateways.slack_identity import ShutOut
from bot.ports import Unreachable
from bot.settings import SettingsWrong
from bot.store import StoreUnavailable
from bot.web.server import CannotListen

#: What may go wrong without anything being wrong with the program.
EXPECTED = (
    BrokenClock,
    CannotListen,
    CommunityError,
    Refused,
    SettingsWrong,
    ShutOut,
    StoreUnavailable,
    Unreachable,
)

commands = typer.Typer(
    name="convenor",
    help="Convenor hosts a community of practice in Slack.",
    epilog="Begin with: convenor db upgrade, convenor check, convenor run",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help is rewrapped, and read aloud well
    context_settings={"help_option_names": ["-h", "--help"]},
)
commands.command(epilog=run.EXAMPLE)(run.run)
commands.command(epilog=check.EXAMPLE)(check.check)
commands.command(epilog=play.EXAMPLE)(play.demo)
commands.add_typer(db.commands, name="db")
commands.add_typer(members.commands, name="members")
commands.add_typer(reply.commands, name="reply")
commands.add_typer(edition.commands, name="edition")
commands.add_typer(calls.commands, name="calls")
commands.add_typer(backlog.inbox, name="inbox")
commands.add_typer(backlog.outbox, name="outbox")
commands.command(epilog=ask.ASK_EXAMPLE)(ask.ask)
commands.command(epilog=ask.WHO_EXAMPLE)(ask.who)
commands.command(epilog=export.EXAMPLE)(export.export)
commands.command(epilog=erase.EXAMPLE)(erase.erase)
commands.command("retention", epilog=retention.EXAMPLE)(retention.forget)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit: 0 done, 1 refused, 2 wrongly used.

    *arguments* are those of the process where they are not given.
    """
    logs.configure("WARNING", "text")
    logs.log_uncaught()
    given = None if arguments is None else list(arguments)
    try:
        get_command(commands).main(given, prog_name="convenor")
    except EXPECTED as error:
        complain(_in_words(error))
        sys.exit(1)
    sys.exit(0)


def _in_words(error: Exception) -> str:
    if isinstance(error, CommunityError | StoreUnavailable):
        return error.advice
    if isinstance(error, Unreachable):
        return f"{error}. Check the network and SLACK_API_URL, then try again."
    return str(error)
