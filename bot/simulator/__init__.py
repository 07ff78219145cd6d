"""A Slack to play on: Web API, Socket Mode and people, on loopback, with no outside."""

from bot.simulator.player import Person, Player, Refused, Said
from bot.simulator.server import SimulatorServer

__all__ = ["Person", "Player", "Refused", "Said", "SimulatorServer"]
