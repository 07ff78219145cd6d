"""Editions and their recipients, kept, on each database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.community import Role
from bot.domain.digests import Digest, DigestId
from bot.domain.editions import Audience, Month, letter_key
from bot.domain.errors import OutOfDate
from bot.domain.times import Almanac
from bot.ports import Medium, Message
from bot.store import Person, connect

NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
MAY = Month(2026, 5)
LONDON = Almanac.for_country(ZoneInfo("Europe/London"))


def members(tx, number):
    """So many members with addresses, and one without."""
    for one in range(number):
        added = tx.members.add(name=f"Member {one}", role=Role.MEMBER, at=NOW)
        found = tx.members.get(added)
        tx.members.keep(replace(found, email=f"m{one}@example.org"))
    tx.members.add(name="Nowhere", role=Role.MEMBER, at=NOW)


def begun(tx):
    """An edition of which the letters may leave."""
    edition = tx.editions.draft(MAY, at=NOW)
    tx.editions.change(edition, approved_at=NOW, leaves_at=NOW, begun_at=NOW)
    return tx.editions.get(edition)


def enlisted(tx, edition):
    """Every member, made a recipient."""
    tx.recipients.enlist(edition, due_at=NOW, most=10)
    return tx.recipients.due(edition.id, now=NOW, most=10)


def owed(tx, recipient, *, error=None, in_doubt=False):
    """A recipient's letter, owed; parked where there was an *error*."""
    key = letter_key(recipient.edition, recipient.id)
    message = Message(key=key, medium=Medium.MAIL, to=recipient.address, body={})
    tx.outbox.owe(message, due_at=NOW)
    tx.recipients.owed([recipient.id], at=NOW)
    if error is None:
        return
    [out] = [
        one
        for one in tx.sending.take(
            now=NOW,
            machine_now=NOW,
            lease=timedelta(minutes=1),
            limit=10,
            media=[Medium.MAIL],
            paces=lambda _: (),
        )
        if one.message.key == key
    ]
    tx.sending.start(out, at=NOW)
    tx.sending.park(out, at=NOW, error=error, in_doubt=in_doubt)


def test_a_month_has_one_edition(begin):
    """Whoever comes second drafts nothing."""
    with begin() as tx:
        first = tx.editions.draft(MAY, at=NOW)
        assert first is not None
        assert tx.editions.draft(MAY, at=NOW) is None
        assert tx.editions.of(MAY).id == first
        assert tx.editions.latest().month == MAY


def test_two_processes_draft_one(database_url):
    """Whatever each of them saw before."""
    stores = [connect(database_url) for _ in range(2)]
    drafted = []
    for store in stores:
        with store() as tx:
            drafted.append(tx.editions.draft(MAY, at=NOW))
    for store in stores:
        store.close()
    assert [one is not None for one in drafted] == [True, False]


def test_what_was_seen_is_what_is_changed(begin):
    """Two coordinators at once do not overwrite one another."""
    with begin() as tx:
        edition = tx.editions.draft(MAY, at=NOW)
        tx.editions.change(edition, seen=1, left_out=["digest:7"])
        with pytest.raises(OutOfDate):
            tx.editions.change(edition, seen=1, note="Late.")
        kept = tx.editions.get(edition)
    assert (kept.version, kept.left_out, kept.note) == (2, ("digest:7",), "")


def test_members_are_enlisted_in_batches_each_once(begin):
    """In the order of their ids, so that it goes on where it was left."""
    with begin() as tx:
        members(tx, 7)
        edition = begun(tx)
        counts = [tx.recipients.enlist(edition, due_at=NOW, most=3) for _ in range(4)]
        tx.recipients.add_partners(
            edition, ["partner@example.com", "m1@example.org"], due_at=NOW
        )
        tx.recipients.add_partners(edition, ["partner@example.com"], due_at=NOW)
        due = tx.recipients.due(edition.id, now=NOW, most=100)
    assert counts == [3, 3, 1, 0]
    assert len({one.address for one in due}) == len(due) == 8
    others = [one for one in due if one.audience is Audience.OTHERS]
    assert [one.address for one in others] == ["partner@example.com"]


def test_who_joins_later_waits_for_the_next_edition(begin):
    """The recipients are those of the moment at which its words were frozen."""
    with begin() as tx:
        edition = begun(tx)
        added = tx.members.add(name="New", role=Role.MEMBER, at=NOW + timedelta(1))
        tx.members.keep(replace(tx.members.get(added), email="new@example.org"))
        assert tx.recipients.enlist(edition, due_at=NOW, most=10) == 0


def test_the_progress_is_told_in_recipients(begin):
    """Owed, left out, gone, doubtful and failed: each is counted once."""
    with begin() as tx:
        members(tx, 6)
        edition = begun(tx)
        one, two, three, four, five, six = enlisted(tx, edition)
        owed(tx, one)
        owed(tx, two, error="uncertain: it may have gone", in_doubt=True)
        owed(tx, three, error="the mailbox does not exist (550)")
        tx.recipients.leave_out([four.id], at=NOW)
        tx.recipients.put_off(five.id, until=NOW + timedelta(days=3))
        progress = tx.recipients.progress(edition.id)
        doubts = tx.recipients.doubts(edition.id, most=10)
        due = tx.recipients.due(edition.id, now=NOW, most=10)
        assert tx.recipients.unsent([one, two]) == (letter_key(edition.id, one.id),)
        assert tx.recipients.any_waiting(edition.id)
    assert (progress.all, progress.left_out, progress.owed) == (6, 1, 3)
    assert (progress.in_doubt, progress.failed, progress.went) == (1, 1, 0)
    assert (progress.to_come, progress.under_way) == (2, 1)
    assert [(d.address, d.may_have_arrived) for d in doubts] == [
        (two.address, True),
        (three.address, False),
    ]
    assert [one.id for one in due] == [six.id]


def digest(tx, thread, **times):
    """A digest of a thread, with these times set."""
    made = tx.digests.add(
        Digest(
            id=DigestId(0),
            thread=thread,
            title="How?",
            version=1,
            drafted_at=NOW,
            check_ends_at=NOW,
        )
    )
    if times:
        tx.digests.change(made, **times)
    return made


def test_only_what_was_published_that_month_and_stands_is_told(begin):
    """No draft, nothing dropped, nothing replaced, nothing of another month."""
    begins, ends = MAY.begins(LONDON), MAY.ends(LONDON)
    inside, last = begins + timedelta(days=3), ends - timedelta(seconds=1)
    with begin() as tx:
        one, two, three, four = (
            tx.threads.track("C1", f"170000000{n}.000100", at=NOW) for n in range(4)
        )
        digest(tx, one, published_at=inside)
        newer = digest(tx, one, published_at=last)
        digest(tx, two)  # a draft
        digest(tx, two, published_at=inside, dropped_at=last)
        digest(tx, three, published_at=begins - timedelta(seconds=1))
        digest(tx, three, published_at=ends)
        first = digest(tx, four, published_at=begins)
        assert tx.editions.digests(begins, ends) == (first, newer)


def test_who_has_been_erased_has_no_name_to_leave_out(begin):
    """Else every "member" in a partner's letter would be taken for somebody."""
    with begin() as tx:
        members(tx, 1)
        [erased, kept] = tx.members.present()
        person = Person(member=erased.id, slack=None, email=erased.email)
        tx.forgetting.bury(person, None, at=NOW)
        assert tx.editions.names() == (kept.name,)
