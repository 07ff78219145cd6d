"""Keep who has joined until their name is known."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep who has joined until their name is known. No way down but a backup."""
    op.create_table(
        "newcomer",
        sa.Column("slack", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slack", name=op.f("pk_newcomer")),
    )
