"""Letters that are owed, delivered through a real mail server in bad weather."""

import pytest

from bot.gateways.mail import Mail
from bot.ports import Gateways, Medium
from bot.store import connect
from tests.post import Post
from tests.usecases.postroom import PostRoom

GONE = "gone@surgery.example"


@pytest.fixture
def post():
    with Post() as server:
        yield server


@pytest.fixture
def room(sqlite_url, post):
    """A post room whose letters go by that server."""
    store = connect(sqlite_url)
    made = PostRoom(store)
    mail = Mail(server=post.server(), sender="c@example.org", clock=made.clock)
    made.bot.gateways = Gateways({Medium.MAIL: mail})
    yield made
    mail.close()
    store.close()


def owe(room, *numbers, to=None):
    body = {"subject": "A question for you", "text": "Dear colleague,\n"}
    for number in numbers:
        address = to or f"member{number}@surgery.example"
        room.owe(f"letter:{number}", medium=Medium.MAIL, to=address, body=body)


def arrived(post):
    return sorted(to for one in post.delivered for to in one.to)


def test_an_outage_of_an_hour_loses_no_letter_and_doubles_none(room, post):
    """Nobody has to send them again, and the server is not besieged meanwhile."""
    post.refuse("GREETING", "421 too busy")
    owe(room, *range(10))
    room.runs(minutes=60, step=60)
    tried = post.connections
    post.clear()
    room.runs(minutes=5, step=30)

    assert arrived(post) == [f"member{number}@surgery.example" for number in range(10)]
    assert room.parked() == {}
    assert tried < 60


def test_a_server_that_asks_for_ever_is_told_of(room, post):
    """After some hours a coordinator sees the letter, and why it has not gone."""
    post.refuse("RCPT", "450 4.2.0 greylisted")
    owe(room, 1)
    room.runs(minutes=230, step=300)
    assert room.parked() == {}
    room.runs(minutes=60, step=60)

    assert "asks for patience with this address (450)" in room.parked()["letter:1"]


def test_one_letter_in_doubt_is_listed_and_the_others_go(room, post):
    """The doubt is a person's to settle; it holds up the rest for seconds only."""
    post.drop("END", times=1)
    owe(room, *range(3))
    room.runs(minutes=1, step=5)

    assert len(set(arrived(post))) == len(arrived(post)) == 3
    assert list(room.parked()) == ["letter:0"]
    assert room.parked()["letter:0"].startswith("uncertain")


def test_a_mailbox_that_does_not_exist_is_told_at_once(room, post):
    """And those that do get theirs in the same round."""
    post.refuse("RCPT", f"550 5.1.1 <{GONE}> unknown", to=GONE)
    owe(room, 1, to=GONE)
    owe(room, 2, 3)
    room.bot.delivers()

    assert room.parked() == {"letter:1": "the mailbox does not exist (550)"}
    assert len(arrived(post)) == 2
