"""Opening a database: in the right way, or with one message that says what to do."""

import multiprocessing
import sys
import threading
from datetime import timedelta

import pytest

from bot.store import StoreUnavailable, connect, filelock
from bot.store.engine import open_engines

SPAWN = multiprocessing.get_context("spawn")
ROUNDS = 40


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("convenor.db", "not a database address"),
        ("mysql://u:p@host/name", "SQLite file"),
        ("sqlite://", "SQLite file"),
        ("sqlite:////nowhere/at/all/convenor.db", "does not exist"),
        ("postgresql://bot:s3cret@127.0.0.1:1/convenor", "does not answer"),
    ],
)
def test_a_database_that_cannot_be_used_is_explained(url, advice):
    """One message, what to do in it, and never the password."""
    with pytest.raises(StoreUnavailable) as refused:
        connect(url)
    assert advice in refused.value.advice
    assert "s3cret" not in str(refused.value)


def test_a_file_that_is_no_database_is_explained(tmp_path):
    """A wrong file is named; it is not touched."""
    path = tmp_path / "letter.db"
    path.write_text("Dear colleague, " * 100)
    with pytest.raises(StoreUnavailable, match=r"letter\.db"):
        connect(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear colleague")


def test_postgresql_without_its_driver_is_explained(monkeypatch):
    """Whoever did not install the extra is told how to."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnavailable, match=r"convenor\[postgres\]"):
        connect("postgresql://bot@127.0.0.1/convenor")


def test_sqlite_is_durable_and_guarded(sqlite_url):
    """Write-ahead log, every commit on disk, references checked, readers read only."""
    engines = open_engines(sqlite_url)
    with engines.write.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    with engines.read.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 0
    engines.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def count_up(url):
    """Add one, many times: what another process does."""
    store = connect(url)
    for _ in range(ROUNDS):
        with store() as tx:
            tx.cursors.set("C1", f"{int(tx.cursors.get('C1') or 0) + 1:06}")
    store.close()


def test_several_processes_and_threads_lose_no_write(sqlite_url):
    """The bot and command lines may write at once: they take turns, and none fails."""
    processes = [SPAWN.Process(target=count_up, args=[sqlite_url]) for _ in range(2)]
    threads = [threading.Thread(target=count_up, args=[sqlite_url]) for _ in range(2)]
    for worker in processes + threads:
        worker.start()
    for worker in processes + threads:
        worker.join()
    assert [process.exitcode for process in processes] == [0, 0]
    store = connect(sqlite_url)
    with store.read() as tx:
        assert int(tx.cursors.get("C1")) == 4 * ROUNDS
    store.close()


def test_a_writer_that_never_ends_is_named(sqlite_url, monkeypatch):
    """Whoever waits too long is told which file is held, instead of hanging."""
    monkeypatch.setattr(filelock, "PATIENCE", timedelta(milliseconds=50))
    store = connect(sqlite_url)
    other = connect(sqlite_url)
    with store(), pytest.raises(StoreUnavailable, match=r"\.lock"), other():
        pytest.fail("two wrote at once")
    other.close()
    store.close()
