"""Letters as a mail server takes them: from what is asked to what is read."""

from email.utils import parseaddr

import pytest

from bot.gateways.mail import Mail
from bot.ports import Gateways, Medium
from tests.post import Post
from tests.stage import Stage

QUESTION = "Who chases a FIT that never comes back?\r\nBcc: all@example.org"


@pytest.fixture
def post():
    """A mail server on this machine."""
    with Post() as opened:
        yield opened


@pytest.fixture
def stage(sqlite_url, post):
    """A community whose letters go to that server."""
    opened = Stage(sqlite_url, mail=True)
    gateway = Mail(
        server=post.server(),
        sender="Our community <community@example.org>",
        clock=opened.clock,
    )
    opened.ways = Gateways({Medium.SLACK: opened.slack, Medium.MAIL: gateway})
    yield opened
    gateway.close()
    opened.close()


def test_an_invitation_as_it_arrives(stage, post):
    """Text and HTML, to one person, from the community; a reply reaches Carys."""
    amina = stage.member("Amina Yusuf")
    stage.coordinator()
    stage.member('Gwen "Mair" Morris, née Wyn', interests=["fit"], email_only=True)
    amina.asks(QUESTION)
    stage.until("2026-06-02 13:00")

    [letter] = post.letters
    assert letter["Subject"] == "A question about FIT, closes Thu 11 Jun"
    assert parseaddr(letter["From"]) == ("Our community", "community@example.org")
    assert parseaddr(letter["To"])[1] == "gwen@example.org"
    assert letter["Reply-To"] == "carys@example.org"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Bcc"] is None
    assert letter["Cc"] is None
    kinds = [part.get_content_type() for part in letter.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    for part in letter.iter_parts():
        assert "Who chases a FIT that never comes back?" in part.get_content()


def test_a_server_that_dies_after_the_last_dot_leaves_a_doubt_for_a_person(stage, post):
    """It may have arrived: it is not sent again, and the coordinator is told."""
    amina = stage.member("Amina Yusuf")
    carys = stage.coordinator()
    stage.member("Gwen Morris", interests=["fit"], email_only=True)
    post.drop("END", times=1)
    amina.asks(QUESTION)
    stage.until("2026-06-03 18:00")

    assert len(post.letters) == 1
    assert "uncertain" in carys.home
