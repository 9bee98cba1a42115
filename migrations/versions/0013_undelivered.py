"""When it was clear that a letter to a reader, or to somebody expected, does not arrive.

One purpose, edited by hand, both directions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in ("reviewer", "expected"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("undelivered_at", MOMENT, nullable=True))


def downgrade() -> None:
    for table in ("expected", "reviewer"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("undelivered_at")
