"""Both files of settings at once, so that one message names what is wrong in either."""

import os
from pathlib import Path

from bot.domain.community import Community
from bot.settings.community import read_community
from bot.settings.environment import Settings, read
from bot.settings.names import Dotenv
from bot.settings.problems import Problem, SettingsWrong


def read_all(
    dotenv: Path = Path(".env"), *, slack: bool = True, http: bool = False
) -> tuple[Settings, Community]:
    """Read the machine's settings and the community's description.

    With *slack* False the tokens may be missing; *http* as for ``read``.

    Raises:
        SettingsWrong: lists every problem in either, with how to mend each.
    """
    problems: list[Problem] = []
    settings: Settings | None = None
    community: Community | None = None
    try:
        settings = read(dotenv, slack=slack, http=http)
    except SettingsWrong as wrong:
        problems += wrong.problems
    try:
        community = _community(settings, dotenv)
    except SettingsWrong as wrong:
        problems += wrong.problems
    if settings is None or community is None:
        raise SettingsWrong(problems)
    return settings, community


def _community(settings: Settings | None, dotenv: Path) -> Community:
    if settings is not None:
        return read_community(settings.community_file, alive=settings.catch_up_days)
    # The settings are wrong; the community's file can be looked at all the same.
    named = os.environ.get("COMMUNITY_FILE") or Dotenv(dotenv).value("COMMUNITY_FILE")
    usual: Path = Settings.model_fields["community_file"].default
    return read_community(Path(named) if named else usual)
