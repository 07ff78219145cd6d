"""Opening forms while somebody waits."""

from tests.slack_play import AMIRA

VIEW = {
    "type": "modal",
    "callback_id": "ask_form",
    "title": {"type": "plain_text", "text": "Ask"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Hello"}}],
}


def test_a_trigger_that_is_not_good_opens_nothing(slack):
    """Whoever asked is told by the door; nothing is raised."""
    assert not slack.forms.open("1.2.nothing", VIEW)
    assert not slack.forms.push("1.2.nothing", VIEW)
    assert not slack.forms.update("V0NOTHING", VIEW)
    assert slack.player.do("modal", user=AMIRA)["view"] is None


def test_a_slack_that_is_down_opens_nothing(slack):
    """The person's act is not turned into a failure by it."""
    slack.player.do("down", how="503")

    assert not slack.forms.open("1.2.nothing", VIEW)
