"""The main job over real sockets: a bot and a Slack, each a process of its own."""

from tests.faults.play import QUESTION
from tests.faults.processes import until


def words(message):
    """Everything a reader sees of a message."""
    return str(message.get("blocks")) + message["text"]


def test_asked_invited_answered_and_seen_once(play):
    """A question is put to peers, one answers by the form, and all of it is there once.

    From the form to the thread, through HTTP, sockets and either database.
    """
    play.open()

    post = play.asks()
    invitation = play.invitation("ben")
    play.answers("ben", "We repeat the test at six weeks.")
    [reply] = until(lambda: play.replies(post), "the answer in the thread")

    assert QUESTION in words(post)
    assert QUESTION in words(invitation)
    assert "Ben Example" in words(reply)
    assert "We repeat the test at six weeks." in words(reply)
    until(lambda: "1 reply" in words(play.posts()[-1]), "the question's state")
    until(lambda: "You answered" in words(play.person("ben").dms()[-1]), "the card")
    play.each_stands_once()
