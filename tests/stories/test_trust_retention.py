"""What has been kept long enough is forgotten; the archive stays."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.retention import Retention
from bot.jobs.housekeeping import look_after_house
from bot.store.schema.base import Base
from bot.store.schema.calls import CallRow, RsvpRow
from bot.store.schema.delivery import OutboxRow
from bot.store.schema.mailings import EditionRow, RecipientRow, WordingRow
from bot.store.schema.members import BundleRow, NoticeRow
from bot.store.schema.questions import InvitationRow, OriginalRow, ReplyRow
from bot.usecases import retention
from tests.stage import LONDON, QUESTIONS

ASKED = "How do you safety-net a negative FIT with ongoing symptoms?"
SAID = "We repeat the test at six weeks, and refer if it goes on."
#: Each class, and a table that it empties (or whose words it blanks).
EMPTIED = {
    "originals": OriginalRow,
    "answers": RsvpRow,
    "mailed": RecipientRow,
    "asked": InvitationRow,
}


@pytest.fixture
def lived(stage):
    """A question was asked, answered and closed; an update and a call came round."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    stage.coordinator()
    post = amina.asks(ASKED)
    stage.until("2026-06-02 12:40")
    assert ben.invitations
    ben.replies(post, SAID)
    amina.does("close_question", "1")
    amina.submits()
    aside = amina.says(QUESTIONS, "Has anybody seen the news?")
    ben.replies(aside, "I have, and was surprised.")
    with stage.store() as tx:
        session = tx.members._session  # noqa: SLF001 - rows that others make in time
        _rows(session, ben, stage.clock.now())
    stage.settle()
    return stage


def _rows(session, ben, now):
    wording = {"wording": WordingRow(body={"text": "Old words"}, made_at=now)}
    call = CallRow(
        **dict.fromkeys(("title", "dial_in", "agenda", "organiser"), ""),
        quarter="2026-Q2",
        uid="one",
        starts_at=now + timedelta(days=30),
        minutes=60,
        sequence=0,
        version=1,
        proposed_at=now,
        dropped_at=now,
    )
    edition = EditionRow(
        month="2026-05",
        version=1,
        note="",
        left_out=[],
        drafted_at=now,
        finished_at=now,
        dropped_at=now,
    )
    session.add_all([wording["wording"], call, edition])
    session.flush()
    reply = session.scalar(select(ReplyRow.id).where(ReplyRow.thread.is_not(None)))
    session.add_all(
        [
            RsvpRow(call=call.id, member=ben.id, answer="yes", source="slack", at=now),
            RecipientRow(
                edition=edition.id,
                member=ben.id,
                address="ben@example.org",
                audience="members",
                due_at=now,
                owed_at=now,
            ),
            OriginalRow(
                reply=reply, kind="text/plain", content=b"x", digest="x", kept_at=now
            ),
        ]
    )


def rows(stage, row, *where):
    """How many rows there are."""
    with stage.store.read() as tx:
        session = tx.members._session  # noqa: SLF001 - counting is all it does
        return session.scalar(select(func.count()).select_from(row).where(*where))


def later(stage, **span):
    """So much later everything that is old is forgotten; what went, by class."""
    stage.clock.moment += timedelta(**span)
    return retention.forget_old(stage.ctx, actor="test")


def test_each_class_goes_in_its_own_time(lived):
    """A day before its time nothing of a class goes; a day after, all of it."""
    ages = {"answers": 30}  # its time begins with the call
    for name in EMPTIED:
        kept = getattr(Retention(), name).days + ages.get(name, 0)
        ages[name] = kept
    so_far = 0
    for age in sorted(set(ages.values())):
        names = [name for name in ages if ages[name] == age]
        later(lived, days=age - 1 - so_far)
        assert all(rows(lived, EMPTIED[name]) for name in names), "some goes too early"
        gone = later(lived, days=2)
        so_far = age + 1
        assert all(gone[name] for name in names), "some does not go"
        assert not any(rows(lived, EMPTIED[name]) for name in names)


def test_what_was_overheard_goes_and_the_archive_stays(lived):
    """Replies under roots that nobody tracks are not ours to keep; the others are."""
    untracked = ReplyRow.thread.is_(None)
    assert rows(lived, ReplyRow, untracked) == 1
    assert later(lived, days=89)["overheard"] == 0
    assert later(lived, days=2)["overheard"] == 1

    later(lived, days=4000)
    assert rows(lived, ReplyRow, ReplyRow.text == SAID) == 1
    with lived.store.read() as tx:
        assert tx.questions.get(1).text == ASKED


def test_words_of_messages_go_and_nothing_is_sent_again(lived):
    """Only that it went stays: the same act owes nothing, and updates still work."""
    before = len(lived.slack.messages)
    later(lived, days=181)
    lived.settle()

    with lived.store.read() as tx:
        assert tx.outbox.find("question:1").body == {}
        assert tx.outbox.receipt("question:1") is not None
    assert not rows(lived, WordingRow)
    assert len(lived.slack.messages) == before
    with lived.ctx.begin() as tx:
        scene = lived.ctx.scene(tx)
        scene.tell(scene.member(_asker(tx)), "word", {"text": "New", "blocks": []})
        scene.change("question:1", {"text": "Anew", "blocks": []}, to=QUESTIONS)
    lived.settle()
    assert any(m.text == "Anew" for m in lived.channel())
    assert rows(lived, OutboxRow, OutboxRow.key == "question:1") == 1


def _asker(tx):
    return tx.questions.get(1).asker


def test_the_newest_contact_stays_so_that_no_number_comes_again(lived):
    """A bundle's number names its message: one that came again would say nothing."""
    later(lived, days=800)
    assert not rows(lived, NoticeRow)
    assert rows(lived, BundleRow) == 1


def test_it_is_done_once_a_night_and_written_down(lived):
    """At 03:30, once for all processes; what went is in the audit trail."""
    lived.clock.moment = datetime(2027, 3, 1, 3, 29, tzinfo=LONDON).astimezone(UTC)
    keep = timedelta(days=30)
    assert look_after_house(lived.ctx, keep) == 0 or rows(lived, OriginalRow)
    assert rows(lived, ReplyRow, ReplyRow.thread.is_(None)) == 1

    lived.clock.moment += timedelta(minutes=1)
    assert look_after_house(lived.ctx, keep) > 0
    assert look_after_house(lived.ctx, keep) == 0
    with lived.store.read() as tx:
        [entry] = tx.audit.about("retention")
    assert entry.actor == "retention"
    assert entry.detail["overheard"] == 1


def test_more_than_a_batch_goes_and_intake_is_not_held(lived, monkeypatch):
    """However much is old, no transaction takes more than a batch of it."""
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    monkeypatch.setattr(retention, "IN_SIGHT", 3)
    old = rows(lived, OutboxRow)
    assert later(lived, days=400)["sent"] >= old > 3
    assert later(lived, days=1)["sent"] == 0


def test_every_class_has_rows_it_forgets(lived):
    """A figure in community.toml without effect would be a promise not kept."""
    limits = dict(Retention().limits(lived.clock.now()))
    assert set(limits) == {field.name for field in fields(Retention)}
    gone = later(lived, days=4000)
    later(lived, days=4000)
    assert set(gone) == set(limits)
    assert all(number for name, number in gone.items() if name != "audit")
    assert rows(lived, Base.metadata.tables["audit"]) >= 1
