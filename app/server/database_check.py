"""A look at the database before the server begins, so that one that cannot be used is told in a sentence."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.config import ConfigError
from app.models.db import READING, name_of
from app.models.postgres_timeouts import without_haste
from app.web.health import revisions

WHAT_NOW = "restore a backup with `rusoff restore FILE`, or move the file away to begin anew"


def check_database(engine: Engine) -> None:
    """Raises ConfigError when the database cannot be reached, is not sound, or belongs to a newer RusOff."""
    try:
        with engine.connect().execution_options(**READING) as connection, without_haste(connection):
            _check_sound(connection)
            _check_revision(connection)
    except DBAPIError as problem:
        name = name_of(problem)
        if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT") or name.startswith("SQLITE_CORRUPT_"):
            raise ConfigError(f"The database {_place(engine)} is damaged or no database ({name}): {WHAT_NOW}.") from None
        raise ConfigError(f"The database {_place(engine)} cannot be used ({name}): see that it runs, and that DATABASE_URL is right.") from None
    except SQLAlchemyError as problem:
        raise ConfigError(f"The database {_place(engine)} cannot be used ({name_of(problem)}).") from None


def _place(engine: Engine) -> str:
    return str(engine.url.database) if engine.dialect.name == "sqlite" else f"{engine.url.database} on {engine.url.host or 'this machine'}"


def _check_sound(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok":
        raise ConfigError(f"The database {_place(connection.engine)} is damaged: {WHAT_NOW}.")


def _check_revision(connection: Connection) -> None:
    if not inspect(connection).has_table("alembic_version"):
        return
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in revisions():
        raise ConfigError(f"The database was migrated by a newer RusOff ({found}): update this one, or restore a backup from before.")
