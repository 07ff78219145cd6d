"""A bot that is killed while an update leaves: nobody gets two, nobody is forgotten."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.community import Role
from bot.domain.editions import EditionState, Month
from bot.domain.members import Reach
from bot.domain.queue import Need
from bot.store import connect
from tests.faults.play import HASTY, LUNCH
from tests.faults.processes import until
from tests.post import Post

pytestmark = pytest.mark.processes

READERS = 120
KILLS = (25, 60)  #: letters the server has by then
SLOW = 0.01  #: seconds in which the server has a letter and has not said so


@pytest.fixture
def post():
    """A real mail server, a little slow to say that it has a letter."""
    with Post() as opened:
        opened.stall("END", SLOW)
        yield opened


@pytest.fixture
def store(play):
    """The database, seen from outside."""
    opened = connect(play.database)
    yield opened
    opened.close()


def approved_update(store):
    """Everybody, and an update whose hold is over."""
    with store() as tx:
        for number in range(READERS):
            added = tx.members.add(
                name=f"Reader {number}", role=Role.MEMBER, at=LUNCH - timedelta(days=1)
            )
            found = tx.members.get(added)
            address = f"reader{number}@example.org"
            tx.members.keep(replace(found, email=address, reach=Reach.EMAIL))
        edition = tx.editions.draft(Month(2026, 5), at=LUNCH - timedelta(days=1))
        left = LUNCH - timedelta(hours=5)
        tx.editions.change(
            edition, note="Hello.", approved_at=left - timedelta(days=1), leaves_at=left
        )
    return edition


def test_killed_in_mid_send_it_resumes_and_nobody_gets_two(play, post, store):
    """Twice killed; each reader has one letter, or is listed as uncertain."""
    edition = approved_update(store)
    play.start_slack()
    mail = {"SMTP_URL": f"smtp://127.0.0.1:{post.port}", "SMTP_FROM": "us@example.org"}
    for letters in KILLS:
        bot = play.start_bot(HASTY, **mail)
        until(lambda so_far=letters: len(post.delivered) >= so_far, "some letters")
        bot.kill()
    play.start_bot(HASTY, **mail)
    until(lambda: settled(store, edition), "every letter to be accounted for", 60)

    got = Counter(address for one in post.delivered for address in one.to)
    readers = {one: count for one, count in got.items() if one.startswith("reader")}
    assert set(readers.values()) == {1}
    with store.read() as tx:
        doubtful = {one.address for one in tx.recipients.doubts(edition, most=READERS)}
        needs = {item.need for item in tx.queue.waiting()}
        progress = tx.recipients.progress(edition)
    assert len(set(readers) | {one for one in doubtful if "reader" in one}) == READERS
    assert progress.in_doubt == len(doubtful) <= len(KILLS)
    assert (Need.DOUBT in needs) == bool(doubtful)


def settled(store, edition):
    """Whether every recipient was owed theirs, and every letter has an outcome."""
    with store.read() as tx:
        found = tx.editions.get(edition)
        progress = tx.recipients.progress(edition)
    done = found.state is EditionState.SENT
    return done and progress.owed == progress.went + progress.in_doubt
