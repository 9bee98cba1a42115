"""Drafts from before the policy had lengths keep all of it: what a new draft is suggested shrinks nobody's text.

One purpose, edited by hand, both directions. Answers of versions are never changed; they are read by their edition.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

POLICY = sa.table("policy", sa.column("id", sa.String), sa.column("answers", sa.JSON))


def upgrade() -> None:
    for policy in _all():
        if "length" not in (policy["answers"] or {}):
            _answer(policy["id"], {**(policy["answers"] or {}), "length": "full"})


def downgrade() -> None:
    for policy in _all():
        _answer(policy["id"], {id: value for id, value in (policy["answers"] or {}).items() if id != "length"})


def _all() -> list[sa.RowMapping]:
    return list(op.get_bind().execute(sa.select(POLICY.c.id, POLICY.c.answers)).mappings())


def _answer(id: str, answers: dict[str, object]) -> None:
    op.get_bind().execute(sa.update(POLICY).where(POLICY.c.id == id).values(answers=answers))
