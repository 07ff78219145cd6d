"""Deleted means gone: no bytes of it are left in SQLite's files."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import connect, scrub

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WORD = "chartreuse"


def filled(url):
    """A store in which something was written, and then forgotten."""
    store = connect(url)
    with store() as tx:
        tx.wordings.keep({"text": WORD * 4000}, at=NOW)
    with store() as tx:
        tx.wordings.change(1, {"text": ""})
    return store


def files(url):
    """The database and what SQLite keeps beside it."""
    path = Path(url.removeprefix("sqlite:///"))
    return [one for one in path.parent.glob(f"{path.name}*") if one.is_file()]


def held(url):
    """Whether the word stands in any of the files."""
    return any(WORD.encode() in one.read_bytes() for one in files(url))


def test_what_was_deleted_is_not_in_the_files(sqlite_url):
    """The log is emptied and the file written anew, while the bot has it open."""
    store = filled(sqlite_url)
    assert held(sqlite_url), "the log still has it"
    assert scrub(sqlite_url)
    assert not held(sqlite_url)
    with store() as tx:  # and the bot goes on
        assert tx.wordings.get(1) == {"text": ""}
    store.close()


def test_a_reader_in_the_way_is_not_waited_for_long(sqlite_url):
    """It says that old pages are left; once the bot has stopped they are gone."""
    store = filled(sqlite_url)
    with store.read() as tx:
        tx.wordings.get(1)
        assert not scrub(sqlite_url, patience=timedelta(milliseconds=20))
    store.close()
    assert not held(sqlite_url)


@pytest.mark.again
def test_postgres_needs_nothing(postgres_url):
    """The server clears old versions of rows away by itself."""
    assert scrub(postgres_url)
