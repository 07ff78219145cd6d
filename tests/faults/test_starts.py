"""Starts that cannot be: one message that says what to do, and exit status 1."""

import pytest
from sqlalchemy import create_engine, text

from tests.faults.play import DIGESTS, QUESTIONS, free_port

pytestmark = pytest.mark.processes

TOKEN, PASSWORD = "xoxb-9-canary-token", "canary-password"


def address(play):
    return play.database.replace("postgresql://", "postgresql+psycopg://")


def refused(bot):
    """What a bot said that could not start, and ended."""
    assert bot.ends() == 1
    said = bot.output()
    assert "Traceback" not in said
    return " ".join(said.split())


def test_a_token_that_slack_refuses_ends_the_start(sqlite_play):
    """Whatever is logged: which setting, where to copy it; never the token."""
    play = sqlite_play
    play.start_slack()
    bots = [
        play.start_bot(SLACK_BOT_TOKEN=TOKEN, LOG_LEVEL=level, LOG_FORMAT=form)
        for level, form in (("DEBUG", "json"), ("WARNING", "text"))
    ]

    for bot in bots:
        said = refused(bot)
        assert "Slack does not accept SLACK_BOT_TOKEN" in said
        assert "OAuth & Permissions" in said
        assert TOKEN not in said


def test_a_database_that_does_not_answer_ends_the_start(sqlite_play):
    """Which address, without its password, and what to check."""
    play = sqlite_play
    url = f"postgresql://convenor:{PASSWORD}@127.0.0.1:{free_port()}/convenor"
    bots = [
        play.start_bot(DATABASE_URL=url, LOG_LEVEL=level, LOG_FORMAT=form)
        for level, form in (("DEBUG", "text"), ("INFO", "json"), ("ERROR", "json"))
    ]

    for bot in bots:
        said = refused(bot)
        assert "does not answer" in said
        assert "Check that PostgreSQL is running" in said
        assert PASSWORD not in said


def change(play, statement):
    """Do something to the database by hand."""
    engine = create_engine(address(play))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_tables_of_an_older_version_end_the_start(sqlite_play):
    """They are not touched; the command that upgrades them is named."""
    change(sqlite_play, "DELETE FROM alembic_version")

    assert "Run `convenor db upgrade`" in refused(sqlite_play.start_bot())


def test_tables_of_a_newer_version_end_the_start(postgres_play):
    """They are not touched; that version is to be installed."""
    change(postgres_play, "UPDATE alembic_version SET version_num = '9999'")

    assert "newer version" in refused(postgres_play.start_bot())


def test_no_word_and_no_token_is_ever_logged(sqlite_play):
    """At DEBUG: what is said in channel, thread, DM and form, and both tokens."""
    play = sqlite_play
    tokens = {"bot_token": TOKEN, "app_token": "xapp-9-canary-token"}
    play.start_slack(app=tokens)
    bot = play.start_bot(
        SLACK_BOT_TOKEN=TOKEN,
        SLACK_APP_TOKEN=tokens["app_token"],
        LOG_LEVEL="DEBUG",
    )
    play.ready(bot)
    ben = play.person("ben")
    ben.post(QUESTIONS, "Canary in the channel.")
    post = play.asks("Canary in the form about FIT?")
    play.invitation("ben")
    play.replies_to(post, "dev", "Canary in the thread.")
    ben.dm("Canary in the DM.")
    ben.open_home()
    play.answers("ben", "Canary in the answer.")
    play.nothing_is_lost(post)
    ben.post(DIGESTS, "Canary among the digests.")
    assert bot.stop() == 0

    assert bot.lines("stopped")
    assert "canary" not in bot.output().lower()
