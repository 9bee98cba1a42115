"""The colour of a workplace, beside the logo of a draft, and frozen with that of a version."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SQLITE = "CREATE TRIGGER version_colour BEFORE UPDATE OF colour ON version BEGIN SELECT RAISE(ABORT, 'this never changes'); END"
POSTGRESQL = "CREATE TRIGGER version_colour BEFORE UPDATE OF colour ON version FOR EACH ROW EXECUTE FUNCTION never_changes()"


def upgrade() -> None:
    for table in ("policy", "version"):
        op.add_column(table, sa.Column("colour", sa.String(6), nullable=True))
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL)


def downgrade() -> None:
    op.execute("DROP TRIGGER version_colour" if op.get_bind().dialect.name == "sqlite" else "DROP TRIGGER version_colour ON version")
    for table in ("version", "policy"):
        op.drop_column(table, "colour")
