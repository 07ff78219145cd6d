"""The migrations make the tables that the models describe, from nothing, anywhere."""

from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from bot.store import StoreUnavailable, connect, current, upgrade
from bot.store.engine import open_engines
from bot.store.schema import Base
from bot.store.upgrade import head

FUTURE = "9999"
FROM_THE_FUTURE = "UPDATE alembic_version SET version_num = '9999'"


def run(url, statement):
    engines = open_engines(url)
    with engines.write.begin() as connection:
        connection.execute(text(statement))
    engines.dispose()


def test_the_migrations_make_what_the_models_say(empty_database_url):
    """From an empty database to the models: no table, column or index differs."""
    upgrade(empty_database_url)
    engines = open_engines(empty_database_url)
    with engines.write.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
    engines.dispose()


def test_upgrading_again_changes_nothing(empty_database_url):
    """`convenor db upgrade` may be run at every start."""
    assert current(empty_database_url) is None
    upgrade(empty_database_url)
    upgrade(empty_database_url)
    assert current(empty_database_url) == head()
    store = connect(empty_database_url)
    store.check_version()
    store.close()


def test_an_old_database_is_refused_with_advice(empty_database_url):
    """A bot never works on tables that it was not written for."""
    with (
        closing(connect(empty_database_url)) as store,
        pytest.raises(StoreUnavailable, match="convenor db upgrade"),
    ):
        store.check_version()


def test_a_database_from_the_future_is_refused_with_advice(empty_database_url):
    """An older version never touches a newer one's tables."""
    upgrade(empty_database_url)
    run(empty_database_url, FROM_THE_FUTURE)
    with (
        closing(connect(empty_database_url)) as store,
        pytest.raises(StoreUnavailable, match="newer version of Convenor"),
    ):
        store.check_version()
    with pytest.raises(StoreUnavailable, match="newer version of Convenor"):
        upgrade(empty_database_url)
    assert current(empty_database_url) == FUTURE
