"""Both files are read at the start, and what is wrong in either is said together."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import SettingsWrong, read_all

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "community.example.toml"


def test_both_are_read(dotenv: Path) -> None:
    """The machine's settings decide where the community's file is, and its memory."""
    dotenv.write_text(f"COMMUNITY_FILE={EXAMPLE}\nCATCH_UP_DAYS=3\n")
    settings, community = read_all(dotenv, slack=False)
    assert settings.community_file == EXAMPLE
    assert community.channels.questions == "questions"
    assert community.alive == timedelta(days=3)


def test_what_is_wrong_in_either_is_said_together(dotenv: Path, tmp_path: Path) -> None:
    """A newcomer mends both files in one go, from one message."""
    described = tmp_path / "ours.toml"
    described.write_text(EXAMPLE.read_text().replace("regions", "rgeions", 1))
    dotenv.write_text(f"COMMUNITY_FILE={described}\nTICK=often\n")
    with pytest.raises(SettingsWrong) as caught:
        read_all(dotenv)
    message = str(caught.value)
    assert message.startswith("The settings need mending (5 problems):")
    assert "TICK should be a number of seconds." in message
    assert "regions in ours.toml is missing." in message
    assert "rgeions in ours.toml is not known. Did you mean regions?" in message


def test_a_first_start_names_all_that_has_to_be_made(
    dotenv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing there at all, the two tokens and the community's file are named."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsWrong) as caught:
        read_all(dotenv)
    assert [problem.where for problem in caught.value.problems] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "community.toml",
    ]


def test_a_wrong_community_alone_is_enough_to_stop(
    dotenv: Path, tmp_path: Path
) -> None:
    """The bot does not start with settings that are right and no community."""
    dotenv.write_text(f"COMMUNITY_FILE={tmp_path / 'none.toml'}\n")
    with pytest.raises(SettingsWrong, match=r"none\.toml is not there"):
        read_all(dotenv, slack=False)
