"""The Word template of a workplace, beside the logo of a draft, with what it lacks; and frozen with that of a version."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SQLITE = "CREATE TRIGGER version_template BEFORE UPDATE OF template ON version BEGIN SELECT RAISE(ABORT, 'this never changes'); END"
POSTGRESQL = "CREATE TRIGGER version_template BEFORE UPDATE OF template ON version FOR EACH ROW EXECUTE FUNCTION never_changes()"


def upgrade() -> None:
    for table in ("policy", "version"):
        op.add_column(table, sa.Column("template", sa.LargeBinary(), nullable=True))
    op.add_column("policy", sa.Column("template_lacks", sa.JSON(none_as_null=True), nullable=True))
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL)


def downgrade() -> None:
    op.execute("DROP TRIGGER version_template" if op.get_bind().dialect.name == "sqlite" else "DROP TRIGGER version_template ON version")
    op.drop_column("policy", "template_lacks")
    for table in ("version", "policy"):
        op.drop_column(table, "template")
