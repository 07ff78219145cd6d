"""A bot that is killed while an update leaves: nobody gets two, nobody is forgotten."""

import shutil
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.community import Role
from bot.domain.editions import EditionState, Month
from bot.domain.members import Reach
from bot.domain.queue import Need
from bot.store import connect
from tests.faults.play import HASTY, LUNCH, Play
from tests.faults.processes import ROOT, until
from tests.faults.test_mutants import Fault
from tests.post import Post

pytestmark = pytest.mark.processes

READERS = 120
KILLS = (25, 60)  #: letters the server has by then
FORGETS = Fault("store/sending.py", "sending_at=at,", "sending_at=None,")
SLOW = 0.01  #: seconds in which the server has a letter and has not said so


@pytest.fixture
def post():
    """A real mail server, a little slow to say that it has a letter."""
    with Post() as opened:
        opened.stall("END", SLOW)
        yield opened


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


def killed_in_mid_send(play, post):
    """The story: twice the power goes while the server has a letter, unsaid so far."""
    store = connect(play.database)
    try:
        edition = approved_update(store)
        play.start_slack()
        for letters in KILLS:
            bot = start_bot(play, post)
            until(lambda so_far=letters: len(post.delivered) >= so_far, "some letters")
            cut_off(bot, post)
        start_bot(play, post)
        until(lambda: settled(store, edition), "every letter to be accounted for", 60)
        each_reader_has_one_or_is_listed(store, edition, post)
    finally:
        store.close()


def start_bot(play, post):
    """The bot, with that mail server."""
    url = f"smtp://127.0.0.1:{post.port}"
    return play.start_bot(HASTY, SMTP_URL=url, SMTP_FROM="us@example.org")


def cut_off(bot, post):
    """Kill the bot while the server holds a letter and is silent."""
    post.clear()
    post.stall("END", 30.0)
    before = len(post.delivered)
    until(lambda: len(post.delivered) > before, "a letter on its way")
    bot.kill()
    post.clear()
    post.stall("END", SLOW)


def each_reader_has_one_or_is_listed(store, edition, post):
    """Nobody got two, nobody was forgotten, and what nobody can tell is listed."""
    got = Counter(address for one in post.delivered for address in one.to)
    repeated = [address for address, number in got.items() if number > 1]
    assert not repeated, f"got more than once: {repeated}"
    with store.read() as tx:
        doubtful = {one.address for one in tx.recipients.doubts(edition, most=READERS)}
        needs = {item.need for item in tx.queue.waiting()}
    readers = {f"reader{number}@example.org" for number in range(READERS)}
    assert readers <= set(got) | doubtful
    assert len(doubtful) == len(KILLS)
    assert Need.DOUBT in needs


def test_killed_in_mid_send_it_resumes_and_nobody_gets_two(play, post):
    """On each database: one letter each, and the uncertain listed, never guessed."""
    killed_in_mid_send(play, post)


def test_a_bot_that_forgets_what_was_on_its_way_is_found_out(
    tmp_path, sqlite_url, post
):
    """The story fails with the fault in it, so that it proves something."""
    copy = tmp_path / "faulty"
    shutil.copytree(ROOT / "bot", copy / "bot")
    FORGETS.put_into(copy / "bot")
    play = Play(tmp_path, sqlite_url, package=copy)
    try:
        with pytest.raises(AssertionError, match="got more than once"):
            killed_in_mid_send(play, post)
    finally:
        play.close()


def settled(store, edition):
    """Whether every recipient was owed theirs, and every letter has an outcome."""
    with store.read() as tx:
        found = tx.editions.get(edition)
        progress = tx.recipients.progress(edition)
    done = found.state is EditionState.SENT
    return done and progress.owed == progress.went + progress.in_doubt
