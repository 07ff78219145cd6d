"""Make room for letters, editions and calls."""
# ruff: noqa: PLR0915

import sqlalchemy as sa
from alembic import op

from bot.store import schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for letters, editions and calls. There is no way down: a backup is."""
    op.create_table(
        "suppression",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_suppression")),
    )
    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("made_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
    )
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("dial_in", sa.String(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_act", sa.String(), nullable=True),
        sa.Column("proposed_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("agenda_told_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["member.id"], name=op.f("fk_call_confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("quarter", name=op.f("uq_call_quarter")),
        sa.UniqueConstraint("uid", name=op.f("uq_call_uid")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index("ix_call_starts_at", ["starts_at"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("note_by", sa.String(), nullable=True),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("drafted_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_act", sa.String(), nullable=True),
        sa.Column("approved_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("leaves_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("begun_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("words_members", sa.Integer(), nullable=True),
        sa.Column("words_others", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["member.id"], name=op.f("fk_edition_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["note_by"], ["member.id"], name=op.f("fk_edition_note_by")
        ),
        sa.ForeignKeyConstraint(
            ["words_members"], ["wording.id"], name=op.f("fk_edition_words_members")
        ),
        sa.ForeignKeyConstraint(
            ["words_others"], ["wording.id"], name=op.f("fk_edition_words_others")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("month", name=op.f("uq_edition_month")),
    )
    op.create_table(
        "call_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("dial_in", sa.String(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("made_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call"], ["call.id"], name=op.f("fk_call_version_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_version")),
        sa.UniqueConstraint(
            "call", "sequence", name=op.f("uq_call_version_call_sequence")
        ),
    )
    op.create_table(
        "original",
        sa.Column("reply", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kept_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply"], ["reply.id"], name=op.f("fk_original_reply")
        ),
        sa.PrimaryKeyConstraint("reply", name=op.f("pk_original")),
    )
    with op.batch_alter_table("original", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_original_digest"), ["digest"], unique=False
        )

    op.create_table(
        "recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("due_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("owed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("left_out_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition"], ["edition.id"], name=op.f("fk_recipient_edition")
        ),
        sa.ForeignKeyConstraint(
            ["member"], ["member.id"], name=op.f("fk_recipient_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
        sa.UniqueConstraint(
            "edition", "address", name=op.f("uq_recipient_edition_address")
        ),
    )
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.create_index(
            "ix_recipient_due", ["edition", "owed_at", "due_at"], unique=False
        )
        batch_op.create_index("ix_recipient_member", ["member"], unique=False)

    op.create_table(
        "rsvp",
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call"], ["call.id"], name=op.f("fk_rsvp_call")),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_rsvp_member")),
        sa.PrimaryKeyConstraint("call", "member", name=op.f("pk_rsvp")),
    )
    with op.batch_alter_table("rsvp", schema=None) as batch_op:
        batch_op.create_index("ix_rsvp_member", ["member"], unique=False)

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("erased_at", schema.UtcDateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "wording",
                sa.Integer(),
                sa.ForeignKey("wording.id", name=op.f("fk_outbox_wording")),
                nullable=True,
            ),
            inline_references=True,
        )

    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("via", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "handed_in_by",
                sa.String(),
                sa.ForeignKey("member.id", name=op.f("fk_reply_handed_in_by")),
                nullable=True,
            ),
            inline_references=True,
        )
