"""What every command that works on the community begins with."""

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser

from bot import app
from bot.settings import read_all
from bot.usecases.context import Context


@contextmanager
def opened() -> Iterator[Context]:
    """The community and its store, closed afterwards. The bot may run meanwhile.

    Raises:
        SettingsWrong: a setting other than the tokens is missing or wrong.
        StoreUnavailable: the database cannot be used, or is of another version.
    """
    settings, community = read_all(slack=False)
    store = app.open_store(settings)
    try:
        yield app.context(settings, community, store)
    finally:
        store.close()


def operator() -> str:
    """Who types, for the audit trail: the name they are logged in by."""
    try:
        return f"operator:{getuser()}"
    except (OSError, KeyError):  # a user id without a name, as in a container
        return "operator"
