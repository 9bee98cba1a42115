"""Reviews, those invited to read, and what they say.

One purpose, edited by hand, both directions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("policy_id", sa.String(26), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("greeting", sa.Text(), nullable=False),
        sa.Column("sees_others", sa.Boolean(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by", sa.String(26), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("origin", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_review_opened_by_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_review_policy_id_policy"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_review_version_id_version"), ondelete="CASCADE"),
    )
    op.create_index(
        op.f("ix_review_open"),
        "review",
        ["policy_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_review_policy_id"), "review", ["policy_id"])
    op.create_index(op.f("ix_review_version_id"), "review", ["version_id"])
    op.create_table(
        "reviewer",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("review_id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewer")),
        sa.CheckConstraint("language IN ('nb', 'nn', 'en')", name=op.f("ck_reviewer_language")),
        sa.CheckConstraint(
            "role IN ('verneombud', 'hovedverneombud', 'union_rep', 'amu_member', 'bht', 'manager', 'other')", name=op.f("ck_reviewer_role")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_reviewer_review_id_review"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_reviewer_review_id"), "reviewer", ["review_id"])
    op.create_table(
        "reviewer_link",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("reviewer_id", sa.String(26), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_reviewer_link")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"], name=op.f("fk_reviewer_link_reviewer_id_reviewer"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_reviewer_link_expires_at"), "reviewer_link", ["expires_at"])
    op.create_index(op.f("ix_reviewer_link_reviewer_id"), "reviewer_link", ["reviewer_id"])
    op.create_table(
        "reviewer_sitting",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("reviewer_id", sa.String(26), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_reviewer_sitting")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"], name=op.f("fk_reviewer_sitting_reviewer_id_reviewer"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_reviewer_sitting_expires_at"), "reviewer_sitting", ["expires_at"])
    op.create_index(op.f("ix_reviewer_sitting_reviewer_id"), "reviewer_sitting", ["reviewer_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("review_id", sa.String(26), nullable=False),
        sa.Column("reviewer_id", sa.String(26), nullable=False),
        sa.Column("section_id", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("mended", sa.String(60), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by", sa.String(26), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", MOMENT, nullable=True),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.CheckConstraint("(outcome = '') = (answered_at IS NULL)", name=op.f("ck_comment_answered")),
        sa.CheckConstraint(
            "kind IN ('question', 'proposal', 'disagreement', 'support') OR (kind = '' AND sent_at IS NULL)", name=op.f("ck_comment_kind")
        ),
        sa.CheckConstraint("outcome IN ('', 'answered', 'taken_in', 'changed_otherwise', 'not_taken_in')", name=op.f("ck_comment_outcome")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_comment_answered_by_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_comment_review_id_review"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewer.id"], name=op.f("fk_comment_reviewer_id_reviewer"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_comment_review_id"), "comment", ["review_id"])
    op.create_index(op.f("ix_comment_reviewer_id"), "comment", ["reviewer_id"])
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("policy_id", sa.String(26), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_meeting_policy_id_policy"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_meeting_policy_id"), "meeting", ["policy_id"])


def downgrade() -> None:
    for table in ("meeting", "comment", "reviewer_sitting", "reviewer_link", "reviewer", "review"):
        op.drop_table(table)
