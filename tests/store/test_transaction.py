"""Everything inside one ``with`` is kept, or nothing is."""

from datetime import UTC, datetime

import pytest

from bot.store import ReadOnly

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def keep(tx, event_id="E1"):
    return tx.inbox.keep(
        event_id=event_id, kind="message", lane="C1", body={"text": "hello"}, at=NOW
    )


def test_what_a_block_did_is_kept(begin):
    """A transaction that ends is kept."""
    with begin() as tx:
        tx.cursors.set("C1", "1.0")
    with begin() as tx:
        assert tx.cursors.get("C1") == "1.0"


def test_a_block_that_raises_leaves_nothing(begin):
    """A transaction that raises is rolled back whole."""

    def fails_late():
        with begin() as tx:
            tx.cursors.set("C1", "1.0")
            tx.audit.add(actor="U1", act="tried", subject="C1", at=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_late()
    with begin.read() as tx:
        assert tx.cursors.get("C1") is None
        assert tx.audit.about("C1") == ()


def test_a_snapshot_refuses_writes(begin):
    """Whoever only reads cannot change anything by mistake."""
    with pytest.raises(ReadOnly), begin.read() as tx:
        tx.cursors.set("C1", "1.0")
    with begin.read() as tx:
        assert tx.cursors.get("C1") is None


def test_a_snapshot_sees_one_moment(begin):
    """Long reading is not disturbed by what is written meanwhile, nor disturbs it."""
    with begin.read() as before:
        assert before.cursors.get("C1") is None
        with begin() as tx:
            tx.cursors.set("C1", "1.0")
        assert before.cursors.get("C1") is None
    with begin.read() as after:
        assert after.cursors.get("C1") == "1.0"


def test_the_same_event_is_kept_once(begin):
    """Slack may send an event several times; it is kept once, silently."""
    with begin() as tx:
        assert keep(tx)
        assert not keep(tx)
        assert keep(tx, "E2")
