"""Runs the migrations on the app's own database, in one transaction: either all of them, or none."""

from alembic import context
from flask import current_app

from app.models.postgres_timeouts import without_haste

db = current_app.extensions["migrate"].db
ALONE = 7_288_251_001  # any number, as long as it is the same for every process that migrates this database


def check_foreign_keys(connection) -> None:
    """SQLite says which rows point at nothing. Raises RuntimeError when any does."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration left {len(broken)} rows that point at nothing, first in the table {broken[0][0]}")


def run(connection) -> None:
    """Migrate on this connection.

    Batch mode copies and drops tables, and with foreign keys on SQLite would delete the rows of their children. A connection with foreign keys
    off must never go back to the pool, so it is taken out for good. The old way of renaming leaves alone the triggers that name a table which is
    just being built anew; SQLite's own instructions for that ask for it.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.detach()
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
        connection.connection.dbapi_connection.execute("PRAGMA legacy_alter_table = ON")
    # Alembic thinks that SQLite cannot undo a CREATE TABLE. It can, now that db.py begins the transactions.
    context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, compare_type=True, transactional_ddl=True)
    with context.begin_transaction(), without_haste(connection):
        if not is_sqlite:  # two that begin at once would both make the first table; SQLite takes its write lock at the begin
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")
        context.run_migrations()
        if is_sqlite:
            check_foreign_keys(connection)


with db.engine.connect() as connection:
    run(connection)
