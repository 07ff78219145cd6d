"""The unit of work: everything inside one ``with`` is kept, or nothing is."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Protocol, Self

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.store.audit import Audit
from bot.store.backlog import Backlog
from bot.store.calls import Calls
from bot.store.copies import Copies
from bot.store.cursors import Cursors
from bot.store.digests import Digests
from bot.store.editions import Editions
from bot.store.engine import Engines, open_engines
from bot.store.errors import ReadOnly, StoreUnavailable
from bot.store.exporting import Exports
from bot.store.filelock import FileLock, lock_beside
from bot.store.forgetting import Forgetting
from bot.store.inbox import Inbox
from bot.store.invitations import Invitations
from bot.store.members import Members
from bot.store.notices import Notices
from bot.store.originals import Originals
from bot.store.outbox import Outbox
from bot.store.pace import Pace
from bot.store.personal import Personal
from bot.store.questions import Questions
from bot.store.queue import Queue
from bot.store.recipients import Recipients
from bot.store.retention import Retained
from bot.store.runs import Runs
from bot.store.sending import Sending
from bot.store.session import StoreSession
from bot.store.suppressions import Suppressions
from bot.store.sweeping import Sweeping
from bot.store.threads import Threads
from bot.store.unreachable import unreachable
from bot.store.upgrade import check_version, revision
from bot.store.wordings import Wordings


@dataclass(frozen=True, slots=True)
class Transaction:
    """The collections, all on one open transaction."""

    inbox: Inbox
    outbox: Outbox
    sending: Sending
    copies: Copies
    backlog: Backlog
    pace: Pace
    cursors: Cursors
    runs: Runs
    audit: Audit
    threads: Threads
    queue: Queue
    questions: Questions
    notices: Notices
    members: Members
    invitations: Invitations
    digests: Digests
    calls: Calls
    editions: Editions
    exports: Exports
    forgetting: Forgetting
    originals: Originals
    personal: Personal
    recipients: Recipients
    retained: Retained
    suppressions: Suppressions
    sweeping: Sweeping
    wordings: Wordings

    @classmethod
    def on(cls, session: StoreSession) -> Self:
        """Every collection on *session*."""
        return cls(
            inbox=Inbox(session),
            outbox=Outbox(session),
            sending=Sending(session),
            copies=Copies(session),
            backlog=Backlog(session),
            pace=Pace(session),
            cursors=Cursors(session),
            runs=Runs(session),
            audit=Audit(session),
            threads=Threads(session),
            queue=Queue(session),
            questions=Questions(session),
            notices=Notices(session),
            members=Members(session),
            invitations=Invitations(session),
            digests=Digests(session),
            calls=Calls(session),
            editions=Editions(session),
            exports=Exports(session),
            forgetting=Forgetting(session),
            originals=Originals(session),
            personal=Personal(session),
            recipients=Recipients(session),
            retained=Retained(session),
            suppressions=Suppressions(session),
            sweeping=Sweeping(session),
            wordings=Wordings(session),
        )


class Begin(Protocol):
    """Open a transaction: committed if its block ends, rolled back if it raises."""

    def __call__(self) -> AbstractContextManager[Transaction]:
        """Open one that may write."""

    def read(self) -> AbstractContextManager[Transaction]:
        """Open a read snapshot: it sees one moment, blocks nobody, refuses writes."""


class Store:
    """An open database. Call it to begin a transaction; safe to use from any thread."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._lock = FileLock(lock_beside(engines.file)) if engines.file else None

    def __call__(self) -> AbstractContextManager[Transaction]:
        """Open a transaction: committed if its block ends, rolled back if it raises.

        On SQLite one is open at a time, in all processes; keep it short.

        Raises:
            StoreUnavailable: the database cannot be reached.
        """
        return self._write()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Open a read snapshot: it sees one moment, blocks nobody, refuses writes.

        Raises:
            ReadOnly: something was written.
            StoreUnavailable: the database cannot be reached.
        """
        try:
            with self._session(self._engines.read, read_only=True) as session:
                yield Transaction.on(session)
        except DBAPIError as error:
            if _refused_a_write(error):
                raise ReadOnly("a read snapshot cannot write") from None
            raise

    def check(self) -> None:
        """Reach the database once.

        Raises:
            StoreUnavailable: it cannot be reached; the advice says what to do.
        """
        with self._held(), self._session(self._engines.write):
            pass

    def check_version(self) -> None:
        """Make sure that the tables are those this version was written for.

        Raises:
            StoreUnavailable: they are older or newer; the advice says what to do.
        """
        with self._held():
            found = revision(self._engines)
        check_version(found)

    def close(self) -> None:
        """Close every connection. Wait for open transactions first."""
        with self._held():
            self._engines.dispose()
        if self._lock:
            self._lock.close()

    @contextmanager
    def _write(self) -> Iterator[Transaction]:
        with self._held(), self._session(self._engines.write) as session:
            yield Transaction.on(session)

    @contextmanager
    def _session(
        self, engine: Engine, *, read_only: bool = False
    ) -> Iterator[StoreSession]:
        options = _snapshot(engine) if read_only else {}
        with StoreSession(engine, expire_on_commit=False) as session, session.begin():
            try:
                session.connection(execution_options=options)
            except DBAPIError as error:
                raise unreachable(self._engines.url, error) from None
            yield session

    def _held(self) -> AbstractContextManager[None]:
        return self._lock.held() if self._lock else nullcontext()


def connect(url: str) -> Store:
    """Open the database at *url* and make sure that it answers.

    Raises:
        StoreUnavailable: it does not; the advice says what to do.
    """
    store = Store(open_engines(url))
    try:
        store.check()
    except StoreUnavailable:
        store.close()
        raise
    return store


def _snapshot(engine: Engine) -> dict[str, object]:
    if engine.dialect.name == "sqlite":
        return {}  # its reading connections can do nothing else
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _refused_a_write(error: DBAPIError) -> bool:
    return (
        "readonly" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "25006"
    )
