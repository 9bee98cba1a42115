"""Whether the app lives, and whether it can work: for those who watch over it."""

from __future__ import annotations

import logging
import shutil
import time
from datetime import timedelta
from math import inf
from pathlib import Path

from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, current_app
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from app.clock import now
from app.models.counters import COUNT_HIT
from app.models.db import READING, db, name_of, quickly
from app.models.outbox import Beat, Letter
from app.models.sqlite_file import REPLACED

from .proxies import ALIVE, READY

MIGRATIONS = Path(__file__).parents[2] / "migrations"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
PROBE_EVERY = 2.0  # seconds
LEAST_ROOM = 1024 * 1024  # bytes: a logo would not fit any more
BEAT_LASTS = timedelta(minutes=5)
TROUBLE = {
    "SQLITE_FULL": "the disk is full: nothing can be saved",
    "DiskFull": "the disk is full: nothing can be saved",
    "SQLITE_READONLY": "the database can only be read: nothing can be saved",
    "ReadOnly": "the database can only be read: nothing can be saved",
    "SQLITE_BUSY": "somebody else holds the database: nothing can be saved",
    "LockNotAvailable": "somebody else holds the database: nothing can be saved",
    "SQLITE_CORRUPT": "the database is damaged",
    "SQLITE_NOTADB": "the database is damaged",
    "REPLACED": REPLACED,
}
log = logging.getLogger("rusoff")
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
        return _revision() == newest
    except SQLAlchemyError:
        return False


@bp.get(ALIVE)
def healthz() -> tuple[str, int, dict[str, str]]:
    """The process answers."""
    return "ok\n", 200, PLAIN


@bp.get(READY)
def readyz() -> tuple[str, int, dict[str, str]]:
    """Whether something can be saved; if not, why. A worker that is not there is told, but pages work without it, so the answer is 200."""
    try:
        trouble = _trouble() or _trouble_with_saving()
        told = "" if trouble else _worker_missing()
    except SQLAlchemyError as problem:
        name = name_of(problem)
        trouble = next((words for start, words in TROUBLE.items() if name.startswith(start)), "the database does not answer") + f" ({name})"
    if trouble:
        log.error("not ready: %s", trouble)
        return f"{trouble}\n", 503, PLAIN
    return f"ok\n{told}", 200, PLAIN


def _revision() -> str | None:
    with db.engine.connect().execution_options(**READING) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def _trouble() -> str:
    found, newest = _revision(), current_app.extensions["newest_migration"]
    if found == newest:
        return ""
    if found in {None, *revisions()}:
        return "the database is not migrated: run `rusoff migrate`"
    return f"the database was migrated by a newer RusOff ({found}): update this one"


def _trouble_with_saving() -> str:
    """Why nothing can be saved. A small row is really written, for only that reaches the disk; not more often than every two seconds."""
    if time.monotonic() - current_app.extensions.get("saved_at", -PROBE_EVERY) < PROBE_EVERY:
        return ""
    if _room() < LEAST_ROOM:
        return TROUBLE["SQLITE_FULL"]
    with db.engine.connect() as connection, quickly(connection), connection.begin():
        connection.execute(COUNT_HIT, {"bucket": "readyz", "hour": now().replace(minute=0, second=0, microsecond=0)})
    current_app.extensions["saved_at"] = time.monotonic()
    return ""


def _room() -> float:
    """Bytes left on the disk of a SQLite database. That of PostgreSQL is elsewhere."""
    if db.engine.dialect.name != "sqlite":
        return inf
    return shutil.disk_usage(Path(db.engine.url.database or "").absolute().parent).free


def _worker_missing() -> str:
    """The line about a worker that is not there, where somebody needs one: a mail server is named, or a letter waits."""
    at, transport = now(), current_app.extensions["transport"]
    beat = Beat.last()
    if beat and beat > at - BEAT_LASTS:
        return ""
    if transport.keeps and not Letter.is_any_due(at - BEAT_LASTS):
        return ""
    since = f"since {beat:%Y-%m-%d %H:%M} UTC" if beat else "yet"
    return f"no worker has looked after the letters {since}: start `rusoff worker`\n"
