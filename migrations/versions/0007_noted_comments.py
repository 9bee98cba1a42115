"""One more answer to a comment: it cannot be written in yet, and is taken along in another way.

One purpose, edited by hand, both directions.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BEFORE = "outcome IN ('', 'answered', 'taken_in', 'changed_otherwise', 'not_taken_in')"
AFTER = "outcome IN ('', 'answered', 'taken_in', 'changed_otherwise', 'noted', 'not_taken_in')"


def upgrade() -> None:
    _outcomes(AFTER)


def downgrade() -> None:
    """The nearest answer there was before: it does not say that the text has changed."""
    op.execute("UPDATE comment SET outcome = 'not_taken_in' WHERE outcome = 'noted'")
    _outcomes(BEFORE)


def _outcomes(condition: str) -> None:
    with op.batch_alter_table("comment") as batch:
        batch.drop_constraint(op.f("ck_comment_outcome"), type_="check")
        batch.create_check_constraint(op.f("ck_comment_outcome"), condition)
