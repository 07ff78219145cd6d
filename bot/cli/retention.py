"""``convenor retention``: what has been kept long enough is forgotten."""

from typing import Annotated

import typer

from bot.cli.opening import opened, operator
from bot.cli.terminal import counted, say, show
from bot.usecases import retention
from bot.views.dataflow import RETAINED, days

EXAMPLE = "Example: convenor retention --dry-run"


def forget(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go; change nothing.")
    ] = False,
) -> None:
    """Forget what has been kept long enough, as the bot does every night at 03:30.

    How long that is stands in community.toml under [retention].
    """
    with opened() as ctx:
        found = retention.overdue(ctx)
        gone = {} if dry_run else retention.forget_old(ctx, actor=operator())
        zone = ctx.community.almanac.zone
    kept = ctx.community.retention
    show(
        ("What", "Kept", "To go" if dry_run else "Gone", "Oldest"),
        [
            (
                RETAINED[old.name],
                days(getattr(kept, old.name)),
                f"{old.rows if dry_run else gone[old.name]:,}",
                f"{old.oldest.astimezone(zone):%d %b %Y}" if old.oldest else "",
            )
            for old in found
        ],
    )
    whole = sum(old.rows for old in found) if dry_run else sum(gone.values())
    say("")
    if dry_run:
        say(f"Dry run, nothing was changed. {counted(whole, 'record')} would go.")
    else:
        say(f"{counted(whole, 'record')} gone.")
