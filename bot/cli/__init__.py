"""The command line: the operators' door."""

from bot.cli.main import main

__all__ = ["main"]
