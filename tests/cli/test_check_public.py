"""``convenor check`` says what is off without a public address, and tries one."""

import pytest

from bot.settings import read_all
from bot.usecases.context import Context
from bot.web.public import public
from bot.web.server import WebServer
from tests.cli.test_check import marked, problems
from tests.doors.test_http import SIGNING_SECRET

LINK_SECRET = "a secret of the tests alone, and long enough"  # noqa: S105 - opens nothing


@pytest.fixture
def served(ctx: Context):
    """The public door of the same community."""
    server = WebServer(public(ctx), host="127.0.0.1", port=0)
    server.start()
    yield server
    server.stop()


def test_without_a_public_address_it_says_what_stands_in_for_each(at_slack):
    """Nothing is broken by it: whom people write to is named, and nothing warned of."""
    at_slack.write(
        "m.csv", "name,e-mail,role\nRobin Field,robin@example.org,coordinator\n"
    )
    at_slack.type("members", "import", "m.csv")
    told = at_slack.type("check")

    assert told.status == 0
    said = marked(told, "✓")
    assert "Pages are off (no PUBLIC_URL), and everything works without" in said
    assert "leave the monthly update by e-mail to robin@example.org" in said
    assert "convenor edition preview" in said
    assert "calendar's reply to robin@example.org" in said
    assert "Only a calendar to subscribe to is missing." in said


def test_without_a_coordinators_address_it_is_the_senders(at_slack):
    """The same address that letters name."""
    told = at_slack.set(SMTP_FROM="us@example.org").type("check")
    assert "by e-mail to us@example.org" in marked(told, "✓")


def test_an_address_that_leads_to_the_bot(at_slack, served):
    """It is asked, and our own answer comes back."""
    url = f"http://127.0.0.1:{served.port}"
    told = at_slack.set(PUBLIC_URL=url, LINK_SECRET=LINK_SECRET).type("check")

    assert told.status == 0
    assert f"{url}/ leads to the bot" in marked(told, "✓")


def test_an_address_that_leads_elsewhere(at_slack, served):
    """Another program answers, or nothing does: where to pass it on is said."""
    elsewhere = f"http://127.0.0.1:{served.port}/elsewhere"
    for url, why in (
        (elsewhere, "something else answers there (status 404)"),
        ("http://127.0.0.1:9", "it does not answer"),
    ):
        told = at_slack.set(PUBLIC_URL=url, LINK_SECRET=LINK_SECRET).type("check")
        assert told.status == 0
        assert why in marked(told, "!")
        assert "passes it on to 127.0.0.1:8070" in marked(told, "!")


def test_an_address_without_a_secret_or_in_the_open_is_a_problem(at_slack):
    """Links must not be guessed, nor read on their way."""
    told = at_slack.set(PUBLIC_URL="https://convenor.example.org").type("check")
    assert told.status == 1
    assert "LINK_SECRET is missing" in problems(told)
    told = at_slack.set(
        PUBLIC_URL="http://convenor.example.org", LINK_SECRET=LINK_SECRET
    ).type("check")
    assert told.status == 1
    assert "PUBLIC_URL should begin with https://" in problems(told)


def test_over_http_the_signing_secret_is_asked_for(at_slack):
    """And the app-level token is not."""
    told = at_slack.set(SLACK_APP_TOKEN=None).type("check", "--http")
    assert told.status == 1
    assert "SLACK_SIGNING_SECRET is missing" in problems(told)
    assert "SLACK_APP_TOKEN" not in told.said

    told = at_slack.set(SLACK_SIGNING_SECRET=SIGNING_SECRET).type("check", "--http")
    assert told.status == 0
    assert "App token" not in told.said
    assert "/slack/events" in marked(told, "!")
    assert SIGNING_SECRET not in told.said


def test_over_http_it_says_where_slack_is_to_post(at_slack, served):
    """The whole address, to be copied."""
    url = f"http://127.0.0.1:{served.port}"
    at_slack.set(PUBLIC_URL=url, LINK_SECRET=LINK_SECRET, SLACK_APP_TOKEN=None)
    told = at_slack.set(SLACK_SIGNING_SECRET=SIGNING_SECRET).type("check", "--http")
    assert f"Slack posts to {url}/slack/events" in marked(told, "✓")
    assert read_all(http=True)[0].slack_app_token.get_secret_value() == ""
