"""A database that hangs is told within seconds, takes nothing else along, and is used again when it is back."""

from __future__ import annotations

import select
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from app import cli
from tests.heavy.serving import Server, Visitor

QUESTION = "mapping_notes"
LONGEST = 14.0  # seconds until a page must say that it cannot save


class Line(threading.Thread):
    """The wire to a PostgreSQL. Frozen, it takes everything and passes nothing on: so it is when a machine has vanished, or stands still."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.to, self.frozen, self.pairs = make_url(address), False, dict[socket.socket, socket.socket]()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = self.to.set(host="127.0.0.1", port=self.listener.getsockname()[1]).render_as_string(hide_password=False)

    def run(self) -> None:
        while self.listener.fileno() >= 0:
            if self.frozen:
                time.sleep(0.05)
                continue
            for ready in select.select([self.listener, *self.pairs], [], [], 0.05)[0]:
                self._connect() if ready is self.listener else self._pass_on(ready)

    def _connect(self) -> None:
        near = self.listener.accept()[0]
        far = socket.create_connection((self.to.host, self.to.port or 5432))
        self.pairs |= {near: far, far: near}

    def _pass_on(self, ready: socket.socket) -> None:
        other = self.pairs.get(ready)
        try:
            words = ready.recv(65536) if other else b""
            if other and words:
                other.sendall(words)
        except OSError:
            words = b""
        for end in () if words else (ready, other):
            if self.pairs.pop(end, None):
                end.close()


class Hang:
    """Makes the database of a server hang: the wire of a PostgreSQL, the write lock of a SQLite."""

    def __init__(self, database: str) -> None:
        self.is_lite = make_url(database).get_backend_name() == "sqlite"
        self.line = None if self.is_lite else Line(database)
        self.address = database if self.line is None else self.line.address
        if self.line:
            self.line.start()

    def __enter__(self) -> None:
        if self.line:
            self.line.frozen = True
        else:
            self.holder = sqlite3.connect(make_url(self.address).database, isolation_level=None)
            self.holder.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        if self.line:
            self.line.frozen = False
        else:
            self.holder.close()


def timed(deed: Callable[[], int]) -> tuple[int, float]:
    began = time.monotonic()
    return deed(), time.monotonic() - began


def test_a_database_that_hangs_is_told_and_takes_nothing_along(tmp_path: Path, new_database: Callable[[], str]) -> None:
    hang = Hang(new_database())
    server = Server(tmp_path, hang.address)
    visitors = [Visitor(server) for _ in range(10)]
    try:
        assert [visitor.begin() for visitor in visitors] == [303] * 10
        for visitor in visitors:
            visitor.read(QUESTION)
        with hang:
            answers: list[tuple[int, float]] = []
            saving = [threading.Thread(target=lambda v=v: answers.append(timed(lambda: v.save(QUESTION, "words")))) for v in visitors]
            for each in saving:
                each.start()
            time.sleep(0.5)
            status, spent = timed(lambda: Visitor(server).ask("GET", "/healthz")[0])
            assert (status, spent < 2) == (200, True)
            for each in saving:
                each.join(40)
            assert {status for status, _ in answers} == {503}
            assert min(spent for _, spent in answers) < LONGEST
            assert max(spent for _, spent in answers) < 2 * LONGEST
        back = time.monotonic() + 20
        while visitors[0].save(QUESTION, "again") != 200 and time.monotonic() < back:
            time.sleep(0.5)
        assert visitors[0].read(QUESTION) == "again"
    finally:
        server.stop()


def test_a_server_that_takes_a_connection_and_says_nothing_is_told_at_the_start(tmp_path: Path, monkeypatch, capsys) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        monkeypatch.setenv("RUSOFF_INSTANCE", str(tmp_path))
        monkeypatch.setenv("DATABASE_URL", f"postgresql://x@127.0.0.1:{silent.getsockname()[1]}/x")
        began = time.monotonic()
        assert cli.main(["migrate"]) == 2
    assert time.monotonic() - began < LONGEST
    assert "cannot be used (ConnectionTimeout)" in capsys.readouterr().err
