"""Taking somebody's identifiers out of every table, whichever they are in.

What is written in people's own words stays as they wrote it, but for a mention: that
is Slack's name for somebody, not theirs.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    String,
    Table,
    Text,
    cast,
    func,
    or_,
    select,
    update,
)

from bot.domain.traces import FORMER, Traces
from bot.store.schema.base import Base
from bot.store.session import StoreSession

#: Their words are looked after by whoever knows what they are.
_ELSEWHERE = frozenset({"outbox.body", "wording.body"})


@dataclass(frozen=True, slots=True)
class Sweeping:
    """Every text and every JSON column of the schema."""

    _session: StoreSession

    def sweep(self, instead: Mapping[str, str], traces: Traces) -> int:
        """Put *instead* of each identifier, and redact *traces* from what is JSON.

        How many rows changed. *traces* holds no words: only who somebody was.
        """
        return sum(
            self._texts(table, instead) + self._structures(table, instead, traces)
            for table in Base.metadata.sorted_tables
        )

    def _texts(self, table: Table, instead: Mapping[str, str]) -> int:
        columns = [one for one in table.columns if _is_text(one)]
        held = [_holds(one, instead) for one in columns]
        if not held or not instead:
            return 0
        values = {one.name: _replaced(one, instead) for one in columns}
        return self._session.change(update(table).where(or_(*held)).values(values))

    def _structures(
        self, table: Table, instead: Mapping[str, str], traces: Traces
    ) -> int:
        looked_for = [*instead, *_as_json(traces.name)]
        return sum(
            self._structure(table, column, looked_for, traces)
            for column in table.columns
            if isinstance(column.type, JSON) and str(column) not in _ELSEWHERE
        )

    def _structure(
        self, table: Table, column: Column[Any], names: Sequence[str], traces: Traces
    ) -> int:
        key = list(table.primary_key.columns)
        if not names:
            return 0
        found = select(*key, column).where(_holds(cast(column, Text), names))
        rows = self._session.execute(found).all()
        for *ids, value in rows:
            here = [one == id_ for one, id_ in zip(key, ids, strict=True)]
            clean = {column.name: traces.redacted(value)}
            self._session.change(update(table).where(*here).values(clean))
        return len(rows)


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, String) and not column.foreign_keys


def _holds(text: ColumnElement[Any], names: Collection[str]) -> ColumnElement[bool]:
    return or_(*(text.contains(one, autoescape=True) for one in names))


def _replaced(column: Column[Any], instead: Mapping[str, str]) -> ColumnElement[Any]:
    value: ColumnElement[Any] = column
    for name, other in instead.items():
        value = func.replace(value, f"<@{name}>", FORMER.lower())
        value = func.replace(value, name, other)
    return value


def _as_json(name: str) -> tuple[str, ...]:
    """*name* as it may stand in JSON: as it is, and in ASCII."""
    return tuple({name, json.dumps(name)[1:-1]}) if name else ()
