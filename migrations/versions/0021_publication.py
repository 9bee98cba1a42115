"""The short address at which everybody can read the version in force."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("policy_id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("frames", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_publication_policy_id_policy"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("policy_id", name=op.f("pk_publication")),
        sa.UniqueConstraint("name", name=op.f("uq_publication_name")),
    )


def downgrade() -> None:
    op.drop_table("publication")
