"""``convenor check``: whether everything is there, and what to do where it is not."""

from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.check_data import Format, data_sheet
from bot.cli.check_machine import database_findings, mail_findings, zone_findings
from bot.cli.check_public import public_findings
from bot.cli.check_slack import slack_findings
from bot.cli.findings import Finding, Verdict, ok, problem, skipped
from bot.cli.terminal import OUT, say
from bot.domain.community import Community
from bot.settings import Settings, SettingsWrong, read_all

EXAMPLE = "Example: convenor check --data"

#: Each is told by its word and its sign; the colour only repeats them.
SIGNS = {
    Verdict.OK: ("✓", "green"),
    Verdict.WARNING: ("!", "yellow"),
    Verdict.PROBLEM: ("✗", "bold red"),
    Verdict.SKIPPED: ("–", "dim"),
}


def check(
    *,
    data: Annotated[
        bool,
        typer.Option(
            "--data",
            help="Print what is kept of people, where, how long, who sees it and what "
            "leaves this machine, on one page; nothing is tried.",
        ),
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", help="How that page is printed.")
    ] = Format.TEXT,
    http: Annotated[
        bool,
        typer.Option("--http", help="As for a bot started by: convenor run --http"),
    ] = False,
) -> None:
    """Say what is missing, and what to do about it.

    Settings, database, Slack, e-mail and pages are tried; nothing is sent or changed.
    The exit status is 1 where something would stop the bot.
    """
    if data:
        typer.echo(data_sheet(*read_all(slack=False), form))
        return
    found: Counter[Verdict] = Counter()
    for finding in _findings(http=http):
        _print(finding)
        found[finding.verdict] += 1
    _conclude(found)
    say("What is kept of people, and how long: convenor check --data")
    if found[Verdict.PROBLEM]:
        raise typer.Exit(1)


def _findings(*, http: bool) -> Iterator[Finding]:
    known = yield from _settings(http=http)
    if known is None:
        yield skipped("The rest", "The settings have to be mended first.")
        return
    settings, community = known
    yield from zone_findings(settings, community)
    yield from database_findings(settings, community)
    if settings.slack_bot_token.get_secret_value():
        yield from slack_findings(settings, community, http=http)
    else:
        yield skipped("Slack", "The tokens have to be set first.")
    yield from mail_findings(settings)
    yield from public_findings(settings, community, http=http)


def _settings(
    *, http: bool
) -> Generator[Finding, None, tuple[Settings, Community] | None]:
    """What is wrong with them; and they, as far as the rest can be checked."""
    try:
        known = read_all(http=http)
    except SettingsWrong as wrong:
        for one in wrong.problems:
            yield problem("Settings", f"{one.where} {one.what}.", one.mend)
        return _without_slack()
    named = ".env" if Path(".env").is_file() else "The environment"
    yield ok("Settings", f"{named} and {known[0].community_file} can be used")
    return known


def _without_slack() -> tuple[Settings, Community] | None:
    try:
        return read_all(slack=False)
    except SettingsWrong:
        return None


def _print(finding: Finding) -> None:
    sign, style = SIGNS[finding.verdict]
    line = Table.grid(padding=(0, 2, 0, 0))
    line.add_column(width=9, no_wrap=True)
    line.add_column(width=9)
    line.add_column(overflow="fold")
    says = Text(finding.says)
    if finding.do:
        says.append(f"\n→ {finding.do}")
    line.add_row(Text(f"{sign} {finding.verdict}", style=style), finding.what, says)
    OUT.print(line)


def _conclude(found: Counter[Verdict]) -> None:
    problems, warnings = found[Verdict.PROBLEM], found[Verdict.WARNING]
    say("")
    if problems:
        things = "1 thing" if problems == 1 else f"{problems} things"
        say(f"{things} would stop the bot. Mend what is marked ✗, then check again.")
    elif warnings:
        say("The bot can run. What is marked ! is worth a look.")
    else:
        say("All is well: the bot can run (convenor run).")
