"""A monthly update to a small and to a large community, into the outbox.

    python -m benchmarks.update [--members 5000 50000]

Each community in a process of its own, so that memory is its own. The peer is the small
one: ten times the readers should take ten times as long, and no more memory. The limit
is PRODUCT.md's: under 250 MB in all. A step is one transaction, which others wait for.
"""

import argparse
import json
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, insert

from benchmarks.machine import p50, p99, show
from bot.domain.community import Channels, Community
from bot.domain.deadlines import Deadlines
from bot.domain.editions import EditionId, Month
from bot.domain.times import Almanac
from bot.store import Store, connect
from bot.store.schema.members import MemberRow
from bot.usecases.context import Context
from bot.usecases.mailing import send_some
from tests.databases import Sqlite
from tests.stage import PlayClock

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
LIMIT = 250  #: MB, in all
AT_ONCE = 1000  #: members invented in one statement
NOTE = "A quiet month, and a long note about it. " * 40


def main() -> None:
    """Measure each size, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        sys.stdout.write(json.dumps(_measured(given.members[0])))
        return
    found = [_in_its_own_process(members) for members in given.members]
    headings = ["readers", "s", "s a 1,000", "CPU s a 1,000", "step p50 ms", "p99 ms"]
    headings += [f"MB (limit {LIMIT})", "MB grown", "file MB"]
    show("A monthly update, into the outbox", headings, [_row(one) for one in found])


def _in_its_own_process(members: int) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - this module again
        [
            sys.executable,
            "-m",
            "benchmarks.update",
            "--alone",
            "--members",
            f"{members}",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _row(one: dict[str, Any]) -> list[str]:
    steps = one["steps"]
    return [
        f"{one['members']:,}",
        f"{one['took']:.1f}",
        f"{1000 * one['took'] / one['members']:.2f}",
        f"{1000 * one['worked'] / one['members']:.2f}",
        f"{p50(steps):.0f}",
        f"{p99(steps):.0f}",
        f"{one['most']}",
        f"{one['most'] - one['before']}",
        f"{one['file']}",
    ]


def _measured(members: int) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        url = Sqlite(Path(folder)).fresh()
        _invent(url, members)
        store = connect(url)
        edition = _approved(store)
        ctx = _context(store)
        before, started, busy = _megabytes(), perf_counter(), process_time()
        steps = _steps(ctx, edition)
        took, worked = perf_counter() - started, process_time() - busy
        owed = _owed(store, edition)
        store.close()
        files = Path(folder).glob(f"{Path(url.removeprefix('sqlite:///')).name}*")
        size = sum(file.stat().st_size for file in files)
    if owed != members:
        raise SystemExit(f"{owed} letters were owed to {members} members")
    return {
        "members": members,
        "took": took,
        "worked": worked,
        "steps": steps,
        "before": before,
        "most": _megabytes(),
        "file": size // 1_000_000,
    }


def _steps(ctx: Context, edition: EditionId) -> list[float]:
    """The milliseconds of each step until nothing is left to do."""
    taken, done = [], 1
    while done:
        started = perf_counter()
        done = send_some(ctx, edition)
        taken.append(1000 * (perf_counter() - started))
    return taken


def _owed(store: Store, edition: EditionId) -> int:
    with store.read() as tx:
        return tx.recipients.progress(edition).owed


def _approved(store: Store) -> EditionId:
    with store() as tx:
        edition = tx.editions.draft(Month(2026, 5), at=NOW - timedelta(days=1))
        if edition is None:
            raise SystemExit("there is an edition already")
        left = NOW - timedelta(hours=1)
        tx.editions.change(edition, note=NOTE, approved_at=left, leaves_at=left)
    return edition


def _context(store: Store) -> Context:
    community = Community(
        name="A large community",
        about="people who ask one another what works",
        channels=Channels(questions="questions", digests="digests"),
        topics=(),
        regions=("North",),
        roles={},
        deadlines=Deadlines(almanac=Almanac.for_country(LONDON)),
    )
    clock = replace(PlayClock(), moment=NOW)
    return Context(begin=store, clock=clock, community=community, mail=True)


def _invent(url: str, members: int) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for first in range(0, members, AT_ONCE):
            rows = [_person(n) for n in range(first, min(first + AT_ONCE, members))]
            connection.execute(insert(MemberRow), rows)
    engine.dispose()


def _person(number: int) -> dict[str, object]:
    return {
        "id": f"{number:032x}",
        "name": f"Member {number}",
        "email": f"member{number}@example.org",
        "role": "member",
        "interests": [],
        "reach": "email",
        "joined_at": NOW - timedelta(days=90),
    }


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
