"""Whether the app lives, and whether it can work: for those who watch over it."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.db import READING, db
from app.proxies import ALIVE, READY

MIGRATIONS = Path(__file__).parent.parent / "migrations"
bp = Blueprint("health", __name__)


def newest_migration() -> str:
    """The name of the last migration in the code."""
    return str(_scripts().get_current_head())


def _scripts() -> ScriptDirectory:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def revisions() -> set[str]:
    """The names of all migrations in the code."""
    return {script.revision for script in _scripts().walk_revisions()}


def init_app(app: Flask) -> None:
    """Remember which migration the database must have."""
    app.extensions["newest_migration"] = newest_migration()


def is_migrated(newest: str) -> bool:
    """Whether the database answers and has every migration."""
    try:
        with db.engine.connect().execution_options(**READING) as connection:
            return bool(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest)
    except SQLAlchemyError:
        return False


@bp.get(ALIVE)
def healthz() -> tuple[str, int, dict[str, str]]:
    """The process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get(READY)
def readyz() -> tuple[str, int, dict[str, str]]:
    """The process answers, and so does a database that has every migration."""
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    if is_migrated(current_app.extensions["newest_migration"]):
        return "ok\n", 200, plain
    return "the database does not answer, or is not migrated: run `rusoff migrate`\n", 503, plain
