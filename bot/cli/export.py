"""``convenor export``: all that is kept of a member, in files for them."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import opened, operator
from bot.cli.private import write_private
from bot.cli.terminal import counted, say
from bot.usecases import exporting
from bot.views import portraits

EXAMPLE = "Example: convenor export ben@example.org --out ben"
ENDINGS = {"message/rfc822": "eml"}


def export(
    who: Annotated[
        str, typer.Argument(metavar="MEMBER", help="E-mail address, Slack id or name.")
    ],
    *,
    out: Annotated[
        Path | None, typer.Option(help="A new folder; else export- and their id.")
    ] = None,
) -> None:
    """Write all that is kept of a member into files that only you can read.

    member.json is for machines and says what each key holds, member.txt is for
    reading, and originals/ has the e-mails that replies came in.
    """
    with opened() as ctx:
        found = exporting.export(ctx, who=who, actor=operator())
        name, zone = ctx.community.name, ctx.community.almanac.zone
    folder = out or Path(f"export-{found.member.id[:8]}")
    readable = portraits.as_text(name, found.records, zone)
    write_private(folder / "member.txt", readable.encode())
    machines = portraits.as_json(name, found.records)
    write_private(folder / "member.json", machines.encode())
    for reply, kind, content in found.originals:
        ending = ENDINGS.get(kind, "txt")
        write_private(folder / "originals" / f"reply-{reply}.{ending}", content)
    records = sum(map(len, found.records.values()))
    say(
        f"{counted(records, 'record')} and {counted(len(found.originals), 'original')} "
        f"written to {folder}. Hand them over safely, then delete them."
    )
