"""The main job over signed HTTP requests: nothing is held open, nothing is lost."""

from http.client import HTTPConnection

import pytest

from bot.handlers.http import PATH
from tests.faults.play import Play, free_port
from tests.faults.processes import until

pytestmark = pytest.mark.processes

SECRET = "simulator-signing-secret"  # noqa: S105 - opens nothing but a play


class HttpPlay(Play):
    """A play in which Slack posts to the bot, instead of the bot calling Slack."""

    def open_by_requests(self):
        """Start a Slack that posts and a bot that listens; returns the bot."""
        self.web = free_port()
        self.start_slack(request_url=f"http://127.0.0.1:{self.web}{PATH}")
        return self.listens()

    def listens(self):
        """Start a bot that has no app-level token, and wait until it hears."""
        bot = self.start_bot(
            "bot",
            "--http",
            SLACK_APP_TOKEN="",
            SLACK_SIGNING_SECRET=SECRET,
            WEB_PORT=str(self.web),
        )
        for event in ("http_open", "members_read", "caught_up"):
            bot.says(event)
        return bot


@pytest.fixture
def play(tmp_path, sqlite_url):
    """A play on SQLite: the database makes no difference to the door."""
    one = HttpPlay(tmp_path, sqlite_url)
    yield one
    one.close()


def test_asked_and_answered_by_requests_alone(play):
    """From the form to the thread without a socket, and once."""
    bot = play.open_by_requests()

    post = play.asks()
    play.answers("ben", "We repeat the test at six weeks.")
    [reply] = until(lambda: play.replies(post), "the answer in the thread")

    assert "We repeat the test at six weeks." in str(reply)
    assert not bot.lines("socket_open")
    play.each_stands_once()
    play.nothing_is_lost(post)


def test_with_a_public_address_pages_are_served_beside_socket_mode(play):
    """The door opens for pages alone; a port that is taken ends the start, in words."""
    web = free_port()
    settings = {
        "PUBLIC_URL": f"http://127.0.0.1:{web}/",
        "LINK_SECRET": "a secret of the tests alone, and long enough",
        "WEB_PORT": str(web),
    }
    bot = play.open(**settings)

    assert asked(web, "/health") == 200
    assert asked(web, "/unsubscribe/forged") == 404
    assert asked(web, PATH) == 404  # Slack comes by sockets
    other = play.start_bot(**settings)
    assert other.ends() == 1
    assert "Set WEB_PORT to another" in " ".join(other.output().split())
    assert bot.stop() == 0


def asked(port, path):
    """The status of a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_what_was_said_while_the_bot_was_down_is_kept_once(play):
    """Slack gives up after some tries; the bot reads what it missed when it is back."""
    bot = play.open_by_requests()
    post = play.asks()
    play.has_gone("question:1")

    bot.kill()
    play.replies_to(post, "chloe", "Said to nobody.")
    until(lambda: play.slack.transcript("missed"), "Slack to give up")
    play.listens()
    play.replies_to(post, "dev", "Said to the bot again.")

    until(lambda: len(play.kept(post)) == 2, "both replies to be kept")
    assert sorted(play.kept(post).values()) == [
        "Said to nobody.",
        "Said to the bot again.",
    ]
    play.each_stands_once()


def test_a_delivery_that_fails_comes_again_and_is_kept_once(play):
    """A bot that stops and starts between two tries hears the second one."""
    bot = play.open_by_requests()
    post = play.asks()
    play.has_gone("question:1")
    play.slack.do("delays", retry_delays=[0.1, 3, 3])

    bot.kill()
    play.replies_to(post, "chloe", "Said twice.")
    until(lambda: play.slack.transcript("redelivery"), "Slack to try again")
    play.listens()

    until(lambda: play.kept(post), "the reply to be kept")
    play.slack.wait_until_quiet()
    assert list(play.kept(post).values()) == ["Said twice."]
