"""``convenor check`` says what is missing, and what to do about it."""

import pytest

from bot.settings.manifest import scopes
from bot.store.engine import open_engines
from tests.slack_play import ELSEWHERE, QUESTIONS


@pytest.fixture(autouse=True)
def _granted(slack):
    """The scopes of the manifest, whatever a test took away."""
    allowed = scopes()
    slack.player.do("scopes", scopes=sorted(allowed.needed | allowed.optional))


def marked(told, sign):
    """The lines that a sign begins, with what follows each."""
    found, within = [], False
    for line in told.out.splitlines():
        if line and not line.startswith(" "):
            within = line.startswith(sign)
        if within:
            found.append(line)
    return " ".join(" ".join(found).split())


def problems(told):
    return marked(told, "✗")


def test_all_is_well(at_slack):
    """Where everything is there, it says so and the status is 0."""
    told = at_slack.type("check")

    assert told.status == 0
    assert not problems(told)
    assert "All is well" in told.said


def test_every_line_says_in_words_how_it_is(at_slack):
    """Nobody needs colours or signs to read it."""
    told = at_slack.set(SLACK_APP_TOKEN="xapp-other").type("check")

    starts = [line for line in told.out.splitlines() if line[:1] in set("✓!✗–")]
    assert len(starts) > 5
    for line in starts:
        assert line[2:].split()[0] in {"ok", "warning", "problem", "skipped"}


def test_it_fits_a_terminal_of_80_columns(at_slack):
    """Nothing is cut off, and nothing runs over the edge."""
    told = at_slack.set(SLACK_APP_TOKEN="xapp-other").type("check")

    assert max(map(len, told.out.splitlines())) <= 80


def test_wrong_settings_are_all_named_and_the_rest_is_still_checked(desk):
    """Missing tokens do not keep the database from being looked at."""
    told = desk.set(SLACK_BOT_TOKEN=None).type("check")

    assert told.status == 1
    assert "SLACK_BOT_TOKEN is missing" in problems(told)
    assert "SLACK_APP_TOKEN is missing" in problems(told)
    assert "Tables are those of this version" in marked(told, "✓")
    assert "tokens have to be set first" in marked(told, "–")


def test_a_setting_that_cannot_be_read_is_named_with_how_to_mend_it(desk):
    """A wrong value stops the check with its name, and never repeats it."""
    told = desk.set(HEALTH_PORT="sesame").type("check")

    assert told.status == 1
    assert "HEALTH_PORT should be a whole number" in problems(told)
    assert "sesame" not in told.said


def test_a_token_that_slack_refuses(at_slack):
    """It says where to copy the right one, and does not show the wrong one."""
    told = at_slack.set(SLACK_BOT_TOKEN="xoxb-not-this-one").type("check")

    assert told.status == 1
    assert "invalid_auth" in problems(told)
    assert "Bot User OAuth Token" in problems(told)
    assert "not-this-one" not in told.said
    assert "App token opens connections" in marked(told, "✓")


def test_an_app_token_that_slack_refuses(at_slack):
    """The other token is told apart, and the channels are looked at all the same."""
    told = at_slack.set(SLACK_APP_TOKEN="xapp-not-this-one").type("check")

    assert told.status == 1
    assert "App-Level Tokens" in problems(told)
    assert "#questions is there" in marked(told, "✓")


def test_a_scope_that_was_not_granted(at_slack, slack):
    """Exactly what is missing from the manifest is named."""
    slack.player.do("scopes", scopes=sorted(scopes().needed - {"im:write"}))
    told = at_slack.type("check")

    assert told.status == 1
    assert "Missing: im:write." in problems(told)


def test_a_scope_too_many(at_slack, slack):
    """More than is needed does no harm to the bot, but somebody should know."""
    slack.player.do("scopes", scopes=[*scopes().needed, "admin"])
    told = at_slack.type("check")

    assert told.status == 0
    assert "More than the bot needs: admin." in marked(told, "!")


def test_a_channel_that_is_not_there(at_slack):
    """It names the channel and where its name is written."""
    community = (at_slack.folder / "community.toml").read_text()
    at_slack.write("community.toml", community.replace('"questions"', '"enquiries"'))
    told = at_slack.type("check")

    assert told.status == 1
    assert "no channel #enquiries" in problems(told)
    assert "community.toml" in problems(told)


def test_a_channel_that_the_bot_is_not_in(at_slack):
    """It says what to type, and where."""
    community = (at_slack.folder / "community.toml").read_text()
    at_slack.write("community.toml", community.replace('"digests"', '"elsewhere"'))
    told = at_slack.type("check")

    assert told.status == 1
    assert "The bot is not in #elsewhere." in problems(told)
    assert "/invite @" in problems(told)


def test_replies_are_read_from_a_real_thread(at_slack, slack):
    """Where a thread is there, its replies are counted; that they can be is proved."""
    root = slack.ben.post(QUESTIONS, "Who repeats FIT?")
    slack.amira.reply(root, "We do, after six weeks.")
    told = at_slack.type("check")

    assert "threads can be read (the latest has 1 reply)" in marked(told, "✓")
    assert "six weeks" not in told.said


def test_replies_that_cannot_be_read(at_slack, slack):
    """A workspace that keeps threads from the bot is found out before it runs."""
    root = slack.ben.post(QUESTIONS, "Who repeats FIT?")
    slack.amira.reply(root, "We do, after six weeks.")
    slack.player.fault("error", "conversations.replies", error="missing_scope")
    told = at_slack.type("check")

    assert told.status == 1
    assert "Threads in #questions cannot be read" in problems(told)
    assert "channels:history" in problems(told)


def test_slack_that_is_down(at_slack, slack):
    """The database and the rest are checked all the same."""
    slack.player.do("down")
    told = at_slack.type("check")

    assert told.status == 1
    assert "Check the network" in problems(told)
    assert "Database answers" in marked(told, "✓")
    assert "E-mail" in marked(told, "✓")


def test_a_database_that_cannot_be_reached(at_slack):
    """Slack is checked all the same."""
    told = at_slack.set(DATABASE_URL="sqlite:////no/such/folder/a.db").type("check")

    assert told.status == 1
    assert "/no/such/folder" in problems(told)
    assert "#questions is there" in marked(told, "✓")


def test_a_database_without_tables(at_slack, sqlite_databases):
    """It says which command makes them."""
    empty = sqlite_databases.fresh(empty=True)
    told = at_slack.set(DATABASE_URL=empty).type("check")

    assert told.status == 1
    assert "convenor db upgrade" in problems(told)


def test_a_database_from_the_future(at_slack, sqlite_url):
    """It is left as it is, and says what to install."""
    from_the_future(sqlite_url)
    told = at_slack.type("check")

    assert told.status == 1
    assert "newer version" in problems(told)


def test_members_by_e_mail_wait_while_e_mail_is_off(at_slack):
    """Nobody is forgotten quietly: it says how many letters' readers wait."""
    at_slack.write("m.csv", "name,e-mail\nKim Reed,kim@example.org\n")
    at_slack.type("members", "import", "m.csv")
    told = at_slack.type("check")

    assert told.status == 0
    assert "1 member is reached by e-mail alone" in marked(told, "!")
    assert "Set SMTP_URL and SMTP_FROM" in marked(told, "!")


def test_a_mail_server_that_is_not_there(at_slack):
    """A password in its address is not shown."""
    url = "smtp+starttls://jo:sesame@127.0.0.1:9"
    told = at_slack.set(SMTP_URL=url, SMTP_FROM="jo@example.org").type("check")

    assert told.status == 1
    assert "127.0.0.1:9 cannot be used" in problems(told)
    assert "sesame" not in told.said


def test_letters_whose_answers_would_reach_no_coordinator(at_slack):
    """It says where replies go, and how to let a coordinator have them."""
    url = "smtp+starttls://127.0.0.1:9"
    told = at_slack.set(SMTP_URL=url, SMTP_FROM="jo@example.org").type("check")
    assert "replies go to that in SMTP_FROM" in marked(told, "!")

    at_slack.write("m.csv", "name,e-mail,role\nKim Reed,kim@example.org,coordinator\n")
    at_slack.type("members", "import", "m.csv")
    assert "replies go" not in at_slack.type("check").out


def test_a_clock_that_is_played(at_slack):
    """A clock that somebody moves is remarked on, since nobody in earnest wants it."""
    at_slack.write(
        "clock.json",
        '{"community": "2030-06-04T12:30:00+00:00", '
        '"machine": "2026-01-05T09:00:00+00:00", "rate": 0}',
    )
    told = at_slack.set(COMMUNITY_CLOCK_FILE="clock.json").type("check")

    assert told.status == 0
    assert "Tue 4 Jun, 13:30" in marked(told, "!")


def from_the_future(url):
    engines = open_engines(url)
    with engines.write.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engines.dispose()


def test_somewhere_else_is_not_joined(at_slack, slack):
    """Checking changes nothing: the bot is in no more channels than before."""
    before = slack.workspace.channel(ELSEWHERE)
    at_slack.type("check")

    assert slack.workspace.channel(ELSEWHERE) == before
