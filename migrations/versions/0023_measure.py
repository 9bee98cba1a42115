"""What a workplace has set itself to do about its policy."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "measure",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("policy_id", sa.String(26), nullable=False),
        sa.Column("what", sa.String(500), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("origin_key", sa.String(120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("origin IN ('own', 'risk', 'finding', 'proposal', 'decision')", name=op.f("ck_measure_origin")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_measure_policy_id_policy"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("policy_id", "origin", "origin_key", name="uq_measure_policy_id"),
    )


def downgrade() -> None:
    op.drop_table("measure")
