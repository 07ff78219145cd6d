"""How many events a second are kept, and how many have their effect.

`python -m benchmarks.events`: replies in one thread, in process, on SQLite (on a disk,
`synchronous=FULL`) and on PostgreSQL (as the tests start it: no fsync). *Kept* is one
commit an event, as Slack is answered. *Effect* is the inbox handled in batches: reply,
state of the question, message owed, done. The peer makes the same inserts and commits
through SQLAlchemy Core and decides nothing.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, insert, update

from benchmarks.machine import show, spread
from bot.app import all_events, reactions
from bot.domain.events import spoken
from bot.store.engine import open_engines
from bot.store.schema.delivery import InboxRow
from bot.store.schema.questions import ReplyRow
from bot.usecases import intake
from tests.databases import Postgres, Sqlite
from tests.postgres import server
from tests.stage import QUESTIONS, Stage

EVENTS = 1000
BATCH = 50  #: events handled in one transaction
RUNS = 3
NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)

Fresh = Callable[[], str]
Rates = tuple[float, float]  #: kept a second, effects a second


def main() -> None:
    """Measure bot and peer on each database, and print the table."""
    rows = []
    for name, fresh in _databases():
        ours = [_ours(fresh()) for _ in range(RUNS)]
        bare = [_bare(fresh()) for _ in range(RUNS)]
        rows += [[f"{name}: convenor", *_row(ours)], [f"{name}: bare", *_row(bare)]]
    title = f"Events a second, {EVENTS:,} replies, {RUNS} runs"
    show(title, ["", "kept /s", "effect /s"], rows)


def _row(measured: list[Rates]) -> list[str]:
    return [spread([one[0] for one in measured]), spread([one[1] for one in measured])]


def _databases() -> Iterator[tuple[str, Fresh]]:
    with TemporaryDirectory() as folder:
        yield "SQLite", Sqlite(Path(folder)).fresh
    with server() as address:
        databases = Postgres(address)
        yield "PostgreSQL", databases.fresh
        databases.close()


def _ours(url: str) -> Rates:
    stage = Stage(url)
    amina, ben = stage.member("Amina Yusuf"), stage.member("Ben Carter")
    post = amina.asks("How do you code a FIT result?")
    bodies = [_reply(post.ts, ben.slack, number) for number in range(EVENTS)]
    with _timed() as kept:
        for number, body in enumerate(bodies):
            intake.receive(
                stage.ctx,
                event_id=f"B{number}",
                kind="message",
                lane=QUESTIONS,
                body=body,
            )
    handle = all_events(reactions())
    with _timed() as done:
        while intake.handle_due(stage.ctx, handle, limit=BATCH):
            pass
    stage.close()
    return EVENTS / kept[0], EVENTS / done[0]


def _reply(root: str, author: str, number: int) -> Mapping[str, Any]:
    fields = {
        "ts": f"1780390900.{number:06d}",
        "thread_ts": root,
        "author": author,
        "text": f"Reply number {number}: we repeat the FIT at six weeks.",
        "bot": False,
        "edited_ts": None,
        "files": (),
        "key_hash": None,
    }
    return spoken(QUESTIONS, fields, change="new")


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Seconds that the block took, in a list, once it is over."""
    taken: list[float] = []
    began = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - began)


def _bare(url: str) -> Rates:
    engines = open_engines(url)
    with _timed() as kept:
        for number in range(EVENTS):
            _keep(engines.write, number)
    with _timed() as done:
        for start in range(0, EVENTS, BATCH):
            _handle(engines.write, range(start, start + BATCH))
    engines.dispose()
    return EVENTS / kept[0], EVENTS / done[0]


def _keep(engine: Engine, number: int) -> None:
    row = {
        "event_id": f"B{number}",
        "kind": "message",
        "lane": QUESTIONS,
        "body": dict(_reply("1780390800.000001", "UBEN", number)),
        "received_at": NOW,
        "try_at": NOW,
    }
    with engine.begin() as connection:
        connection.execute(insert(InboxRow).values(row))


def _handle(engine: Engine, numbers: range) -> None:
    with engine.begin() as connection:
        for number in numbers:
            connection.execute(insert(ReplyRow).values(_row_of(number)))
            mine = InboxRow.event_id == f"B{number}"
            connection.execute(update(InboxRow).where(mine).values(done_at=NOW))


def _row_of(number: int) -> Mapping[str, Any]:
    body = _reply("1780390800.000001", "UBEN", number)
    return {
        "source": "thread",
        "channel": QUESTIONS,
        "thread_ts": body["thread_ts"],
        "ts": body["ts"],
        "author_slack": "UBEN",
        "named": True,
        "text": body["text"],
        "files": [],
        "said_at": NOW,
    }


if __name__ == "__main__":
    main()
