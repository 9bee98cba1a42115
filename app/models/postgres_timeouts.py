"""How long we wait for PostgreSQL, and what we do when it says nothing at all: a server that is frozen, or gone without a word.

Time limits that the server keeps do not help then, nor do those of TCP as long as its machine answers. So the client keeps one too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

CONNECT, LOCK, STATEMENT, SILENCE, POOL = 3, 4, 6, 7, 5  # seconds
LONG = 600  # seconds that a migration may take, or the tidying of a year
REST = 5.0  # seconds for which nobody else waits for a server that has just said nothing
SETTINGS = f"-c timezone=utc -c lock_timeout={LOCK}s -c statement_timeout={STATEMENT}s -c idle_in_transaction_session_timeout=60s"
ARGUMENTS: dict[str, Any] = {
    "options": SETTINGS,
    "connect_timeout": CONNECT,
    "tcp_user_timeout": 1000 * SILENCE,
    "keepalives_idle": SILENCE,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
UNHURRIED = f"SET LOCAL statement_timeout = '{LONG}s'; SET LOCAL lock_timeout = '120s'"


class SilentError(psycopg.OperationalError):
    """The server said nothing for so long that we do not wait any more."""


class Patient(psycopg.Connection[Any]):
    """A connection that waits so many seconds for a word of the server. When there is none, it closes itself and tells."""

    patience = SILENCE
    on_silence: Callable[[], None] = staticmethod(lambda: None)

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait as psycopg does. Raises SilentError when nothing comes."""
        began, longest = time.monotonic(), self.patience if timeout is None else timeout
        try:
            return super().wait(gen, interval, timeout=longest)
        except psycopg.OperationalError:
            if time.monotonic() - began < longest:
                raise
            self.close()
            self.on_silence()
            raise SilentError from None


class Rest:
    """Lets everybody go at once for some seconds after a server said nothing, so that not every thread waits for it in turn."""

    def __init__(self) -> None:
        self.until = 0.0

    def watch(self, engine: Engine) -> None:
        """Connect patiently; neither connect nor take a connection while the server rests."""
        event.listen(engine, "do_connect", self._connect)
        event.listen(engine, "checkout", lambda *_: self._check())

    def _connect(self, _dialect: Any, _record: Any, args: Any, given: dict[str, Any]) -> Patient:
        self._check()
        try:
            made = Patient.connect(*args, **given)
        except psycopg.errors.ConnectionTimeout:
            self._begin()
            raise
        made.on_silence = self._begin
        return made

    def _begin(self) -> None:
        self.until = time.monotonic() + REST

    def _check(self) -> None:
        if time.monotonic() < self.until:
            raise OperationalError("CONNECT", {}, SilentError(), hide_parameters=True)


@contextmanager
def without_haste(connection: Connection) -> Iterator[None]:
    """Let one long piece of work in the transaction of this connection take its time. SQLite knows no haste."""
    if connection.dialect.name == "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    connection.exec_driver_sql(UNHURRIED)
    driver.patience = LONG  # type: ignore[union-attr]
    try:
        yield
    finally:
        driver.patience = SILENCE  # type: ignore[union-attr]
