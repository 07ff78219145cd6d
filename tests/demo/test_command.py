"""``convenor demo`` as a person runs it, and ends it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROC = Path("/proc")


def began(folder):
    """The demo, with *folder* for everything temporary; it has begun to play."""
    process = subprocess.Popen(  # noqa: S603 - our own program, our own arguments
        [sys.executable, "-m", "bot", "demo", "--out", str(folder / "out")],
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if "Monday" in line:
            return process
    raise AssertionError(process.communicate()[1])


def working_in(folder):
    """The processes whose working folder lies in *folder*."""
    found = []
    for one in PROC.iterdir():
        if one.name.isdecimal():
            try:
                where = (one / "cwd").readlink()
            except OSError:  # it has ended meanwhile, or is somebody else's
                continue
            if where.startswith(str(folder)):
                found.append(one.name)
    return found


def test_how_many_threads_means_nothing_without_a_file():
    """Wrongly used: it says so, and plays nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--threads", "3"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "--threads goes with --replay" in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked for in /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_it_finds_nothing_left_behind(tmp_path, ending):
    """Ctrl-C or a signal: both processes and the temporary folder are gone."""
    demo = began(tmp_path)
    assert len(working_in(tmp_path)) == 2

    demo.send_signal(ending)
    _, told = demo.communicate(timeout=20)

    assert demo.returncode == 130
    assert "Nothing is left running" in told
    assert "Traceback" not in told
    deadline = time.monotonic() + 5
    while working_in(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert working_in(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
