"""Saying what to do when the database does not answer."""

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.store.errors import StoreUnavailable


def unreachable(url: URL, error: DBAPIError) -> StoreUnavailable:
    """The driver's complaint, made into advice without a password in it."""
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite":
        return StoreUnavailable(
            f"The database file {url.database} cannot be used "
            f"({_short(error, url)}). Check that it is Convenor's own database and "
            "that the bot's user may write to it and to its folder."
        )
    return StoreUnavailable(
        f"The database at {shown} does not answer ({_short(error, url)}). "
        "Check that PostgreSQL is running, that DATABASE_URL names the right host, "
        "database, user and password, and that this machine may connect."
    )


def _short(error: DBAPIError, url: URL) -> str:
    words = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    first = words[0][:200]
    return first.replace(str(url.password), "***") if url.password else first
