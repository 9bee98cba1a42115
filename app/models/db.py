"""The database, the same on SQLite and PostgreSQL: one connection style, one time, no lost update."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from . import postgres_timeouts
from .sqlite_file import DatabaseFile

# Named constraints can be dropped by name in a migration, on both databases.
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
READING = {"reading": True}
WAIT_SECONDS = 8  # for the write lock of SQLite, and for a connection


class Base(DeclarativeBase):
    """What every model is built on."""

    metadata = MetaData(naming_convention=NAMES)


# expire_on_commit off: a view redirects after a commit, and must not read the row once more to do so.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class Moment(TypeDecorator[datetime]):
    """A point in time: stored as UTC, returned aware. SQLite alone would return it naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the database. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored time, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def engine_options(address: str) -> dict[str, Any]:
    """How to connect to `address`. Parameters are hidden: an error message must never carry an answer to the log."""
    if make_url(address).get_backend_name() == "sqlite":
        return {"hide_parameters": True, "pool_timeout": WAIT_SECONDS, "connect_args": {"timeout": WAIT_SECONDS}}
    return {"hide_parameters": True, "pool_pre_ping": True, "pool_timeout": postgres_timeouts.POOL, "connect_args": postgres_timeouts.ARGUMENTS}


def prepare(engine: Engine) -> None:
    """Set up every connection of an engine."""
    if engine.dialect.name != "sqlite":
        return postgres_timeouts.Rest().watch(engine)
    DatabaseFile(Path(engine.url.database or "")).watch(engine)
    event.listen(engine, "connect", _on_connect)
    return event.listen(engine, "begin", _on_begin)


def name_of(problem: BaseException) -> str:
    """Which kind of failure it is, for the log: SQLITE_FULL, LockNotAvailable. Never its words, which may quote an answer."""
    cause = getattr(problem, "orig", None) or problem
    return str(getattr(cause, "sqlite_errorname", "") or type(cause).__name__)


@contextmanager
def quickly(connection: Connection) -> Iterator[None]:
    """Wait a second at most for SQLite's lock, for a question that has to be answered soon. Before the transaction begins."""
    driver = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if driver:
        driver.execute("PRAGMA busy_timeout = 1000")
    try:
        yield
    finally:
        if driver:
            driver.execute(f"PRAGMA busy_timeout = {1000 * WAIT_SECONDS}")


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 must not begin transactions by itself: _on_begin does
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    """Take the write lock at the start, unless the caller said that it only reads.

    A deferred transaction that reads, then writes, loses updates or fails half-way when a neighbour wrote in between.
    """
    reading = connection.get_execution_options().get("reading", False)
    try:
        connection.connection.dbapi_connection.execute("BEGIN" if reading else "BEGIN IMMEDIATE")  # type: ignore[union-attr]
    except sqlite3.OperationalError as problem:  # past SQLAlchemy, which would take as long for this as for the query; so we say it in its words
        raise OperationalError("BEGIN", {}, problem, hide_parameters=True) from None


def only_read() -> None:
    """Let the transaction that begins now leave the write lock alone; one that has begun stays as it is."""
    if not db.session().in_transaction():
        db.session.connection(execution_options=READING)


def one_of(column: str, words: Iterable[str]) -> str:
    """The condition that `column` holds one of `words`."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"
