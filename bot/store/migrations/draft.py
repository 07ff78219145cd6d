"""Draft a migration from what the models say: ``python -m bot.store.migrations.draft``.

It brings a scratch SQLite database up to the latest migration, compares it with the
models, and writes the difference to ``versions/``. Format it, and read what it wrote
before you commit it: a draft cannot tell a new name from a new column. To begin again
before a first release, delete the numbered files in ``versions/`` first.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import Script

from bot.store.engine import open_engines
from bot.store.upgrade import MIGRATIONS, migrations, upgrade


def draft(message: str) -> None:
    """Write the migration called *message*; its number follows the last one's."""
    number = sum(1 for _ in (MIGRATIONS / "versions").glob("[0-9]*.py")) + 1
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'scratch.db'}"
        upgrade(url)
        engines = open_engines(url)
        with engines.write.begin() as connection:
            script = command.revision(
                migrations(connection),
                message,
                autogenerate=True,
                rev_id=f"{number:04}",
            )
        if isinstance(script, Script):
            _tidy(Path(script.path))
        engines.dispose()


def _tidy(path: Path) -> None:
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "# ### " not in line))


if __name__ == "__main__":
    draft(" ".join(sys.argv[1:]) or "Change the tables")
