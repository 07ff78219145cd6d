"""The processes of a play: started, looked at, and never left behind."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import bot

#: Of our own environment, what the processes of a play get. Settings are not among it:
#: nobody's real workspace may find its way into a play.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
START_WITHIN = 30.0  #: seconds
STOP_WITHIN = 10.0  #: seconds
READ_WITHIN = 120.0  #: seconds
PAUSE = 0.02  #: seconds between two looks
SHOWN = 15  #: lines of its log shown when a process fails


class PlayFailed(Exception):
    """The play cannot go on; the text says why, for whoever started it."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a play's processes run: a folder, and their whole environment."""

    folder: Path
    settings: Mapping[str, str]

    def run(self, *arguments: str) -> str:
        """Run ``convenor`` with *arguments* to its end; what it printed.

        Raises:
            PlayFailed: it did not succeed.
        """
        return self.read("bot", *arguments)

    def read(self, module: str, *arguments: str) -> str:
        """Run *module* with *arguments* to its end; what it printed.

        Raises:
            PlayFailed: it did not succeed.
        """
        done = subprocess.run(  # noqa: S603 - our own program, our own arguments
            _python(module, arguments),
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=READ_WITHIN,
            check=False,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip()
            raise PlayFailed(f"{module} {' '.join(arguments)} failed:\n{said}")
        return done.stdout

    def start(self, name: str, module: str, *arguments: str) -> "Running":
        """Start a process that stays; its output goes to ``<name>.log``."""
        log = self.folder / f"{name}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(  # noqa: S603 - our own program, our own arguments
                _python(module, arguments),
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us: we stop it in good order
            )
        return Running(name, process, log)

    def _environment(self) -> dict[str, str]:
        ours = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        here = str(Path(bot.__file__).parents[1])
        return {
            **ours,
            "PYTHONPATH": here,
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            **self.settings,
        }


@dataclass(eq=False, slots=True)
class Running:
    """One process of a play."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def line_with(self, words: str) -> str:
        """Wait for the first line of its log that holds *words*, and return it.

        Raises:
            PlayFailed: it ended, or did not say so in time.
        """
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until:
            found = [line for line in self._lines() if words in line]
            if found:
                return found[0]
            self.must_run()
            time.sleep(PAUSE)
        raise PlayFailed(f"The {self.name} did not start in {START_WITHIN:g} seconds.")

    def must_run(self) -> None:
        """Make sure that it still runs.

        Raises:
            PlayFailed: it does not.
        """
        if self.process.poll() is not None:
            raise PlayFailed(f"The {self.name} has stopped.")

    def last_words(self) -> str:
        """What it said last in its log, for whoever looks into a failure."""
        said = [line for line in self._lines() if "skipped: max" not in line]
        return "\n".join([f"The {self.name} said last:", *said[-SHOWN:]])

    def stop(self) -> None:
        """Ask it to stop, and end it if it does not."""
        self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()


def _python(module: str, arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", module, *arguments]
