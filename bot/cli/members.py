"""``convenor members``: who is in the community."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import opened, operator
from bot.cli.terminal import Refused, counted, say, show
from bot.domain.community import Role
from bot.domain.members import Member, Reach
from bot.gateways.members_csv import MembersFileWrong, read_members
from bot.usecases import members

SHOWN = 50  #: mistakes printed of one file
REACHED = {
    Reach.SLACK: "Slack",
    Reach.EMAIL: "e-mail",
    Reach.BOTH: "Slack and e-mail",
}

ROLES = ", ".join(Role)

commands = typer.Typer(
    help="List members, import them from a file, give them roles.",
    epilog="Example: convenor members import members.csv --dry-run",
    no_args_is_help=True,
)


@commands.command("list", epilog="Example: convenor members list")
def list_members() -> None:
    """List every member: name, address, region, role, and how they are reached."""
    with opened() as ctx:
        found = members.everyone(ctx)
    show(
        ("Name", "E-mail", "Region", "Role", "By"),
        [
            (
                one.name or f"({one.slack}, to be met)",
                one.email or "",
                one.region or "",
                one.role.value,
                _reached(one),
            )
            for one in found
        ],
    )
    if found:
        say("")
        say(f"{counted(len(found), 'member')}.")
    else:
        say(
            "There is nobody yet. Members come by joining the questions channel, or "
            "by: convenor members import members.csv"
        )


@commands.command(
    "import", epilog="Example: convenor members import members.csv --dry-run"
)
def import_members(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; change nothing.")
    ] = False,
) -> None:
    """Import members from a CSV file: all of it, or nothing if a line is wrong.

    The first line names the columns: name, e-mail, region, role, interests. Only the
    first two are needed; topics in interests have ; or | between them. Members are
    known by their address, and what the file leaves out stays as it is.
    """
    with opened() as ctx:
        try:
            read = read_members(file, ctx.community)
        except MembersFileWrong as wrong:
            raise Refused(_mistakes(wrong)) from None
        done = members.add_all(ctx, read.members, actor=operator(), dry_run=dry_run)
    if read.unread:
        say(f"Not read: {', '.join(read.unread)}.")
    said = f"{done.added} added, {done.changed} changed, {done.same} as they were."
    say(f"Dry run, nothing was changed. It would be: {said}" if dry_run else said)


@commands.command("role", epilog="Example: convenor members role jo@example.org lead")
def set_role(
    who: Annotated[
        str, typer.Argument(metavar="WHO", help="E-mail address, name or Slack id.")
    ],
    role: Annotated[str, typer.Argument(metavar="ROLE", help=ROLES)],
) -> None:
    """Give a member a role."""
    wanted = _role(role)
    with opened() as ctx:
        member = members.set_role(ctx, who=who, role=wanted, actor=operator())
    say(f"{member.name} is now a {wanted.value}.")


def _role(typed: str) -> Role:
    try:
        return Role(typed.casefold())
    except ValueError:
        raise typer.BadParameter(
            f"{typed} is not a role. There are: {ROLES}."
        ) from None


def _mistakes(wrong: MembersFileWrong) -> str:
    told = [str(one) for one in wrong.mistakes[:SHOWN]]
    rest = len(wrong.mistakes) - len(told)
    if rest:
        told.append(f"… and {rest:,} more.")
    return "\n".join(["Nothing was imported. To mend:", *told])


def _reached(member: Member) -> str:
    return "e-mail" if member.by_letter_only else REACHED[member.reach]
