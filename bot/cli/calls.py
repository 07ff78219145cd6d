"""``convenor calls``: when calls are, who comes, and what calendars answered."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import app
from bot.cli.opening import opened
from bot.cli.terminal import Refused, counted, say, show
from bot.domain.calls import CallState
from bot.domain.community import Community
from bot.domain.days import day_words
from bot.domain.recurrence import Planned, Rule, looking_ahead, plan
from bot.gateways.calendar_reply import NotAReply, read_reply
from bot.settings import read_all
from bot.usecases import calls
from bot.views.calls import tally

commands = typer.Typer(
    help="List calls, plan their dates, and take in calendars' replies.",
    epilog="Example: convenor calls --plan 2y",
    invoke_without_command=True,
)


@commands.callback()
def alone(
    typed: typer.Context,
    *,
    ahead: Annotated[
        str,
        typer.Option("--plan", metavar="2y", help="Print the dates of so long a time."),
    ] = "",
    ics: Annotated[
        Path | None,
        typer.Option("--ics", metavar="FILE", help="Write the calls to a calendar."),
    ] = None,
) -> None:
    """List calls: when they are, how they stand, and how many come.

    With --plan the dates that the community's rule gives, and what was avoided.
    """
    if typed.invoked_subcommand is not None:
        return
    if ahead:
        _plan(ahead)
    elif ics:
        _export(ics)
    else:
        _list()


@commands.command("rsvp", epilog="Example: convenor calls rsvp --file accepted.eml")
def rsvp(
    *,
    file: Annotated[
        Path, typer.Option("--file", help="The reply, saved as .eml or .ics.")
    ],
) -> None:
    """Note what a member's calendar answered to an invitation.

    Such replies reach the coordinator who confirmed the call.
    """
    try:
        reply = read_reply(file)
    except NotAReply as wrong:
        raise Refused(str(wrong)) from None
    with opened() as ctx:
        name = calls.answer_by_calendar(
            ctx,
            uid=reply.uid,
            address=reply.address,
            answer=reply.answer.value,
            sequence=reply.sequence,
        )
    say(f"Noted: {name}, {_WORDS[reply.answer]}.")


_WORDS = {"coming": "coming", "maybe": "may come", "not": "can’t come"}


def _plan(ahead: str) -> None:
    """From the settings alone: no database is needed."""
    settings, community = read_all(slack=False)
    today = community.almanac.local(app.clock(settings).now()).date()
    try:
        until = looking_ahead(ahead, today)
    except ValueError as wrong:
        raise Refused(str(wrong)) from None
    found = plan(Rule.of(community.cadence), community.almanac, today, until)
    show(("Quarter", "Day", "Time", "UTC", "Avoided"), _rows(found, community))
    if found:
        say("")
    minutes = int(community.cadence.call_lasts.total_seconds() // 60)
    say(
        f"{counted(len(found), 'call')}, {minutes} minutes each, by the clock of "
        f"{community.almanac.zone.key}. A coordinator confirms each date."
    )


def _rows(found: Iterable[Planned], community: Community) -> Iterable[list[str]]:
    for one in found:
        avoided = "; ".join(f"{day_words(a.day)}: {a.why}" for a in one.avoided)
        if one.starts_at is None:
            yield [str(one.quarter), "no possible date", "", "", avoided]
            continue
        wall = community.almanac.local(one.starts_at)
        day = f"{day_words(wall.date())} {wall.year}"
        yield [str(one.quarter), day, f"{wall:%H:%M}", _offset(wall), avoided]


def _offset(wall: datetime) -> str:
    """The offset from UTC as "+01:00": the same wall time is not always the same."""
    return f"{wall:%z}"[:3] + ":" + f"{wall:%z}"[3:]


def _export(file: Path) -> None:
    with opened() as ctx:
        written = calls.export(ctx)
    try:
        file.write_text(written, encoding="utf-8", newline="")
    except OSError as wrong:
        raise Refused(f"{file} cannot be written ({wrong.strerror}).") from None
    say(f"Written: {file}")


def _list() -> None:
    with opened() as ctx:
        found = calls.listed(ctx)
        zone = ctx.community.almanac.local
        show(
            ("Quarter", "When", "State", "Who comes"),
            [
                (
                    call.quarter,
                    f"{shown.when} {zone(call.starts_at).year}",
                    shown.state.value,
                    "" if shown.state in _UNANSWERED else tally(shown.counts),
                )
                for call, shown in found
            ],
        )
    if not found:
        say(
            "No call has been proposed yet: that happens in each quarter by itself. "
            "See the dates with: convenor calls --plan 2y"
        )


_UNANSWERED = frozenset({CallState.PROPOSED, CallState.DROPPED})
