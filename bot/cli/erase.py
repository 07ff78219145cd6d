"""``convenor erase``: a member is forgotten, with a receipt."""

from pathlib import Path
from typing import Annotated

import typer

from bot import settings, store
from bot.cli.opening import opened, operator
from bot.cli.private import write_private
from bot.cli.terminal import Refused, say
from bot.usecases import erasing
from bot.views import receipts
from bot.views.receipts import Receipt

EXAMPLE = "Example: convenor erase ben@example.org --dry-run"


def erase(
    who: Annotated[
        str, typer.Argument(metavar="MEMBER", help="E-mail address, Slack id or name.")
    ],
    *,
    out: Annotated[
        Path | None, typer.Option(help="A folder for the receipt, as text and JSON.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask for the name once more.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go; change nothing.")
    ] = False,
) -> None:
    """Erase all that is kept of a member, and take it down where the bot has shown it.

    It cannot be undone, and the bot may run meanwhile. The receipt says what was
    reached, and what nobody but you can reach; it names no one.
    """
    with opened() as ctx:
        member = erasing.whom(ctx, who)
        if not yes and not dry_run:
            _ask_again(member.name)
        receipt = erasing.erase(ctx, who=member.id, actor=operator(), dry_run=dry_run)
    if not dry_run:
        _scrub()
    typer.echo(receipts.text(receipt))
    if out is not None:
        _write(out, receipt)


def _ask_again(name: str) -> None:
    typed = typer.prompt(f"This cannot be undone. Type their name to go on ({name})")
    if typed.strip().casefold() != name.strip().casefold():
        raise Refused("That is not the name, so nothing was changed.")


def _scrub() -> None:
    """Leave no bytes of it in the database's files."""
    url = settings.read(slack=False).database_url.get_secret_value()
    if not store.scrub(url):
        say(
            "The database was in use just now, or the disk is full, so its log holds "
            "old pages yet. They go as the bot goes on; at the latest when it stops."
        )


def _write(folder: Path, receipt: Receipt) -> None:
    kind = "dry-run" if receipt.dry_run else "receipt"
    name = f"{kind}-{receipt.reference[:8]}"
    texts = {"txt": receipts.text(receipt), "json": receipts.as_json(receipt)}
    for ending, words in texts.items():
        write_private(folder / f"{name}.{ending}", words.encode() + b"\n")
    say(f"Written to {folder}.")
