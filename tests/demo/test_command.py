"""``convenor demo`` as a person runs it, and ends it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

PROC = Path("/proc")


@contextmanager
def begun(folder):
    """The demo, playing, with *folder* for everything temporary."""
    process = subprocess.Popen(  # noqa: S603 - our own program, our own arguments
        [sys.executable, "-m", "bot", "demo", "--out", str(folder / "out")],
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert any("Monday" in line for line in process.stdout)
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def working_in(folder):
    """The processes whose working folder lies in *folder*."""
    found = []
    for one in PROC.iterdir():
        if one.name.isdecimal():
            try:
                where = (one / "cwd").readlink()
            except OSError:  # it has ended meanwhile, or is somebody else's
                continue
            if where.is_relative_to(folder):
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
def test_whoever_stops_it_finds_nothing_left_behind(tmp_path):
    """A signal does what Ctrl-C does: the processes and their folder are gone."""
    with begun(tmp_path) as demo:
        assert len(working_in(tmp_path)) >= 2, "the bot, and Slack in play"
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=20)
        told = demo.stderr.read()

    assert demo.returncode == 130
    assert "Nothing is left running" in told
    assert "Traceback" not in told
    deadline = time.monotonic() + 5
    while working_in(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert working_in(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
