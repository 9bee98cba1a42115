"""The file of a SQLite database: for its owner alone, and the very one that the server began with.

A server goes on with a file that somebody deleted or replaced, and would acknowledge saves that are in no folder any more.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

BESIDE = ("", "-wal", "-shm", "-journal")
REPLACED = "the database file was deleted or replaced while the server runs: stop the server, put the right file there, and start it again"


class ReplacedError(sqlite3.OperationalError):
    """The file is not the one that the server began with."""

    sqlite_errorname = "REPLACED"


class DatabaseFile:
    """Watches the file of one engine. One look at the file's number for each connection taken and each commit: some microseconds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: tuple[int, int] | None = None

    def watch(self, engine: Engine) -> None:
        """Make the file private before it is opened, and look at it whenever a connection is taken and before each commit."""
        event.listen(engine, "do_connect", self._before_connect)
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "checkout", lambda *_: self.check())
        event.listen(engine, "commit", self._before_commit)

    def check(self) -> None:
        """Raises OperationalError when the file is not the one that the server began with."""
        if self.is_replaced():
            raise OperationalError("CONNECT", {}, ReplacedError(REPLACED), hide_parameters=True)

    def is_replaced(self) -> bool:
        """Whether the file is gone, or another one."""
        return self.known is not None and self.known != _number(self.path)

    def _before_connect(self, *_: Any) -> None:
        if self.known is None:
            make_private(self.path)
        self.check()

    def _connected(self, *_: Any) -> None:
        self.known = self.known or _number(self.path)

    def _before_commit(self, _connection: Connection) -> None:
        self.check()


def _number(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def make_private(path: Path) -> None:
    """Let nobody but the owner read the database. An empty file is made when there is none: SQLite gives what it makes beside it the same mode."""
    with suppress(OSError):  # a folder that is not there is told when the database is opened; a file of somebody else's stays as it is
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    for beside in BESIDE:
        with suppress(OSError):
            path.with_name(path.name + beside).chmod(0o600)
