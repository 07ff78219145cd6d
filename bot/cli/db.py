"""``convenor db``: the database's tables."""

import typer

from bot import settings, store
from bot.cli.terminal import Refused, say

commands = typer.Typer(
    help="Make, upgrade and look at the database.",
    epilog="Example: convenor db upgrade",
    no_args_is_help=True,
)


@commands.command(epilog="Example: convenor db upgrade")
def upgrade() -> None:
    """Make the tables, or bring them to this version. Back up first."""
    url = _url()
    before = store.current(url)
    store.upgrade(url)
    after = store.current(url)
    if before == after:
        say(f"The database is up to date already (version {after}). Nothing to do.")
    elif before is None:
        say(f"The database is ready (version {after}).")
    else:
        say(f"The database is upgraded from version {before} to {after}.")


@commands.command(epilog="Example: convenor db current")
def current() -> None:
    """Say which version the tables are, and whether it is this bot's."""
    url = _url()
    found = store.current(url)
    if found is None:
        raise Refused("There are no tables yet. Make them with: convenor db upgrade")
    say(f"The tables are at version {found}.")
    opened = store.connect(url)
    try:
        opened.check_version()
    finally:
        opened.close()
    say("That is the version this Convenor works with.")


def _url() -> str:
    return settings.read(slack=False).database_url.get_secret_value()
