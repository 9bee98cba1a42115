"""The log, and what was decided, stay: the database refuses to change a line of the log, or to delete one while its workplace is there.

A policy or a workplace that is deleted takes its own with it, as before: its row is gone before those that hang on it, and that is what the
triggers look at.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# Table, verb, and when it is refused. Who did it may be blanked: an account that is deleted leaves no trace of its owner.
GUARDS = {
    "event_frozen": ("event", "UPDATE OF id, workplace_id, policy_id, reviewer_id, what, about, at", "TRUE"),
    "event_person": ("event", "UPDATE OF person_id", "NEW.person_id IS NOT NULL"),
    "event_stays": ("event", "DELETE", "EXISTS (SELECT 1 FROM workplace WHERE id = OLD.workplace_id)"),
    "version_stays": (
        "version", "DELETE",
        "EXISTS (SELECT 1 FROM policy WHERE id = OLD.policy_id) AND EXISTS (SELECT 1 FROM decision WHERE version_id = OLD.id)",
    ),
    "decision_stays": ("decision", "DELETE", "EXISTS (SELECT 1 FROM version WHERE id = OLD.version_id)"),
}  # fmt: skip
# INSERT OR REPLACE, which SQLite alone has, deletes the old row without asking any trigger on delete.
ONCE = (
    "CREATE TRIGGER event_once BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'this never changes'); END"
)
SQLITE = "CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'this never changes'); END"
FUNCTION = (
    "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN RAISE EXCEPTION 'this never changes'; END IF; "
    "RETURN {row}; END $$"
)
TRIGGER = "CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def make_guards() -> None:
    """Make every trigger."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (table, verb, when) in GUARDS.items():
        row = "OLD" if verb == "DELETE" else "NEW"
        for statement in (SQLITE,) if is_sqlite else (FUNCTION, TRIGGER):
            op.execute(statement.format(name=name, table=table, verb=verb, when=when, row=row))
    if is_sqlite:
        op.execute(ONCE)


def drop_guards() -> None:
    """Drop every trigger, and on PostgreSQL its function."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (table, *_) in GUARDS.items():
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not is_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    if is_sqlite:
        op.execute("DROP TRIGGER event_once")


def upgrade() -> None:
    op.create_index(op.f("ix_version_text_hash"), "version", ["text_hash"])
    make_guards()


def downgrade() -> None:
    drop_guards()
    op.drop_index(op.f("ix_version_text_hash"), "version")
