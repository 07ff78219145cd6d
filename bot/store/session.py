"""One open transaction, with the few statements SQLAlchemy leaves to dialects."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Delete, Update, func, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.schema.base import Base


class StoreSession(Session):
    """A session that can insert what is new and count what it changed."""

    @property
    def several_writers(self) -> bool:
        """Whether other transactions may be writing now: not on SQLite."""
        return self.get_bind().dialect.name != "sqlite"

    def hold(self, name: str) -> None:
        """Wait until nobody holds *name*; then it is ours to the transaction's end.

        For what row locks cannot order: two transactions of which each would have to
        see what the other is about to insert. SQLite has one writer at a time anyway.
        """
        if self.several_writers:
            number = func.hashtextextended(name, 0)
            self.execute(select(func.pg_advisory_xact_lock(number)))

    def insert_new(self, row: type[Base], **values: object) -> bool:
        """Insert a row; False, and no change, where a unique value is there already."""
        insert = postgresql.insert if self.several_writers else sqlite.insert
        statement = (
            insert(row)
            .values(**values)
            .on_conflict_do_nothing()
            .returning(inspect(row).primary_key[0])
        )
        return self.execute(statement).first() is not None

    def insert_all(self, row: type[Base], many: Sequence[Mapping[str, object]]) -> None:
        """Insert rows at once, but for those of which a unique value is there."""
        if many:
            insert = postgresql.insert if self.several_writers else sqlite.insert
            statement = insert(row).on_conflict_do_nothing()
            self.execute(statement, [dict(one) for one in many])

    def change(self, statement: Update | Delete) -> int:
        """Run a change; how many rows it changed. Rows already read stay as read."""
        result: Any = self.execute(
            statement, execution_options={"synchronize_session": False}
        )
        counted: CursorResult[Any] = result
        return counted.rowcount
