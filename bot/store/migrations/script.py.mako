"""${message}."""
# ruff: noqa: E501, PLR0915

import sqlalchemy as sa
from alembic import op

from bot.store import schema
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """${message}. There is no way down: a backup is."""
    ${upgrades if upgrades else "pass"}
