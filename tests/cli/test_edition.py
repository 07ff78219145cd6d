"""``convenor edition``: looking at the update, and at who gets it."""

from datetime import timedelta

import pytest

from bot.domain.editions import Month
from bot.usecases import backlog
from tests.cli.conftest import COMMUNITY

MEMBERS = """name,e-mail,region,role
Dr Priya Nair,priya@example.org,North,
Dr Tom Blake,tom@example.org,South and West,
Robin Ash,robin@example.org,North,coordinator
"""
PARTNERS = 'partners = ["partner@example.com"]\n'
MAY = Month(2026, 5)


@pytest.fixture(autouse=True)
def _members(desk):
    desk.write("community.toml", PARTNERS + COMMUNITY)
    desk.write("members.csv", MEMBERS)
    assert desk.type("members", "import", "members.csv").status == 0


@pytest.fixture
def edition(ctx):
    """May's update, drafted."""
    with ctx.begin() as tx:
        return tx.editions.draft(MAY, at=ctx.now())


def approved(ctx, edition, *, ago):
    """It is approved and leaves, or has left, that long *ago*."""
    at = ctx.now() - ago
    with ctx.begin() as tx:
        tx.editions.change(
            edition, note="Hello.", approved_at=at - timedelta(days=1), leaves_at=at
        )


def test_a_preview_is_written_for_members_and_for_partners(desk, tmp_path):
    """A month that has not been drafted can be looked at too."""
    told = desk.type("edition", "preview", "--month", "2026-05", "--out", "seen")

    assert told.status == 0
    found = sorted(path.name for path in (tmp_path / "seen").iterdir())
    stems = ("edition-partners.html", "edition-partners.txt")
    assert found == [*stems, "edition.html", "edition.txt"]
    page = (tmp_path / "seen" / "edition.html").read_text()
    assert "Update for May 2026" in page
    assert "@@" not in page
    assert "There is nothing in it" in told.said


@pytest.mark.parametrize(
    ("month", "why"), [("2090-01", "still to come"), ("May", "as in 2026-10")]
)
def test_a_month_that_cannot_be_is_refused(desk, tmp_path, month, why):
    """In words, and nothing is written."""
    told = desk.type("edition", "preview", "--month", month, "--out", "seen")

    assert told.status == 1
    assert why in told.err
    assert not (tmp_path / "seen").exists()


def test_a_folder_that_cannot_be_written_is_said(desk):
    """Not a traceback."""
    desk.write("taken", "a file")
    told = desk.type("edition", "preview", "--month", "2026-05", "--out", "taken")

    assert told.status == 1
    assert "cannot be written into" in told.said


@pytest.mark.usefixtures("edition")
def test_a_dry_run_lists_who_and_when_and_who_not(desk, ctx):
    """And owes nothing."""
    desk.type("edition", "unsubscribe", "tom@example.org")
    told = desk.type("edition", "send", "--dry-run")

    assert told.status == 0
    assert "3 recipients" in told.said
    assert "asked not to get it" in told.said
    assert "partner@example.com" in told.said
    assert "would leave, if it were approved now" in told.said
    assert "nothing was sent" in told.said
    assert backlog.lengths(ctx)["outbox"] <= 1  # what the import itself may owe


@pytest.mark.usefixtures("edition")
def test_what_nobody_approved_is_not_sent(desk):
    """The operator is told who approves, and where."""
    told = desk.type("edition", "send")

    assert told.status == 1
    assert "Nobody has approved this update" in told.said


def test_without_an_update_it_says_so(desk):
    """The first comes by itself."""
    told = desk.type("edition", "status")

    assert told.status == 1
    assert "No update has been drafted yet" in told.said


def test_an_approved_one_is_seen_off(desk, ctx, edition):
    """Letters whose time has come are handed to the bot, once each."""
    approved(ctx, edition, ago=timedelta(hours=1))
    refused = desk.type("edition", "send")
    assert "E-mail is not set up" in refused.said

    desk.set(SMTP_URL="smtp://127.0.0.1:1", SMTP_FROM="us <us@example.org>")
    desk.type("edition", "send")
    told = desk.type("edition", "status")

    assert "4" in told.said
    with ctx.begin.read() as tx:
        assert tx.recipients.progress(edition).all == 4


def test_one_that_is_held_waits(desk, ctx, edition):
    """The hold is for people to think again; an operator does not cut it short."""
    approved(ctx, edition, ago=-timedelta(hours=1))
    desk.set(SMTP_URL="smtp://127.0.0.1:1", SMTP_FROM="us <us@example.org>")

    told = desk.type("edition", "send")

    assert told.status == 1
    assert "leaves by itself" in told.said
    assert "It leaves" in desk.type("edition", "status").said


def test_leaving_and_coming_back_by_letter(desk, ctx):
    """For those who asked the coordinator; saying it twice is no error."""
    assert "no more updates" in desk.type("edition", "unsubscribe", "A@b.org").said
    assert "none as it is" in desk.type("edition", "unsubscribe", "a@B.org").said
    with ctx.begin.read() as tx:
        assert tx.suppressions.holds("a@b.org")
    assert "updates again" in desk.type("edition", "resubscribe", "a@b.org").said
    assert "Nothing had stopped" in desk.type("edition", "resubscribe", "a@b.org").said
    assert desk.type("edition", "unsubscribe", "not an address").status == 1
