"""When a reader was told that the policy is in force. Who read one that is in force already hears nothing so late.

One purpose, edited by hand, both directions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LONG_AGO = (
    "UPDATE reviewer SET end_told_at = invited_at WHERE review_id IN (SELECT review.id FROM review JOIN policy ON policy.id = review.policy_id "
    "WHERE review.round < policy.round OR EXISTS (SELECT 1 FROM version WHERE version.policy_id = policy.id AND version.state = 'in_force' "
    "AND policy.state = 'in_force' AND version.in_force_on <= CURRENT_DATE))"
)


def upgrade() -> None:
    op.add_column("reviewer", sa.Column("end_told_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(LONG_AGO)


def downgrade() -> None:
    with op.batch_alter_table("reviewer") as batch:
        batch.drop_column("end_told_at")
