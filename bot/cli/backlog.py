"""``convenor inbox`` and ``convenor outbox``: what waits, and what was set aside."""

from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cli.opening import opened, operator
from bot.cli.terminal import Refused, ago, counted, say, show
from bot.usecases import backlog
from bot.usecases.context import Context

inbox = typer.Typer(
    help="Events from Slack that were set aside, or wait to be dealt with.",
    epilog="Example: convenor inbox replay Ev0123ABC",
    invoke_without_command=True,
)
outbox = typer.Typer(
    help="Messages that were set aside, or wait to be sent.",
    epilog="Example: convenor outbox list --waiting",
    invoke_without_command=True,
)

Waiting = Annotated[
    bool,
    typer.Option(
        "--waiting/--parked", help="Those that wait; otherwise those set aside."
    ),
]
All = Annotated[bool, typer.Option("--all", help="Everything that was set aside.")]
EventIds = Annotated[list[str] | None, typer.Argument(metavar="ID")]
Keys = Annotated[list[str] | None, typer.Argument(metavar="KEY")]
SomeEventIds = Annotated[list[str], typer.Argument(metavar="ID")]
SomeKeys = Annotated[list[str], typer.Argument(metavar="KEY")]


@inbox.callback()
def inbox_alone(typed: typer.Context) -> None:
    """Events from Slack that were set aside, or wait to be dealt with.

    Alone it lists those that were set aside.
    """
    if typed.invoked_subcommand is None:
        list_inbox()


@inbox.command("list", epilog="Example: convenor inbox list --waiting")
def list_inbox(*, waiting: Waiting = False) -> None:
    """List events and why they are there.

    Their words are never shown.
    """
    with opened() as ctx:
        found = backlog.events(ctx, parked=not waiting)
        now = ctx.clock.machine()
        show(
            ("Id", "What", "Came", "Tries", "Why"),
            [
                (
                    one.event_id,
                    one.kind,
                    ago(now - one.received_at),
                    str(one.attempts),
                    one.error or "",
                )
                for one in found
            ],
        )
        _sum_up(ctx, "inbox", "event", len(found), waiting=waiting)


@inbox.command("replay", epilog="Example: convenor inbox replay Ev0123ABC")
def replay_inbox(ids: EventIds = None, *, every: All = False) -> None:
    """Deal once more with events that were set aside.

    Do this when what stopped them is mended; the running bot picks them up.
    """
    _one_way(ids, every=every)
    with opened() as ctx:
        done = backlog.replay_events(
            ctx, actor=operator(), ids=None if every else set(ids or ())
        )
    _report(done, ids, "event", "will be dealt with again by the running bot")


@inbox.command("drop", epilog="Example: convenor inbox drop Ev0123ABC")
def drop_inbox(ids: SomeEventIds) -> None:
    """Leave events that were set aside undone, for good."""
    with opened() as ctx:
        done = backlog.drop_events(ctx, actor=operator(), ids=set(ids))
    _report(done, ids, "event", "will not be dealt with")


@outbox.callback()
def outbox_alone(typed: typer.Context) -> None:
    """Messages that were set aside, or wait to be sent.

    Alone it lists those that were set aside.
    """
    if typed.invoked_subcommand is None:
        list_outbox()


@outbox.command("list", epilog="Example: convenor outbox list --waiting")
def list_outbox(*, waiting: Waiting = False) -> None:
    """List messages and why they are there.

    Their words are never shown.
    """
    with opened() as ctx:
        found = backlog.messages(ctx, parked=not waiting)
        now = ctx.now()
        show(
            ("Key", "By", "Due", "Tries", "Why"),
            [
                (
                    one.key,
                    one.medium.value,
                    ago(now - one.due_at),
                    str(one.attempts),
                    _why(one.error, may_have_gone=one.sending_at is not None),
                )
                for one in found
            ],
        )
        _sum_up(ctx, "outbox", "message", len(found), waiting=waiting)


@outbox.command("replay", epilog="Example: convenor outbox replay question:12")
def replay_outbox(keys: Keys = None, *, every: All = False) -> None:
    """Send messages that were set aside once more.

    A letter that may have gone already is sent again only where you give its key.
    """
    _one_way(keys, every=every)
    with opened() as ctx:
        done = backlog.replay_messages(
            ctx, actor=operator(), keys=None if every else set(keys or ())
        )
        left = int(backlog.lengths(ctx)["outbox_parked"])
    _report(done, keys, "message", "will be sent by the running bot")
    if every and left:
        say(
            f"{counted(left, 'letter')} may have gone already and still set aside: "
            "give the key of each that should go again."
        )


@outbox.command("drop", epilog="Example: convenor outbox drop question:12")
def drop_outbox(keys: SomeKeys) -> None:
    """Never send messages that were set aside or wait."""
    with opened() as ctx:
        done = backlog.drop_messages(ctx, actor=operator(), keys=set(keys))
    _report(done, keys, "message", "will not be sent")


def _one_way(named: Sequence[str] | None, *, every: bool) -> None:
    if bool(named) == every:
        raise typer.BadParameter("Say which, or --all for everything set aside.")


def _report(done: int, named: Sequence[str] | None, what: str, becomes: str) -> None:
    wanted = len(set(named or ()))
    if done:
        say(f"{counted(done, what)} {becomes}.")
    if done < wanted:
        raise Refused(
            f"{counted(wanted - done, what)} of those you named cannot be found among "
            "those set aside. List them with: convenor "
            f"{'inbox' if what == 'event' else 'outbox'}"
        )
    if not done:
        say("Nothing was set aside, so nothing was changed.")


def _sum_up(ctx: Context, queue: str, what: str, shown: int, *, waiting: bool) -> None:
    lengths = backlog.lengths(ctx)
    parked, owed = int(lengths[f"{queue}_parked"]), int(lengths[queue])
    whole = owed if waiting else parked
    if shown:
        say("")
    if shown < whole:
        say(f"The oldest {shown} are shown.")
    say(f"Set aside: {counted(parked, what)}. Waiting: {counted(owed, what)}.")
    if shown and not waiting:
        word = "ID" if what == "event" else "KEY"
        say(f"Try one again with: convenor {queue} replay {word}")


def _why(error: str | None, *, may_have_gone: bool) -> str:
    said = error or ""
    return f"{said} (it may have gone)".strip() if may_have_gone else said
