"""``convenor db`` makes the tables, and leaves strange ones alone."""

import pytest

from tests.cli.test_check import from_the_future


@pytest.fixture
def empty(desk, sqlite_databases):
    """A folder whose database has no tables yet."""
    return desk.set(DATABASE_URL=sqlite_databases.fresh(empty=True))


def test_the_tables_are_made_once(empty):
    """A second upgrade has nothing to do, and says so."""
    first = empty.type("db", "upgrade")
    second = empty.type("db", "upgrade")

    assert (first.status, second.status) == (0, 0)
    assert "The database is ready" in first.said
    assert "up to date already" in second.said


def test_it_says_which_version_the_tables_are(desk):
    """An operator can tell whether an upgrade is needed."""
    told = desk.type("db", "current")

    assert told.status == 0
    assert "The tables are at version" in told.said
    assert "That is the version this Convenor works with." in told.said


def test_no_tables_are_told_apart_from_old_ones(empty):
    """A new database is not called old, and the command that makes it is named."""
    told = empty.type("db", "current")

    assert told.status == 1
    assert "no tables yet" in told.err
    assert "convenor db upgrade" in told.err


@pytest.mark.parametrize("command", ["upgrade", "current"])
def test_a_database_from_the_future_is_left_as_it_is(desk, sqlite_url, command):
    """An older Convenor refuses it with advice, and changes nothing."""
    from_the_future(sqlite_url)
    told = desk.type("db", command)

    assert told.status == 1
    assert "newer version" in told.said


def test_a_database_that_cannot_be_reached(desk):
    """One sentence that says what to do, and no password."""
    url = "postgresql://jo:sesame@127.0.0.1:9/convenor"
    told = desk.set(DATABASE_URL=url).type("db", "upgrade")

    assert told.status == 1
    assert "does not answer" in told.err
    assert "sesame" not in told.said


def test_it_works_before_the_tokens_are_there(desk):
    """The database can be made before anybody has been to Slack's pages."""
    assert desk.type("db", "upgrade").status == 0
