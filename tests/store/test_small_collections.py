"""Cursors, runs and the audit."""

from datetime import UTC, datetime
from threading import Barrier, Thread

from bot.store import connect

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def test_reading_never_goes_back(begin):
    """A late, older mark does not make us read a channel twice as far."""
    with begin() as tx:
        tx.cursors.set("C1", "1700000002.000100")
        tx.cursors.set("C1", "1700000001.000100")
        tx.cursors.set("C2", "1700000000.000100")
    with begin.read() as tx:
        assert tx.cursors.get("C1") == "1700000002.000100"
        assert tx.cursors.get("C3") is None


def test_a_run_is_claimed_once(begin):
    """Of all who ask for a job's slot, one may run it."""
    with begin() as tx:
        assert tx.runs.claim("reminders", "2026-01-05", at=NOW)
        assert not tx.runs.claim("reminders", "2026-01-05", at=NOW)
        assert tx.runs.claim("reminders", "2026-01-06", at=NOW)
        assert tx.runs.claim("digests", "2026-01-05", at=NOW)


def test_a_run_is_claimed_once_by_processes_at_once(database_url):
    """Two processes that tick at the same moment do not both run the job."""
    stores = [connect(database_url) for _ in range(4)]
    together = Barrier(len(stores))
    wins = []

    def ask(store):
        together.wait()
        with store() as tx:
            wins.append(tx.runs.claim("reminders", "2026-01-05", at=NOW))

    threads = [Thread(target=ask, args=[store]) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert sorted(wins) == [False, False, False, True]


def test_the_audit_keeps_acts_in_order(begin):
    """Who did what can be told afterwards."""
    with begin() as tx:
        tx.audit.add(actor="U1", act="approved", subject="digest:1", at=NOW)
        tx.audit.add(
            actor="U2", act="posted", subject="digest:1", at=NOW, detail={"hold": 10}
        )
        tx.audit.add(actor="U3", act="posted", subject="digest:2", at=NOW)
    with begin.read() as tx:
        entries = tx.audit.about("digest:1")
    assert [(entry.actor, entry.act) for entry in entries] == [
        ("U1", "approved"),
        ("U2", "posted"),
    ]
    assert entries[1].detail == {"hold": 10}
    assert entries[0].at == NOW
