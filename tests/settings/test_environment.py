"""Settings: wrong ones stop the start with one message that says how to mend all."""

import re
import traceback
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bot.settings import NAMES, Encryption, Settings, SettingsWrong, read

ROOT = Path(__file__).parents[2]
CANARY = "canary-in-the-mine"
BOT = f"xoxb-{CANARY}"
APP = f"xapp-{CANARY}"
TOKENS = f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN={APP}\n"


def wrong(dotenv: Path, said: str, *, slack: bool = True) -> str:
    """The message for a ``.env`` that says this."""
    dotenv.write_text(said)
    with pytest.raises(SettingsWrong) as caught:
        read(dotenv, slack=slack)
    return str(caught.value)


def test_two_tokens_are_enough(dotenv: Path) -> None:
    """Everything but the tokens has a safe value of its own."""
    dotenv.write_text(TOKENS)
    settings = read(dotenv)
    assert settings.slack_bot_token.get_secret_value() == BOT
    assert settings.slack_app_token.get_secret_value() == APP
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.health_host == "127.0.0.1"
    assert settings.tick == timedelta(seconds=1)
    assert settings.mail is None


def test_what_needs_no_slack_needs_no_tokens(dotenv: Path) -> None:
    """`convenor db upgrade` runs before there is a Slack app; no file is no problem."""
    assert read(dotenv, slack=False).slack_bot_token.get_secret_value() == ""


def test_the_environment_wins(dotenv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container's variable replaces the file's; capitals do not matter."""
    dotenv.write_text(TOKENS + "LOG_LEVEL=ERROR\nTICK=2\n")
    monkeypatch.setenv("LOG_LEVEL", "warning")
    monkeypatch.setenv("tick", "0.05")
    settings = read(dotenv)
    assert settings.log_level == "WARNING"
    assert settings.tick == timedelta(milliseconds=50)


def test_an_empty_value_is_an_unset_one(dotenv: Path) -> None:
    """A line left empty in the file is as if it were not there."""
    dotenv.write_text(TOKENS + "SMTP_URL=\nHEALTH_PORT=\nCOMMUNITY_CLOCK_FILE=\n")
    settings = read(dotenv)
    assert settings.mail is None
    assert settings.health_port == 8071
    assert settings.community_clock_file is None


def test_every_problem_is_named_at_once(dotenv: Path) -> None:
    """Nobody has to start the bot five times to find five slips."""
    message = wrong(
        dotenv,
        "SLACK_BOT_TOKN=xoxb-1\nSLACK_APP_TOKEN=xoxb-swapped\nHEALTH_PORT=many\n"
        "TICK=-1\nLOG_FORMAT=xml\nSMTP_URL=mail.example.org\nCOLOUR=blue\n",
    )
    first, *numbered = message.splitlines()
    assert first == "The settings need mending (9 problems):"
    assert [int(line[:3]) for line in numbered] == list(range(1, 10))
    for expected in (
        "SLACK_BOT_TOKEN is missing. Copy",
        "SMTP_FROM is missing.",
        "SLACK_APP_TOKEN should begin with xapp-",
        "HEALTH_PORT should be a whole number.",
        "TICK should be from 0.01 to",
        "LOG_FORMAT should be 'json' or 'text'.",
        "SMTP_URL should begin with smtp://",
        "SLACK_BOT_TOKN (.env line 1) is not a setting. Did you mean SLACK_BOT_TOKEN?",
        "COLOUR (.env line 7) is not a setting. Remove the line; .env.example",
    ):
        assert expected in message


def test_one_problem_is_one(dotenv: Path) -> None:
    """The message is in good English for one problem too."""
    message = wrong(dotenv, TOKENS + "HEALTH_PORT=70000")
    assert message.startswith(
        "The settings need mending (1 problem):\n  1. HEALTH_PORT"
    )


@pytest.mark.parametrize(
    "line",
    [
        "SLACK_API_URL=slack.com",
        "SLACK_API_URL=ftp://slack.com/api",
        "SLACK_API_URL=http://[broken",
        "SLACK_CHANNEL_PAUSE=slow",
        "SLACK_CHANNEL_PAUSE=nan",
        "SOCKET_CONNECTIONS=0",
        "SOCKET_CONNECTIONS=11",
        "WATCHDOG_SECONDS=1",
        "DATABASE_URL=mysql://localhost/x",
        "DATABASE_URL=convenor.db",
        "CATCH_UP_DAYS=0",
        "INBOX_KEEP_DAYS=soon",
        "TICK=0",
        "TICK=1e99",
        "LOG_LEVEL=LOUD",
        "HEALTH_HOST=0.0.0.0",
        "HEALTH_HOST=example.org",
        "HEALTH_ANYWHERE=perhaps",
        "SMTP_FROM=nobody",
        "WEB_PORT=0",
        "WEB_HOST=127.0.0.1:80",
    ],
)
def test_a_wrong_value_is_named_with_how_to_mend_it(dotenv: Path, line: str) -> None:
    """Each wrong value gives one problem, from its name to its advice."""
    message = wrong(dotenv, TOKENS + line)
    name = line.partition("=")[0]
    assert "(1 problem)" in message
    problem = message.splitlines()[1]
    assert problem.startswith(f"  1. {name} ")
    mend = Settings.model_fields[name.lower()].description
    assert mend
    assert problem.endswith(mend)


SIGNED = f"LINK_SECRET={CANARY * 3}\n"


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("http://convenor.example.org", "https://"),
        ("convenor.example.org", "https://"),
        ("https://user:secret@convenor.example.org", "plain address"),
        ("https://convenor.example.org/?a=b", "plain address"),
        ("https://convenor.example.org:port", "not an address"),
        ("https://", "https://"),
        ("javascript://convenor.example.org", "https://"),
    ],
)
def test_a_public_address_that_others_could_read_is_refused(
    dotenv: Path, address: str, part: str
) -> None:
    """What people are sent by link travels encrypted; only this machine needs not."""
    message = wrong(dotenv, TOKENS + SIGNED + f'PUBLIC_URL="{address}"')
    assert "(1 problem)" in message
    assert "PUBLIC_URL" in message
    assert part in message


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://convenor.example.org", "https://convenor.example.org/"),
        ("https://example.org/convenor/", "https://example.org/convenor/"),
        ("http://127.0.0.1:8070", "http://127.0.0.1:8070/"),
        ("http://localhost:8070/", "http://localhost:8070/"),
    ],
)
def test_a_public_address_ends_in_one_slash(
    dotenv: Path, address: str, kept: str
) -> None:
    """However it is written, links are put together the same way."""
    dotenv.write_text(TOKENS + SIGNED + f"PUBLIC_URL={address}")
    assert read(dotenv).public_url == kept


def test_links_need_a_secret_that_cannot_be_guessed(dotenv: Path) -> None:
    """Without one, or with a short one, it says how to make one."""
    address = "PUBLIC_URL=https://convenor.example.org\n"
    missing = wrong(dotenv, TOKENS + address)
    short = wrong(dotenv, TOKENS + address + f"LINK_SECRET={CANARY}")
    assert "LINK_SECRET is missing. Make one with: python3 -c" in missing
    assert "LINK_SECRET should be at least 32 characters long" in short
    assert CANARY not in short


def test_over_http_the_signing_secret_is_needed_and_no_app_token(dotenv: Path) -> None:
    """Each way of listening to Slack asks for its own secret, and for no other."""
    dotenv.write_text(f"SLACK_BOT_TOKEN={BOT}\nSLACK_SIGNING_SECRET={CANARY}\n")
    assert read(dotenv, http=True).slack_signing_secret.get_secret_value() == CANARY
    with pytest.raises(SettingsWrong, match="SLACK_APP_TOKEN is missing"):
        read(dotenv)
    dotenv.write_text(TOKENS)
    with pytest.raises(SettingsWrong, match="SLACK_SIGNING_SECRET is missing"):
        read(dotenv, http=True)


def test_told_so_the_pages_may_be_seen_from_elsewhere(dotenv: Path) -> None:
    """Inside a container the health pages may be opened, by saying it twice."""
    dotenv.write_text(TOKENS + "HEALTH_HOST=0.0.0.0\nHEALTH_ANYWHERE=true")
    assert read(dotenv).health_host == "0.0.0.0"  # noqa: S104 -- told to


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SLACK_BOT_TOKN", "SLACK_BOT_TOKEN"),
        ("slack_apptoken", "SLACK_APP_TOKEN"),
        ("SMTP_FORM", "SMTP_FROM"),
        ("DATABSE_URL", None),
        ("DATABASE_ULR", "DATABASE_URL"),
        ("CONVENOR_DATABASE_URL", "DATABASE_URL"),
        ("CONVENOR_TICK", "TICK"),
        ("LOG_LEVL", "LOG_LEVEL"),
        ("HEALTH_POTR", "HEALTH_PORT"),
        ("DATABASE_URL_TEST", None),
        ("LOG_DIR", None),
        ("SLACK_WEBHOOK", None),
        ("PATH_TO_NOWHERE", None),
    ],
)
def test_a_misspelt_variable_is_noticed(
    dotenv: Path, monkeypatch: pytest.MonkeyPatch, name: str, meant: str | None
) -> None:
    """What is near one of our names is asked about; other programs' are left alone."""
    monkeypatch.setenv(name, CANARY)
    if meant is None:
        assert read(dotenv, slack=False).tick == timedelta(seconds=1)
        return
    message = wrong(dotenv, "", slack=False)
    assert f"{name} (environment) is not a setting. Did you mean {meant}?" in message
    assert CANARY not in message


def test_a_namesake_of_a_setting_that_is_set_is_left_alone(
    dotenv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SLACK_API_TOKEN is another program's once our own token is there."""
    monkeypatch.setenv("SLACK_API_TOKEN", "x")
    dotenv.write_text(TOKENS)
    assert read(dotenv).slack_bot_token.get_secret_value() == BOT


def test_a_line_that_cannot_be_read_is_named_by_its_number(dotenv: Path) -> None:
    """A forgotten quotation mark is shown by its line, without what stands in it."""
    message = wrong(dotenv, TOKENS + f"SMTP_FROM='{CANARY}\nLOG_LEVEL=INFO\n")
    assert ".env line 3 cannot be read" in message
    assert CANARY not in message


def test_a_setting_given_twice_is_noticed(dotenv: Path) -> None:
    """Two lines for one setting: nobody can know which was meant."""
    assert "TICK (.env) is set 2 times." in wrong(dotenv, TOKENS + "TICK=1\nTICK=2")


def test_a_file_that_is_no_text_is_named(dotenv: Path) -> None:
    """A file in another encoding is a problem, not a crash."""
    dotenv.write_bytes(TOKENS.encode("utf-16"))
    with pytest.raises(SettingsWrong, match="is not UTF-8 text"):
        read(dotenv)


SECRET_NAMES = (
    *("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"),
    *("SMTP_URL", "DATABASE_URL", "LINK_SECRET"),
)


def test_secrets_are_in_no_text_of_the_settings(dotenv: Path) -> None:
    """Printing the settings, whole or in part, shows no secret."""
    dotenv.write_text(
        TOKENS
        + f"DATABASE_URL=postgresql://u:{CANARY}@localhost/x\n"
        + f"SMTP_URL=smtps://u:{CANARY}@mail.example.org\nSMTP_FROM=a@example.org\n"
        + f"SLACK_SIGNING_SECRET={CANARY}\n{SIGNED}"
    )
    settings = read(dotenv)
    shown = (settings, settings.mail, settings.model_dump(), settings.slack_bot_token)
    for thing in shown:
        assert CANARY not in f"{thing} {thing!r}"
    assert settings.mail
    assert settings.mail.password
    assert settings.mail.password.get_secret_value() == CANARY


@given(
    st.sampled_from(SECRET_NAMES), st.sampled_from(["", "xoxb-", "xapp-", "smtp://"])
)
@examples(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_error_repeats_a_secret(dotenv: Path, name: str, before: str) -> None:
    """Whatever is wrong with a secret, neither message nor traceback shows it."""
    dotenv.write_text(f'{name}="{before}{CANARY} {CANARY}:x/?#"\nTICK=x\n')
    try:
        read(dotenv)
    except SettingsWrong as error:
        printed = "".join(traceback.format_exception(error)) + repr(error)
        assert CANARY not in printed
    else:
        pytest.fail("TICK=x was let through")


def test_mail_is_read_from_one_address(dotenv: Path) -> None:
    """Host, port, encryption, user and password come from SMTP_URL, unescaped."""
    dotenv.write_text(
        TOKENS + "SMTP_URL=smtp+starttls://us%40er:p%2Fw%3A@mail.example.org\n"
        'SMTP_FROM="Our community <community@example.org>"\n'
    )
    mail = read(dotenv).mail
    assert mail
    assert (mail.host, mail.port) == ("mail.example.org", 587)
    assert mail.encryption is Encryption.STARTTLS
    assert mail.user == "us@er"
    assert mail.password
    assert mail.password.get_secret_value() == "p/w:"


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("smtp://mail:port", "port"),
        ("smtp://mail:99999", "port"),
        ("smtp://", "names no mail server"),
        ("smtps://user:a/b@mail", "%2F"),
        ("smtp://user:a#b@mail", "%23"),
        ("http://mail", "should begin with smtp://"),
    ],
)
def test_a_wrong_mail_address_says_which_part(
    dotenv: Path, url: str, part: str
) -> None:
    """The part of the address that is wrong is named."""
    message = wrong(dotenv, TOKENS + f'SMTP_FROM=a@example.org\nSMTP_URL="{url}"')
    assert part in message.splitlines()[1]


def example() -> str:
    return (ROOT / ".env.example").read_text()


def test_the_example_names_every_setting_and_no_other() -> None:
    """Whoever adds, renames or removes a setting does so there too."""
    named = re.findall(r"^(?:# )?([A-Z_]+)=", example(), re.MULTILINE)
    assert sorted(named) == sorted(NAMES)


def test_the_example_shows_an_example_of_each() -> None:
    """Every setting comes with a comment and an example of its own."""
    blocks = re.findall(r"((?:^# ?.*\n)+)^(?:# )?([A-Z_]+)=", example(), re.MULTILINE)
    assert len(blocks) == len(NAMES)
    for comment, name in blocks:
        assert f"Example: {name}=" in " ".join(comment.split("\n# ")), name


def test_the_example_shows_the_usual_values(dotenv: Path) -> None:
    """Taking every "#" away changes nothing: the values shown are the real ones."""
    said = re.sub(r"^# ([A-Z_]+=)", r"\1", example(), flags=re.MULTILINE)
    dotenv.write_text(said)
    assert read(dotenv, slack=False) == Settings()


def test_the_example_as_it_is_lacks_only_the_tokens(dotenv: Path) -> None:
    """A newcomer who copies the file is told to fill in two things."""
    message = wrong(dotenv, example())
    assert [line.split()[1] for line in message.splitlines()[1:]] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
    ]
