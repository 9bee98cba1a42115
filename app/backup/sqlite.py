"""A copy of a SQLite database that others write in, and how it is put in the place of another."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from app.models.sqlite_file import BESIDE
from app.secret_key import sync_folder
from app.web.health import revisions

from .errors import BackupError

MAGIC = b"SQLite format 3\x00"
WAIT = 2.0  # seconds; a server that runs holds its database for good


def copy(path: Path, to: Path) -> str:
    """Copy the database as it is at one moment, also while a server writes, and check the copy; its newest migration. Raises BackupError."""
    if not path.exists():
        raise BackupError(f"There is no database at {path}: see RUSOFF_INSTANCE and DATABASE_URL.")
    try:
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(path, timeout=30)) as source, closing(sqlite3.connect(to)) as copied:
            source.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")  # so that it is one file
        return checked(to)
    except sqlite3.Error as problem:
        raise BackupError(f"The database {path} cannot be copied ({name(problem)}).") from None


def checked(path: Path) -> str:
    """The newest migration in a database that is whole: every page, every index, every row that points to another. Raises BackupError."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            if not sound or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupError("The database is damaged: it holds rows that cannot be read or that point at nothing.")
            return known_revision(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError) as problem:
        raise BackupError(f"The database is damaged, or was never migrated ({name(problem)}).") from None


def known_revision(found: str) -> str:
    """`found`, if this RusOff knows it. Raises BackupError."""
    if found not in revisions():
        raise BackupError(f"The database was migrated by a newer RusOff ({found}): update this one first.")
    return found


def put(new: Path, path: Path, stamp: str) -> Path | None:
    """Put the database `new` in the place of the one at `path`, which is kept beside it under the name that is returned.

    Raises BackupError when a server uses it. What SQLite keeps beside the old one (-wal) must not stay: it would be read into the new one.
    """
    new.chmod(0o600)
    if not path.exists():
        _clear(path)
        _put(new, path)
        return None
    aside = path.with_name(f"{path.name}.replaced-{stamp}")
    if not _is_at_rest(path):  # damaged: what lies beside it goes with it
        for beside in BESIDE[1:]:
            if (found := path.with_name(path.name + beside)).exists():
                found.replace(aside.with_name(aside.name + beside))
    _clear(path)
    _keep(path, aside)
    _put(new, path)
    return aside


def _is_at_rest(path: Path) -> bool:
    """Have all that was written in the file itself, and nothing beside it. False when it is damaged. Raises BackupError when somebody has it open."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return False
    try:
        with closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as problem:
        if name(problem).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise BackupError("A server or a worker uses the database: stop it first. Nothing has been changed.") from None
        return False
    except sqlite3.DatabaseError:
        return False
    return True


def _clear(path: Path) -> None:
    for beside in BESIDE[1:]:
        path.with_name(path.name + beside).unlink(missing_ok=True)


def _keep(path: Path, aside: Path) -> None:
    """Give the old one a second name, so that there is a database at every moment."""
    try:
        os.link(path, aside)
    except OSError:
        shutil.copy2(path, aside)
    aside.chmod(0o600)


def _put(new: Path, path: Path) -> None:
    new.replace(path)
    sync_folder(path.parent)


def name(problem: BaseException) -> str:
    """Which kind of failure it is."""
    return str(getattr(problem, "sqlite_errorname", "") or type(problem).__name__)
