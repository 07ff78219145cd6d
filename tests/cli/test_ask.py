"""``convenor ask --dry-run`` and ``who``: routing explained, nobody asked."""

import pytest

from bot.usecases import backlog

MEMBERS = """name,e-mail,region,interests
Dr Priya Nair,priya@example.org,North,FIT
Dr Tom Blake,tom@example.org,South and West,Lung health checks
Dr Wen Adler,wen@example.org,North,
"""


@pytest.fixture(autouse=True)
def _members(desk):
    desk.write("members.csv", MEMBERS)
    assert desk.type("members", "import", "members.csv").status == 0


def test_the_ranking_shows_its_numbers_and_reasons(desk):
    """Whoever lists the topic is first, with the score, its parts and why."""
    told = desk.type(
        "ask", "--dry-run", "Who repeats a FIT test?", "--as", "Dr Wen Adler"
    )

    assert told.status == 0
    assert "Topics: FIT" in told.out
    first, second = (told.out.index(name) for name in ("Priya", "Tom"))
    assert first < second
    assert "interests 2.00" in told.out
    assert "lists FIT" in told.said
    assert "Wen" not in told.out


def test_nobody_is_asked(desk, ctx):
    """A dry run owes no message."""
    desk.type("ask", "--dry-run", "Who repeats a FIT test?")

    assert backlog.lengths(ctx)["outbox"] == 0


def test_who_cannot_be_asked_is_told_apart(desk, ctx):
    """With the reason, so that a surprising ranking can be understood."""
    with ctx.begin() as tx:
        priya = tx.members.by_email("priya@example.org")
        tx.members.pause(priya.id, at=ctx.now())
    told = desk.type("ask", "--dry-run", "Who repeats a FIT test?")

    assert told.out.index("Not to be asked now") < told.out.index("Priya")
    assert "asks are paused" in told.said


def test_only_the_first_are_shown(desk):
    """A large community does not fill the screen, and the rest is counted."""
    told = desk.type("ask", "--dry-run", "Who repeats a FIT test?", "--first", "1")

    assert "Tom" not in told.out
    assert "and 2 others" in told.out


def test_without_dry_run_it_points_to_slack(desk):
    """Asking in earnest is for members, in Slack, where colleagues see who asks."""
    told = desk.type("ask", "Who repeats a FIT test?")

    assert told.status == 1
    assert "/ask" in told.err
    assert "--dry-run" in told.err


def test_an_empty_question_is_refused(desk):
    """There is nothing to rank by."""
    assert desk.type("ask", "--dry-run", "  ").status == 1


def test_an_unknown_asker_is_refused(desk):
    """It is not silently taken for nobody."""
    told = desk.type("ask", "--dry-run", "Who?", "--as", "nobody@example.org")

    assert told.status == 1
    assert "no member of that name" in told.said


def test_who_finds_by_topic_and_by_region(desk):
    """In plain words, without Slack's marks."""
    assert desk.type("who", "fit").out.startswith("FIT: Dr Priya Nair")
    assert "Dr Tom Blake" in desk.type("who", "south", "and", "west").out
    told = desk.type("who", "astronomy")
    assert "no topic or region" in told.said
    assert "*" not in told.out
