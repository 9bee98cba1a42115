"""What a workplace says in its own words, beside the answers of a draft, and frozen with those of a version."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SQLITE = "CREATE TRIGGER version_own_words BEFORE UPDATE OF own_words ON version BEGIN SELECT RAISE(ABORT, 'this never changes'); END"
POSTGRESQL = "CREATE TRIGGER version_own_words BEFORE UPDATE OF own_words ON version FOR EACH ROW EXECUTE FUNCTION never_changes()"


def upgrade() -> None:
    for table in ("policy", "version"):
        op.add_column(table, sa.Column("own_words", sa.JSON(), nullable=True))
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL)


def downgrade() -> None:
    op.execute("DROP TRIGGER version_own_words" if op.get_bind().dialect.name == "sqlite" else "DROP TRIGGER version_own_words ON version")
    for table in ("version", "policy"):
        op.drop_column(table, "own_words")
