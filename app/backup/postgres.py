"""The same for PostgreSQL, with its own tools: pg_dump copies one moment while others write, pg_restore and psql put it back in one transaction."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL, make_url

from .errors import BackupError
from .sqlite import known_revision

CONNECT_SECONDS = 5
EMPTY = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT format('DROP TABLE IF EXISTS public.%I CASCADE', tablename) AS drop FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE found.drop;
  END LOOP;
  FOR found IN SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) AS drop FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE found.drop;
  END LOOP;
END $$;
"""
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def copy(address: str, to: Path) -> str:
    """Copy the database into the file `to`, and read all of the copy; its newest migration. Raises BackupError."""
    revision = known_revision(_revision(address))
    _run("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--file={to}")
    to.chmod(0o600)
    checked(to)
    return revision


def checked(path: Path) -> None:
    """Read a copy from beginning to end. Raises BackupError when it is not whole."""
    _run("pg_restore", "", f"--file={os.devnull}", str(path))


def check_free(address: str, known: frozenset[str]) -> None:
    """Raises BackupError when somebody uses the database, or when it holds tables that are not in `known`."""
    with _connected(address) as connection:
        if connection.execute(OTHERS).fetchone() != (0,):
            raise BackupError("A server, a worker or somebody else uses the database: stop them first. Nothing has been changed.")
        others = sorted({str(row[0]) for row in connection.execute(TABLES)} - known)
    if others:
        raise BackupError(f"The database holds a table that is not RusOff's ({others[0]}): restore into one of its own. Nothing has been changed.")


def put(new: Path, address: str) -> None:
    """Put the copy in the place of what the database holds, in one transaction. Raises BackupError."""
    script = new.with_name("script.sql")
    script.touch(mode=0o600)
    _run("pg_restore", "", "--no-owner", "--no-privileges", "--schema=public", f"--file={script}", str(new))
    _run("psql", address, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--command={EMPTY}", f"--file={script}")


def is_empty(address: str) -> bool:
    """Whether there is nothing in the database that a restore would replace."""
    with _connected(address) as connection:
        return connection.execute("SELECT to_regclass('public.alembic_version') IS NULL").fetchone() == (True,)


def _revision(address: str) -> str:
    if is_empty(address):
        raise BackupError("The database was never migrated: there is nothing to back up.")
    with _connected(address) as connection:
        row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return str(row[0]) if row else ""


def _connected(address: str) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(make_url(address).set(drivername="postgresql").render_as_string(hide_password=False), connect_timeout=CONNECT_SECONDS)
    except psycopg.Error as problem:
        raise BackupError(f"The database cannot be reached ({type(problem).__name__}): see that it runs, and that DATABASE_URL is right.") from None


def _run(tool: str, address: str, *options: str) -> None:
    """Run one of PostgreSQL's tools. The password goes with the environment: everybody can read a command line."""
    url = make_url(address) if address else None
    target = [f"--dbname={_without_password(url)}"] if url else []
    secret = {"PGPASSWORD": str(url.password)} if url and url.password else {}
    _done(tool, [tool, *target, *options], secret)


def _done(tool: str, command: Sequence[str], secret: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command, check=False, env={**os.environ, **secret, "PGCONNECT_TIMEOUT": str(CONNECT_SECONDS)}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise BackupError(
            f"{tool} is not on this machine: install PostgreSQL's client tools (postgresql-client), as new as the server or newer."
        ) from None
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["it does not say why"])[0]
        raise BackupError(f"{tool} failed: {told[:300]}")


def _without_password(url: URL) -> str:
    query = {name: value if isinstance(value, str) else value[0] for name, value in url.query.items()}
    named = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    return make_conninfo(**{name: str(value) for name, value in named.items() if value}, **query)
