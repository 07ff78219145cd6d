"""``convenor check --data`` and ``convenor retention``, as an operator runs them."""

from datetime import timedelta

import pytest

SECRET = "hunter2hunter2"  # noqa: S105 - to be looked for where it must not be


def test_the_sheet_is_made_from_the_running_settings(desk):
    """Where things are and leave to is said; who logs in there, and by what, is not."""
    desk.set(
        DATABASE_URL=f"postgresql://keeper:{SECRET}@db.example.org/colleagues",
        SMTP_URL=f"smtps://keeper:{SECRET}@mail.example.org",
        SMTP_FROM="community@example.org",
    )
    told = desk.type("check", "--data")

    assert told.status == 0
    assert "PostgreSQL on db.example.org, database colleagues" in told.said
    assert "mail.example.org:465, encrypted by TLS" in told.said
    assert "Set, and shown nowhere: DATABASE_URL, SMTP_URL." in told.said
    assert SECRET not in told.out
    assert "keeper" not in told.out


def test_the_sheet_needs_no_database_and_no_tokens(desk):
    """It can be printed before anything is set up: that is when it is asked for."""
    told = desk.set(DATABASE_URL="sqlite:///not-there.db").type("check", "--data")

    assert told.status == 0
    assert "not-there.db" in told.said
    assert "letters wait" in told.said
    assert "no telemetry" in told.said


def test_the_sheet_in_markdown(desk):
    """A document can take it over."""
    told = desk.type("check", "--data", "--format", "markdown")
    assert told.out.startswith("# Data flow of Colleagues\n")


@pytest.fixture
def old_audit(ctx):
    """Two acts of long ago, and one of today."""
    with ctx.begin() as tx:
        for age in (3000, 2500, 0):
            at = ctx.now() - timedelta(days=age)
            tx.audit.add(actor="operator", act="looked", subject=f"day:{age}", at=at)


@pytest.mark.usefixtures("old_audit")
def test_a_dry_run_says_what_would_go(desk, ctx):
    """The classes are listed with how much and since when, and all of it stays."""
    told = desk.type("retention", "--dry-run")

    assert told.status == 0
    assert "nothing was changed" in told.said
    assert "2 records would go" in told.said
    with ctx.begin.read() as tx:
        assert tx.audit.about("day:3000")


@pytest.mark.usefixtures("old_audit")
def test_what_is_old_is_forgotten_now(desk, ctx):
    """It goes, what is young stays, and the audit trail says how much went."""
    told = desk.type("retention")

    assert "2 records gone" in told.said
    with ctx.begin.read() as tx:
        assert not tx.audit.about("day:3000")
        assert tx.audit.about("day:0")
        [entry] = tx.audit.about("retention")
    assert entry.detail == {"audit": 2}
    assert "0 records gone" in desk.type("retention").said
