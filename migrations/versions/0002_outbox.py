"""The outbox: letters written and not yet sent, and for a week that they were.

One purpose, edited by hand, both directions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("about", sa.String(26), nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("good_until", MOMENT, nullable=True),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("given_up_at", MOMENT, nullable=True),
        sa.Column("fault", sa.String(60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.CheckConstraint("language IN ('nb', 'nn', 'en')", name=op.f("ck_outbox_language")),
        sa.CheckConstraint("sealed IS NOT NULL OR sent_at IS NOT NULL OR given_up_at IS NOT NULL", name=op.f("ck_outbox_sealed")),
        sa.CheckConstraint("sent_at IS NULL OR given_up_at IS NULL", name=op.f("ck_outbox_end")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_outbox_tries")),
    )
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"])
    op.create_index(op.f("ix_outbox_about"), "outbox", ["about"])


def downgrade() -> None:
    op.drop_table("outbox")
