"""Versions, which the database itself keeps from changing, and the decisions about them.

One purpose, edited by hand, both directions.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# The columns that never change. All others may: states move on, and whoever made the row may be deleted.
FROZEN = {
    "version": "id, policy_id, number, language, edition, answers, document, papers, unread_because, text_hash, logo, logo_type, made_at",
    "decision": (
        "version_id, text_hash, decided_on, body, body_name, case_number, present, result, changes, dissent, in_force_from, paper, recorded_at"
    ),
}
TRIGGERS = {
    "sqlite": "CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table} BEGIN SELECT RAISE(ABORT, 'this never changes'); END",
    "postgresql": "CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW EXECUTE FUNCTION never_changes()",
}
# INSERT OR REPLACE, which SQLite alone has, deletes the old row without asking any trigger on update or delete.
SAME = {"version": "id = NEW.id OR (policy_id = NEW.policy_id AND number = NEW.number)", "decision": "version_id = NEW.version_id"}
ONCE = (
    "CREATE TRIGGER {table}_once BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
    "BEGIN SELECT RAISE(ABORT, 'this never changes'); END"
)
REFUSE = "CREATE FUNCTION never_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'this never changes'; END $$"


def upgrade() -> None:
    op.create_table(
        "version",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("policy_id", sa.String(26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("edition", sa.String(20), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("papers", sa.JSON(), nullable=True),
        sa.Column("unread_because", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_type", sa.String(20), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(26), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.CheckConstraint("language IN ('nb', 'nn', 'en')", name=op.f("ck_version_language")),
        sa.CheckConstraint("state IN ('in_review', 'closed', 'ready', 'void', 'decided', 'in_force', 'replaced')", name=op.f("ck_version_state")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_version_made_by_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_version_policy_id_policy"), ondelete="CASCADE"),
        sa.UniqueConstraint("id", "text_hash", name=op.f("uq_version_id")),
        sa.UniqueConstraint("policy_id", "number", name=op.f("uq_version_policy_id")),
    )
    op.create_index(
        op.f("ix_version_in_force"),
        "version",
        ["policy_id"],
        unique=True,
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.create_table(
        "decision",
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("body", sa.String(40), nullable=False),
        sa.Column("body_name", sa.String(200), nullable=False),
        sa.Column("case_number", sa.String(60), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("result", sa.String(24), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("paper", sa.JSON(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.String(26), nullable=True),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_decision")),
        sa.CheckConstraint("result IN ('adopted', 'adopted_with_changes', 'sent_back')", name=op.f("ck_decision_result")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_decision_recorded_by_person"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["version_id", "text_hash"], ["version.id", "version.text_hash"], name=op.f("fk_decision_version_id_version"), ondelete="CASCADE"
        ),
    )
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(REFUSE)
    for table, columns in FROZEN.items():
        op.execute(TRIGGERS[dialect].format(table=table, columns=columns))
        if dialect == "sqlite":
            op.execute(ONCE.format(table=table, same=SAME[table]))


def downgrade() -> None:
    for table in ("decision", "version"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION never_changes()")
