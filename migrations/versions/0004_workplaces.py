"""Workplaces that keep policies, who belongs to them, and the log of what was done.

One purpose, edited by hand, both directions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "workplace",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplace")),
    )
    op.create_table(
        "member",
        sa.Column("workplace_id", sa.String(26), nullable=False),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workplace_id", "person_id", name=op.f("pk_member")),
        sa.CheckConstraint("role IN ('owner', 'editor', 'reader')", name=op.f("ck_member_role")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_person_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["workplace_id"], ["workplace.id"], name=op.f("fk_member_workplace_id_workplace"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_member_person_id"), "member", ["person_id"])
    op.create_table(
        "expected",
        sa.Column("workplace_id", sa.String(26), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workplace_id", "email", name=op.f("pk_expected")),
        sa.CheckConstraint("role IN ('owner', 'editor', 'reader')", name=op.f("ck_expected_role")),
        sa.ForeignKeyConstraint(["workplace_id"], ["workplace.id"], name=op.f("fk_expected_workplace_id_workplace"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_expected_email"), "expected", ["email"])
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("workplace_id", sa.String(26), nullable=False),
        sa.Column("policy_id", sa.String(26), nullable=True),
        sa.Column("person_id", sa.String(26), nullable=True),
        sa.Column("reviewer_id", sa.String(26), nullable=True),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_person_id_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["workplace_id"], ["workplace.id"], name=op.f("fk_event_workplace_id_workplace"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"])
    op.create_index(op.f("ix_event_person_id"), "event", ["person_id"])
    op.create_index(op.f("ix_event_policy_id"), "event", ["policy_id"])
    op.create_index(op.f("ix_event_workplace_id"), "event", ["workplace_id"])
    with op.batch_alter_table("policy") as batch:
        batch.add_column(sa.Column("workplace_id", sa.String(26), nullable=True))
        batch.add_column(sa.Column("unit", sa.String(120), nullable=False, server_default=""))
        batch.add_column(sa.Column("archived_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("state", sa.String(10), nullable=False, server_default="draft"))
        batch.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        batch.create_foreign_key(op.f("fk_policy_workplace_id_workplace"), "workplace", ["workplace_id"], ["id"], ondelete="CASCADE")
        batch.create_check_constraint(op.f("ck_policy_state"), "state IN ('draft', 'in_review', 'ready', 'decided', 'in_force')")
        batch.create_index(op.f("ix_policy_workplace_id"), ["workplace_id"])
    with op.batch_alter_table("policy") as batch:
        for column in ("unit", "state", "round"):
            batch.alter_column(column, server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM policy WHERE workplace_id IS NOT NULL")  # nobody could open them any more
    with op.batch_alter_table("policy") as batch:
        batch.drop_index(op.f("ix_policy_workplace_id"))
        batch.drop_constraint(op.f("ck_policy_state"), type_="check")
        batch.drop_constraint(op.f("fk_policy_workplace_id_workplace"), type_="foreignkey")
        for column in ("workplace_id", "unit", "archived_at", "state", "round"):
            batch.drop_column(column)
    for table in ("event", "expected", "member", "workplace"):
        op.drop_table(table)
