"""Settings: .env and environment for the machine, community.toml for the community."""

from bot.settings.community import read_community
from bot.settings.environment import NAMES, Settings, read
from bot.settings.mail import Encryption, MailServer
from bot.settings.problems import Problem, SettingsWrong
from bot.settings.start import read_all

__all__ = [
    "NAMES",
    "Encryption",
    "MailServer",
    "Problem",
    "Settings",
    "SettingsWrong",
    "read",
    "read_all",
    "read_community",
]
