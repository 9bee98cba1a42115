"""The day on which a version takes over, which may lie ahead, and the day on which another takes its place.

One purpose, edited by hand, both directions. A version that was put in force ahead of its day is decided again until that day, and the one before it
in force: that is what the day said.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

REPLACED = (
    "UPDATE version SET until = (SELECT MIN(later.in_force_on) FROM version AS later "
    "WHERE later.policy_id = version.policy_id AND later.number > version.number) WHERE state = 'replaced'"
)


def upgrade() -> None:
    op.add_column("policy", sa.Column("takes_over_on", sa.Date(), nullable=True))
    op.add_column("version", sa.Column("until", sa.Date(), nullable=True))
    op.execute(REPLACED)
    op.execute(
        "UPDATE policy SET state = 'decided', takes_over_on = (SELECT in_force_on FROM version WHERE policy_id = policy.id AND state = 'in_force') "
        "WHERE state = 'in_force' AND id IN (SELECT policy_id FROM version WHERE state = 'in_force' AND in_force_on > CURRENT_DATE)"
    )
    op.execute(
        "UPDATE version SET state = 'decided' WHERE state = 'in_force' AND in_force_on > CURRENT_DATE "
        "AND policy_id IN (SELECT id FROM policy WHERE takes_over_on IS NOT NULL)"
    )
    op.execute(
        "UPDATE version SET state = 'in_force' WHERE state = 'replaced' AND in_force_on <= CURRENT_DATE AND until > CURRENT_DATE "
        "AND policy_id IN (SELECT id FROM policy WHERE takes_over_on IS NOT NULL)"
    )


def downgrade() -> None:
    op.execute("UPDATE version SET state = 'replaced' WHERE state = 'in_force' AND until IS NOT NULL")
    op.execute("UPDATE version SET state = 'in_force' WHERE state = 'decided' AND in_force_on IS NOT NULL")
    op.execute("UPDATE policy SET state = 'in_force' WHERE takes_over_on IS NOT NULL")
    op.drop_column("version", "until")
    op.drop_column("policy", "takes_over_on")
