"""What holds of every command: help with an example, and three kinds of ending."""

import pytest
from typer.main import get_command

from bot.cli.main import commands


def every(command, path=()):
    """Every command there is, groups too, with the words that name it."""
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from every(inner, (*path, name))


ALL = sorted(every(get_command(commands)))
OWN = [path for path in ALL if path and path[0] != "demo"]


@pytest.mark.parametrize("path", OWN, ids=" ".join)
def test_help_has_an_example_and_fits(desk, path):
    """Each command explains itself in sentences, with an example to copy."""
    told = desk.type(*path, "--help")

    assert told.status == 0
    assert "Example: convenor " + path[0] in told.said
    assert max(map(len, told.out.splitlines())) <= 80


def test_alone_it_says_what_there_is(desk):
    """Whoever types only its name learns what to type next, and nothing is done."""
    told = desk.type()

    assert told.status == 2
    assert "convenor check" in told.said


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["run", "--log-format", "xml"],
        ["members", "import"],
        ["members", "role", "kim@example.org", "king"],
        ["inbox", "replay"],
        ["inbox", "replay", "Ev1", "--all"],
        ["outbox", "drop"],
        ["ask"],
    ],
    ids=" ".join,
)
def test_a_wrong_use_is_status_2_and_says_what_is_wrong(desk, words):
    """What cannot be understood is never half done."""
    told = desk.type(*words)

    assert told.status == 2
    assert "Error:" in told.err
    assert not told.out


@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["db", "current"],
        ["inbox"],
        ["outbox", "replay", "--all"],
        ["members", "list"],
        ["who", "fit"],
        ["ask", "--dry-run", "Who repeats FIT?"],
    ],
    ids=" ".join,
)
def test_wrong_settings_stop_every_command_with_what_to_mend(desk, words):
    """One message names every problem; the status is 1."""
    told = desk.set(DATABASE_URL="mysql://here", HEALTH_PORT="x").type(*words)

    assert told.status == 1
    assert "DATABASE_URL should begin with" in told.said
    assert "HEALTH_PORT should be" in told.said


def test_a_database_that_is_too_old_stops_the_start(at_slack, sqlite_databases):
    """The bot does not run on tables it was not written for; it says what to type."""
    empty = sqlite_databases.fresh(empty=True)
    told = at_slack.set(DATABASE_URL=empty).type("run")

    assert told.status == 1
    assert "convenor db upgrade" in told.said


def test_a_token_that_slack_refuses_stops_the_start(at_slack):
    """Trying again would not help, so it ends and says where to find the right one."""
    told = at_slack.set(SLACK_BOT_TOKEN="xoxb-not-this", HEALTH_PORT=0).type("run")

    assert told.status == 1
    assert "OAuth & Permissions" in told.said
    assert "not-this" not in told.said
