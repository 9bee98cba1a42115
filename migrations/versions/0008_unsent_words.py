"""When a review will close whose readers have words that are not sent, and when HR made a link for a reader with an address.

One purpose, edited by hand, both directions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("review", sa.Column("closes_at", MOMENT, nullable=True))
    op.add_column("reviewer", sa.Column("link_made_at", MOMENT, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reviewer") as batch:
        batch.drop_column("link_made_at")
    with op.batch_alter_table("review") as batch:
        batch.drop_column("closes_at")
