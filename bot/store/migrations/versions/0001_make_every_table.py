"""Make every table."""
# ruff: noqa: E501, PLR0915

import sqlalchemy as sa
from alembic import op

from bot.store import schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table. There is no way down: a backup is."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["subject", "id"], unique=False)

    op.create_table(
        "cursor",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_cursor")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("received_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("try_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("parked_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_inbox_event_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_lane",
            ["lane", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND parked_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND parked_at IS NULL"),
        )
        batch_op.create_index(
            "ix_inbox_waiting",
            ["try_at", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND parked_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND parked_at IS NULL"),
        )

    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
        sa.UniqueConstraint("job", "slot", name=op.f("uq_job_run_job_slot")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slack", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("interests", sa.JSON(), nullable=False),
        sa.Column("good_times", sa.String(), nullable=True),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("away_until", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("paused_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("resumed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("joined_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("welcomed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("left_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("email", name=op.f("uq_member_email")),
        sa.UniqueConstraint("slack", name=op.f("uq_member_slack")),
    )
    op.create_table(
        "newcomer",
        sa.Column("slack", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slack", name=op.f("pk_newcomer")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("thread_ts", sa.String(), nullable=True),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=True),
        sa.Column("unsolicited", sa.Boolean(), nullable=False),
        sa.Column("due_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("try_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("sending_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("uncertain_since", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("looked", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("sent_machine_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("parked_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recheck_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("rechecks", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_contacts",
            ["member", "sent_at"],
            unique=False,
            sqlite_where=sa.text("unsolicited"),
            postgresql_where=sa.text("unsolicited"),
        )
        batch_op.create_index(
            "ix_outbox_owed",
            ["priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text(
                "sent_at IS NULL AND parked_at IS NULL AND withdrawn_at IS NULL AND superseded_at IS NULL"
            ),
            postgresql_where=sa.text(
                "sent_at IS NULL AND parked_at IS NULL AND withdrawn_at IS NULL AND superseded_at IS NULL"
            ),
        )
        batch_op.create_index("ix_outbox_receipt", ["channel", "ts"], unique=False)
        batch_op.create_index(
            "ix_outbox_recheck",
            ["recheck_at"],
            unique=False,
            sqlite_where=sa.text("recheck_at IS NOT NULL"),
            postgresql_where=sa.text("recheck_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_slot",
            ["slot"],
            unique=False,
            sqlite_where=sa.text(
                "sent_at IS NULL AND parked_at IS NULL AND withdrawn_at IS NULL AND superseded_at IS NULL"
            ),
            postgresql_where=sa.text(
                "sent_at IS NULL AND parked_at IS NULL AND withdrawn_at IS NULL AND superseded_at IS NULL"
            ),
        )
        batch_op.create_index(
            "ix_outbox_target",
            ["target"],
            unique=False,
            sqlite_where=sa.text(
                "sent_at IS NULL AND parked_at IS NULL AND withdrawn_at IS NULL AND superseded_at IS NULL"
            ),
            postgresql_where=sa.text(
                "sent_at IS NULL AND parked_at IS NULL AND withdrawn_at IS NULL AND superseded_at IS NULL"
            ),
        )

    op.create_table(
        "pace",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("next_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("held_until", schema.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pace")),
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("tracked_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("channel", "ts", name=op.f("uq_thread_channel_ts")),
    )
    op.create_table(
        "bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("made_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("lapsed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member"], ["member.id"], name=op.f("fk_bundle_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
    )
    with op.batch_alter_table("bundle", schema=None) as batch_op:
        batch_op.create_index("ix_bundle_member", ["member", "made_at"], unique=False)

    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("resources", sa.JSON(), nullable=False),
        sa.Column("still_open", sa.JSON(), nullable=False),
        sa.Column("drafted_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=True),
        sa.Column("last_act", sa.String(), nullable=True),
        sa.Column("check_ends_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("approved_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("publish_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reread_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread"], ["thread.id"], name=op.f("fk_digest_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
    )
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_thread"), ["thread"], unique=False)

    op.create_table(
        "digest_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("asked_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("read_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member"], ["member.id"], name=op.f("fk_digest_request_member")
        ),
        sa.ForeignKeyConstraint(
            ["thread"], ["thread.id"], name=op.f("fk_digest_request_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_request")),
        sa.UniqueConstraint("act", name=op.f("uq_digest_request_act")),
    )
    with op.batch_alter_table("digest_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_digest_request_thread"), ["thread"], unique=False
        )

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("collate", sa.Boolean(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("asked_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("needed_by", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("first_wave_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("second_wave_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("offered_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("widened_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("due_told_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("collated_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asker"], ["member.id"], name=op.f("fk_question_asker")
        ),
        sa.ForeignKeyConstraint(
            ["thread"], ["thread.id"], name=op.f("fk_question_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("source", name=op.f("uq_question_source")),
        sa.UniqueConstraint("thread", name=op.f("uq_question_thread")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_asker"), ["asker"], unique=False)
        batch_op.create_index(
            "ix_question_open", ["closed_at", "collated_at"], unique=False
        )

    op.create_table(
        "queue_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("opened_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("deputy", sa.String(), nullable=True),
        sa.Column("handed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deputy"], ["member.id"], name=op.f("fk_queue_item_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["owner"], ["member.id"], name=op.f("fk_queue_item_owner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_item")),
        sa.UniqueConstraint("key", name=op.f("uq_queue_item_key")),
    )
    with op.batch_alter_table("queue_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_queue_item_open", ["done_at", "opened_at"], unique=False
        )

    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=True),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread_ts", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("author_slack", sa.String(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("said_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("edited_ts", sa.String(), nullable=True),
        sa.Column("withdrawn_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author"], ["member.id"], name=op.f("fk_reply_author")
        ),
        sa.ForeignKeyConstraint(
            ["thread"], ["thread.id"], name=op.f("fk_reply_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("act", name=op.f("uq_reply_act")),
        sa.UniqueConstraint("channel", "ts", name=op.f("uq_reply_channel_ts")),
    )
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_author"), ["author"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_thread"), ["thread"], unique=False)
        batch_op.create_index(
            "ix_reply_thread_ts", ["channel", "thread_ts"], unique=False
        )

    op.create_table(
        "digest_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.Column("reply", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("agreed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("removed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["digest"], ["digest.id"], name=op.f("fk_digest_line_digest")
        ),
        sa.ForeignKeyConstraint(
            ["reply"], ["reply.id"], name=op.f("fk_digest_line_reply")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_line")),
    )
    with op.batch_alter_table("digest_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_digest_line_digest"), ["digest"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_digest_line_reply"), ["reply"], unique=False
        )

    op.create_table(
        "dm_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("said_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member"], ["member.id"], name=op.f("fk_dm_note_member")
        ),
        sa.ForeignKeyConstraint(
            ["question"], ["question.id"], name=op.f("fk_dm_note_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dm_note")),
        sa.UniqueConstraint("channel", "ts", name=op.f("uq_dm_note_channel_ts")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("owed_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("invited_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closing_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("declined_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("suggested_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("postponed_until", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("expired_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member"], ["member.id"], name=op.f("fk_invitation_member")
        ),
        sa.ForeignKeyConstraint(
            ["question"], ["question.id"], name=op.f("fk_invitation_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "question", "member", name=op.f("uq_invitation_question_member")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_member"), ["member"], unique=False
        )

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("due_at", schema.UtcDateTime(timezone=True), nullable=False),
        sa.Column("bundle", sa.Integer(), nullable=True),
        sa.Column("bundled_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", schema.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["bundle"], ["bundle.id"], name=op.f("fk_notice_bundle")
        ),
        sa.ForeignKeyConstraint(
            ["member"], ["member.id"], name=op.f("fk_notice_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "member", "kind", "subject", name=op.f("uq_notice_member_kind_subject")
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_bundle", ["bundle"], unique=False)
        batch_op.create_index("ix_notice_due", ["bundled_at", "due_at"], unique=False)
        batch_op.create_index("ix_notice_subject", ["kind", "subject"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.Column("reply", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("edited_ts", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["digest"], ["digest.id"], name=op.f("fk_ledger_digest")
        ),
        sa.ForeignKeyConstraint(
            ["line"], ["digest_line.id"], name=op.f("fk_ledger_line")
        ),
        sa.ForeignKeyConstraint(["reply"], ["reply.id"], name=op.f("fk_ledger_reply")),
        sa.PrimaryKeyConstraint("digest", "reply", name=op.f("pk_ledger")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_reply", ["reply"], unique=False)
