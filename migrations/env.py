"""Runs the migrations on the app's own database, in one transaction: either all of them, or none."""

from alembic import context
from flask import current_app

db = current_app.extensions["migrate"].db


def check_foreign_keys(connection) -> None:
    """SQLite says which rows point at nothing. Raises RuntimeError when any does."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration left {len(broken)} rows that point at nothing, first in the table {broken[0][0]}")


def run(connection) -> None:
    """Migrate on this connection. Batch mode copies and drops tables, and with foreign keys on SQLite would delete the rows of their children."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
    try:
        context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                check_foreign_keys(connection)
    finally:
        if is_sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")


with db.engine.connect() as connection:
    run(connection)
