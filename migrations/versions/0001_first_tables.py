"""The first tables: drafts, who holds them, links to another browser, counters.

One purpose, edited by hand, both directions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "policy",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("edition", sa.String(20), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_type", sa.String(20), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.Column("minute", MOMENT, nullable=False),
        sa.Column("saves_in_minute", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.CheckConstraint("language IN ('nb', 'nn', 'en')", name=op.f("ck_policy_language")),
        sa.CheckConstraint("(logo IS NULL) = (logo_type IS NULL)", name=op.f("ck_policy_logo")),
    )
    op.create_index(op.f("ix_policy_used_at"), "policy", ["used_at"])
    op.create_table(
        "holder",
        sa.Column("policy_id", sa.String(26), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("policy_id", "key_hash", name=op.f("pk_holder")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_holder_policy_id_policy"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_holder_key_hash"), "holder", ["key_hash"])
    op.create_table(
        "continuation",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("policy_id", sa.String(26), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_continuation")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_continuation_policy_id_policy"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_continuation_policy_id"), "continuation", ["policy_id"])
    op.create_table(
        "hit",
        sa.Column("bucket", sa.String(64), nullable=False),
        sa.Column("hour", MOMENT, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "hour", name=op.f("pk_hit")),
    )
    op.create_index(op.f("ix_hit_hour"), "hit", ["hour"])


def downgrade() -> None:
    for table in ("hit", "continuation", "holder", "policy"):
        op.drop_table(table)
