"""Processes of a play: a Slack and bots, each real, none of them left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import bot

ROOT = Path(bot.__file__).parents[1]
#: Of this machine's environment, all that a process of a play gets.
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
PATIENCE = 30.0  #: seconds for anything that is waited for
PAUSE = 0.05  #: seconds between two looks


def until(holds, what, seconds=PATIENCE):
    """Wait until *holds* gives something; it is returned."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(PAUSE)
    return found


@dataclass(eq=False)
class Running:
    """One process, and what it writes."""

    process: subprocess.Popen
    log: Path

    def output(self):
        """Everything it wrote, on either stream."""
        return self.log.read_text(encoding="utf-8")

    def lines(self, event):
        """Its log lines about *event*."""
        found = (_line(one) for one in self.output().splitlines())
        return [one for one in found if one.get("event") == event]

    def says(self, event, *, times=1):
        """Wait until it has logged *event*."""

        def said():
            assert self.process.poll() is None, self.output()
            return len(self.lines(event)) >= times

        until(said, f"{event} in\n{self.output()}")

    def kill(self):
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds=10.0):
        """Ask it to stop; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def ends(self):
        """Wait until it has ended by itself; its exit status."""
        return self.process.wait(PATIENCE)


def start(folder, name, *arguments, package=None, **settings):
    """Start a process of *package*'s copy of the bot (ours unless one is given)."""
    log = Path(folder) / f"{name}.log"
    paths = [str(package)] if package else []
    environment = {
        **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
        "PYTHONPATH": os.pathsep.join([*paths, str(ROOT)]),
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603 - our own programs
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    return Running(process, log)


def _line(text):
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}
